"""What can be done about an assignment: report, accept, return for rework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.operations.assignment_control import (
    ACCEPT,
    RETURN,
    AcceptAssignment,
    ReturnAssignment,
)
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.tui.entry_dialog import Entry, Task
from sed_tui.tui.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.assignment_list import AssignmentRow


def report(row: AssignmentRow) -> Task:
    """Report execution."""
    name = str(row.id)
    return Task(
        _("Report on {name}").format(name=_name(row)),
        REPORT,
        [Entry("text", _("What has been done"), is_long=True)],
        lambda values: ReportAssignment(assignment=name, text=values["text"]),
        lambda values: ("assignment", "report", row.short_id, "--text", values["text"]),
        row.text,
    )


def accept(row: AssignmentRow) -> Task:
    """Accept the report: the assignment is executed."""

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        comment = ("--comment", values["comment"]) if values["comment"] else ()
        return ("assignment", "accept", row.short_id, *comment)

    return Task(
        _("Accept the report on {name}").format(name=_name(row)),
        ACCEPT,
        [Entry("comment", _("Comment (may be left out)"))],
        lambda values: AcceptAssignment(assignment=str(row.id), comment=values["comment"] or None),
        words,
        f"{short_name(row.executor)}: {row.text}",
    )


def give_back(row: AssignmentRow) -> Task:
    """Return the report for rework, saying why and by when."""
    return Task(
        _("Return {name} for rework").format(name=_name(row)),
        RETURN,
        [
            Entry("text", _("What is to be mended"), is_long=True),
            Entry("due", _("New term: a date, 5 рд, 10")),
        ],
        lambda values: ReturnAssignment(
            assignment=str(row.id), text=values["text"], due=values["due"]
        ),
        lambda values: (
            "assignment",
            "return",
            row.short_id,
            "--text",
            values["text"],
            "--due",
            values["due"],
        ),
        f"{short_name(row.executor)}: {row.text}",
    )


def _name(row: AssignmentRow) -> str:
    return row.document_number or row.short_id
