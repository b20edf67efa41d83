"""Operations on organizations and the tree of their subordination."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import EVERY_ORGANIZATION, Effect, Message, Operation, Request


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


class AddOrganization(Request):
    """Make another organization in the database, with default journals and nobody in it.

    Who adds it becomes its administrator. `parent` is the code of an organization
    whose administrator he is.
    """

    code: str
    name: str
    short_name: str | None = None
    inn: str | None = None
    kpp: str | None = None
    ogrn: str | None = None
    parent: str | None = None


class EditOrganization(Request):
    """Change fields of the organization of the call; None empties one.

    `changes` takes the fields of adding but `code`.
    """

    changes: dict[str, str | None] = Field(min_length=1)
    version: int | None = None


class ListOrganizations(Request):
    """Ask for the organizations the caller works in, with `stored` also for their bytes."""

    stored: bool = False

    @property
    def chosen_organization(self) -> str | None:
        """Need no choice: whoever works in several asks this to choose one."""
        return EVERY_ORGANIZATION


class ShowOrganization(Request):
    """Ask for one of the caller's organizations, that of the call when none is named."""

    organization: str | None = None


class ShowTree(Request):
    """Ask for the caller's organizations as a tree, and how deep each lies."""

    @property
    def chosen_organization(self) -> str | None:
        """Need no choice either."""
        return EVERY_ORGANIZATION


class OrganizationRow(Message):
    """An organization as lists show it; its bytes are there where they were asked for."""

    id: UUID
    code: str
    name: str
    short_name: str
    inn: str | None
    parent: str | None
    state: str
    used_bytes: int | None = None
    allowed_bytes: int | None = None


class OrganizationList(Message):
    """Organizations by code."""

    rows: list[OrganizationRow]
    next: None = None


class Branch(OrganizationRow):
    """An organization in its tree: `depth` 0 is a root of what the caller sees."""

    depth: int


class Tree(Message):
    """Organizations, each before those below it."""

    rows: list[Branch]
    next: None = None


class Organization(OrganizationRow):
    """Everything known of an organization; sizes are bytes, without a limit where it is None."""

    version: int
    kpp: str | None
    ogrn: str | None
    people: int
    units: int
    journals: int
    used_bytes: int = 0


ADD = Operation(
    "organization.add",
    N_("Add an organization"),
    AddOrganization,
    Organization,
    Effect.WRITE,
)
EDIT = Operation(
    "organization.edit",
    N_("Edit an organization"),
    EditOrganization,
    Organization,
    Effect.WRITE,
)
LIST = Operation(
    "organization.list",
    N_("List your organizations"),
    ListOrganizations,
    OrganizationList,
    Effect.READ,
)
SHOW = Operation(
    "organization.show",
    N_("Show an organization"),
    ShowOrganization,
    Organization,
    Effect.READ,
)
TREE = Operation(
    "organization.tree", N_("Show the tree of organizations"), ShowTree, Tree, Effect.READ
)
