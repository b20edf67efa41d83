"""Operations on organizations, their units and people's places in them."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class InitializeOrganization(Request):
    """The first organization of a database and its administrator, who holds every role."""

    name: str = Field(min_length=1, max_length=500)
    code: str | None = Field(default=None, max_length=32)
    login: str = Field(min_length=1, max_length=64)
    full_name: str | None = Field(default=None, max_length=200)
    os_user: str | None = Field(default=None, max_length=64)


class Initialized(Message):
    """What has been made."""

    organization: str
    login: str
    journals: list[str]
    calendar_years: list[int]


class ListOrganizations(Request):
    """Ask for the organizations the caller works in."""


class OrganizationRow(Message):
    """An organization as lists show it."""

    id: UUID
    code: str
    name: str
    parent: str | None
    state: str


class OrganizationList(Message):
    """Organizations by code."""

    rows: list[OrganizationRow]
    next: None = None


LIST = Operation(
    "organization.list",
    N_("List your organizations"),
    ListOrganizations,
    OrganizationList,
    Effect.READ,
)
