"""The overdue report for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.ageing import ageing
from sed_tui.i18n import _
from sed_tui.rendering.assignment_columns import (
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.printout import Printout

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.operations.report import OverdueReport


def overdue_printout(report: OverdueReport, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    return Printout(
        title=_("Overdue assignments"),
        day=report.as_of,
        columns=[
            *organization_column(several=several),
            *what_columns(),
            number_column("days_overdue"),
            number_column("working_days_overdue"),
            *state_columns(),
        ],
        rows=report.rows,
        data={"as_of": f"{report.as_of}", "totals": report.totals.model_dump()},
        notes=(
            as_of_note(report.as_of),
            _("Overdue: the term is over and no report in time is accepted or waits for it."),
        ),
        totals=[*report.totals.by.items(), (_("Overdue in all"), report.totals.overdue)],
        charts=_charts(report),
    )


def as_of_note(day: date) -> str:
    """Return the line that tells the end of which day a report is of."""
    return _("As of {day}").format(day=f"{day:%d.%m.%Y}")


def _charts(report: OverdueReport) -> list[Chart]:
    charts = []
    by = report.totals.by
    if by:
        charts.append(Chart(_("Overdue by group"), [*by], [Series("", [*by.values()])]))
    if report.rows:
        spans = ageing(row["days_overdue"] for row in report.rows)
        labels = [_span(first, last) for first, last, _count in spans]
        counts = Series("", [count for _first, _last, count in spans])
        charts.append(Chart(_("How long overdue, in calendar days"), labels, [counts]))
    return charts


def _span(first: int, last: int | None) -> str:
    if last is None:
        return _("more than {days}").format(days=first - 1)
    return f"{first}–{last}"
