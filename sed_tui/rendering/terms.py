"""Control of terms for people and for files: plan and fact of every assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.assignment import AssignmentState
from sed_tui.i18n import _
from sed_tui.rendering.assignment_columns import (
    day_column,
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.figures import period_note
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_rows import FigureRows, TermRow


def terms_printout(report: FigureRows, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    totals = {
        "total": report.total,
        "reported": sum(row["reported_on"] is not None for row in report.rows),
        "late": sum(_is_late(row, f"{report.as_of}") for row in report.rows),
    }
    return Printout(
        title=_("Control of terms"),
        day=report.as_of,
        columns=[
            *organization_column(several=several),
            *what_columns(),
            day_column("reported_on"),
            number_column("working_days_late"),
            *state_columns(),
        ],
        rows=report.rows,
        data={
            "as_of": f"{report.as_of}",
            "since": f"{report.since}",
            "until": f"{report.until}",
            "by_date": report.by_date.value,
            "totals": totals,
        },
        notes=(as_of_note(report.as_of), period_note(report)),
        totals=[
            (_("Assignments"), totals["total"]),
            (_("With a report"), totals["reported"]),
            (_("Late"), totals["late"]),
        ],
    )


def _is_late(row: TermRow, day: str) -> bool:
    if row["due"] is None or row["state"] == AssignmentState.STOPPED.value:
        return False
    return row["due"] < (row["reported_on"] or day)
