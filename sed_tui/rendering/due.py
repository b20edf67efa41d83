"""The reminder sheet for people and for files: a heading for every executor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.rendering.assignment_columns import (
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_due import DueReport


def due_printout(report: DueReport, *, several: bool = False) -> Printout:
    """Return the sheet as every form writes it; `several` adds the organization of rows."""
    totals = report.totals
    return Printout(
        title=_("Reminder sheet"),
        day=report.as_of,
        columns=[
            *organization_column(several=several),
            *what_columns(),
            number_column("days_left"),
            number_column("working_days_overdue"),
            *state_columns(),
        ],
        rows=report.rows,
        data={
            "as_of": f"{report.as_of}",
            "until": f"{report.until}",
            "totals": totals.model_dump(mode="json"),
        },
        notes=(as_of_note(report.as_of), _until_note(report)),
        headings=_headings(report),
        totals=[(_("Falls due"), totals.due), (_("Overdue in all"), totals.overdue)],
        charts=_charts(report),
    )


def _until_note(report: DueReport) -> str:
    return _("What falls due up to {day}, day by day, and what is overdue already.").format(
        day=f"{report.until:%d.%m.%Y}"
    )


def _headings(report: DueReport) -> dict[int, str]:
    """Return a heading for the rows of every person, with how many of each sort he has."""
    headings, place = {}, 0
    # the rows stand in the order of these totals
    for name, count in report.totals.by.items():
        own = report.rows[place : place + count]
        late = sum(row["days_left"] < 0 for row in own)
        headings[place] = _("{executor}, {department}: overdue {overdue}, falls due {due}").format(
            executor=name, department=own[0]["department"] or "—", overdue=late, due=count - late
        )
        place += count
    return headings


def _charts(report: DueReport) -> list[Chart]:
    days = report.totals.by_day
    if not days:
        return []
    labels = [f"{day:%d.%m.%Y}" for day in days]
    return [Chart(_("Falls due, by day"), labels, [Series("", [*days.values()])])]
