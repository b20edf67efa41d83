"""`sedctl joining operator | terms | set-term`: who keeps the system, how long a state lasts."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.joining import JoiningState
from sed_tui.i18n import N_, _

_TERMS = ("joining", "days", "waits_for", "source")


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "operator", Sort.WRITE, N_("Name the organization that keeps the system."))(_operator)
    verb(app, "terms", Sort.READ, N_("Show how many working days each state may last."))(_terms)
    verb(app, "set-term", Sort.WRITE, N_("Set how many working days a state may last."))(_set_term)


def _operator(
    session: Session,
    organization: Annotated[str, typer.Argument(help=_("Its code."), metavar="CODE")],
) -> None:
    from sed_tui.operations.joining_upkeep import NAME_OPERATOR, NameOperator

    session.show(session.call(NAME_OPERATOR, NameOperator(organization=organization)))


def _terms(session: Session) -> None:
    from sed_tui.operations.joining_upkeep import TERMS, ShowJoiningTerms

    session.show_rows(session.call(TERMS, ShowJoiningTerms()).rows, _TERMS)


def _set_term(
    session: Session,
    state: Annotated[JoiningState, typer.Argument(help=_("The state."), metavar="STATE")],
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help=_("Working days."))],
    source: Annotated[str, typer.Option("--source", help=_("Which document says so."))],
) -> None:
    from sed_tui.operations.joining_upkeep import SET_TERM, SetJoiningTerm

    request = SetJoiningTerm(joining=state, days=days, source=source)
    session.show_rows(session.call(SET_TERM, request).rows, _TERMS)
