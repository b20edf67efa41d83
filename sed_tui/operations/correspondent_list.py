"""Finding correspondents by their names and numbers."""

from __future__ import annotations

from sed_tui.domain.correspondents import CorrespondentKind
from sed_tui.i18n import N_
from sed_tui.operations.correspondent import CorrespondentRow
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Operation


class ListCorrespondents(ListRequest):
    """Ask for correspondents by name; with a query those whose names or INN hold its words.

    Names and numbers that begin with the query come first. When nothing is found, the
    query is read as typed with the other keyboard layout.
    """

    query: str = ""
    kind: CorrespondentKind | None = None
    all_states: bool = False


class CorrespondentPage(Page):
    """Some correspondents."""

    rows: list[CorrespondentRow]


LIST = Operation(
    "correspondent.list",
    N_("List correspondents"),
    ListCorrespondents,
    CorrespondentPage,
    Effect.READ,
)
