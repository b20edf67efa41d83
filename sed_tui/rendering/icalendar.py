"""Terms as tasks of a calendar program (RFC 5545).

Written with the `icalendar` library, and the same for the same assignments: the moment
of writing stands nowhere in it.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from icalendar import Calendar, Todo

from sed_tui.domain.assignment import STATE_TITLES, AssignmentState
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.operations.assignment_list import AssignmentRow

_STATUS = {
    AssignmentState.IN_WORK: "IN-PROCESS",
    AssignmentState.REWORK: "NEEDS-ACTION",
    AssignmentState.ACCEPTANCE: "IN-PROCESS",
    AssignmentState.EXECUTED: "COMPLETED",
}
_CANCELLED = "CANCELLED"
_URGENT, _USUAL = 1, 5
_SUMMARY = 200


def terms_as_icalendar(rows: Iterable[AssignmentRow]) -> bytes:
    """Return a calendar of the assignments; one without a term is a task without a date."""
    calendar = Calendar()
    calendar.add("prodid", "-//sed-tui//terms//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Terms of assignments"))
    for row in rows:
        calendar.add_component(_task(row))
    return bytes(calendar.to_ical())


def _task(row: AssignmentRow) -> Todo:
    task = Todo()
    task.add("uid", f"{row.id}@sed-tui")
    task.add("dtstamp", datetime.combine(row.issued_on, time(), UTC))
    if row.due is None or row.issued_on < row.due:  # a task ends later than it begins
        task.add("dtstart", row.issued_on)
    if row.due is not None:
        task.add("due", row.due)
    number = f"{row.document_number}: " if row.document_number else ""
    task.add("summary", f"{number}{' '.join(row.text.split())}"[:_SUMMARY])
    task.add("description", _description(row))
    task.add("status", _STATUS.get(row.state, _CANCELLED))
    task.add("priority", _URGENT if row.control == "special" else _USUAL)
    return task


def _description(row: AssignmentRow) -> str:
    lines = [
        row.text,
        _("From: {name}").format(name=row.author),
        _("State: {state}").format(state=_(STATE_TITLES[row.state])),
    ]
    return "\n".join(lines)
