"""The queue of joining: all applications for the operator, their own for others."""

from __future__ import annotations

from sed_tui.domain.joining import JoiningState, Side, Subsystem
from sed_tui.i18n import N_
from sed_tui.operations.joining import ApplicationRow
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Operation


class ListApplications(ListRequest):
    """Ask for applications: the operator for all, others for their own.

    Without states those under way, the most urgent first; `late` those alone whose term is
    over.
    """

    joining: tuple[JoiningState, ...] = ()
    all_states: bool = False
    subsystem: Subsystem | None = None
    waits_for: Side | None = None
    late: bool = False
    query: str = ""


class ApplicationPage(Page):
    """Some applications."""

    rows: list[ApplicationRow]


LIST = Operation(
    "joining.list", N_("List applications"), ListApplications, ApplicationPage, Effect.READ
)
