"""The operator's view of the organizations below: figures, never a document."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ShowOverview(ListRequest):
    """Ask for the organization of the call and those below it, with their figures.

    With a query those whose code, name or INN holds its words.
    """

    query: str = ""


class OrganizationFigures(Message):
    """An organization in figures: its people, what is registered and when last, stored bytes."""

    id: UUID
    code: str
    name: str
    parent: str | None
    state: str
    inn: str | None
    people: int
    workplaces: int
    documents: int
    documents_this_year: int
    last_registered_on: date | None
    used_bytes: int = 0
    allowed_bytes: int | None = None


class Overview(Page):
    """Organizations by code."""

    rows: list[OrganizationFigures]


OVERVIEW = Operation(
    "organization.overview",
    N_("Oversee the organizations below in figures"),
    ShowOverview,
    Overview,
    Effect.READ,
)
