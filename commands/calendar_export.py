"""`sedctl calendar export`: one's terms for a calendar program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sed_tui.operations.assignment_list import AssignmentRow


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group."""
    verb(app, "export", Sort.READ, N_("Write your open terms as tasks of a calendar (iCalendar)."))(
        _export
    )


def _export(
    session: Session,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("A file: .ics; otherwise to output."))
    ] = None,
) -> None:
    from sed_tui.rendering.icalendar import terms_as_icalendar  # 40 ms of the library

    rows = _terms(session)
    content = terms_as_icalendar(rows)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    from sed_tui.rendering.saved import replaced

    with replaced(output) as target:
        target.write(content)
    text = ngettext(
        "{count} term written to {path}.", "{count} terms written to {path}.", len(rows)
    )
    session.say(text.format(count=len(rows), path=output))


def _terms(session: Session) -> list[AssignmentRow]:
    from sed_tui.operations.assignment_list import LIST, ListAssignments, Order, Scope

    rows: list[AssignmentRow] = []
    after = None
    while True:
        request = ListAssignments(scope=Scope.TO_EXECUTE, order=Order.DUE, limit=1000, after=after)
        page = session.call(LIST, request)
        rows += page.rows
        after = page.next
        if after is None:
            return rows
