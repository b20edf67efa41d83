"""What changed between two days, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.report_diff import Change
from sed_tui.rendering.assignment_columns import (
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_diff import DiffReport

_CHANGES = {
    Change.BECAME_OVERDUE: N_("became overdue"),
    Change.EXECUTED: N_("is executed"),
    Change.STOPPED: N_("stopped"),
    Change.NO_LONGER_OVERDUE: N_("no longer overdue: the term moved"),
}


def diff_printout(report: DiffReport, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    words = {change.value: _(title) for change, title in _CHANGES.items()}
    was = {True: _("overdue"), False: ""}
    return Printout(
        title=_("What changed between two days"),
        day=report.as_of,
        columns=[
            Column("change", label("change"), width=20, words=words),
            Column("was_overdue", label("was_overdue"), width=11, words=was),
            *organization_column(several=several),
            *what_columns(),
            Column("reported_on", label("reported_on"), Kind.DAY, width=11),
            number_column("days_overdue"),
            *state_columns(),
        ],
        rows=report.rows,
        data={
            "as_of": f"{report.as_of}",
            "since": f"{report.since}",
            "totals": report.totals.model_dump(),
        },
        notes=(
            _("From the end of {since} to the end of {until}.").format(
                since=f"{report.since:%d.%m.%Y}", until=f"{report.as_of:%d.%m.%Y}"
            ),
        ),
        totals=_totals(report),
    )


def _totals(report: DiffReport) -> list[tuple[str, int]]:
    totals = report.totals
    at_the_end = _("Overdue at the end of {day}")
    return [
        (at_the_end.format(day=f"{report.since:%d.%m.%Y}"), totals.overdue_before),
        (_("+ became overdue"), totals.became_overdue),
        (_("− closed, overdue before"), totals.closed_overdue),
        (_("− no longer overdue"), totals.no_longer_overdue),
        (at_the_end.format(day=f"{report.as_of:%d.%m.%Y}"), totals.overdue_after),
        (_("Executed in all"), totals.executed),
        (_("Stopped in all"), totals.stopped),
    ]
