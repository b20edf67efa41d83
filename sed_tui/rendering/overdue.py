"""The overdue report for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.ageing import ageing
from sed_tui.i18n import _
from sed_tui.operations.report_rows import AgeSpan
from sed_tui.rendering.assignment_columns import (
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.printout import Printout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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


def group_chart(by: Mapping[str, int]) -> list[Chart]:
    """Return how many are overdue in each group, nothing where there are no groups."""
    return [Chart(_("Overdue by group"), [*by], [Series("", [*by.values()])])] if by else []


def ageing_chart(spans: Iterable[AgeSpan]) -> Chart:
    """Return how many have been overdue for how long."""
    spans = list(spans)
    labels = [_span(span.first, span.last) for span in spans]
    counts = Series("", [span.count for span in spans])
    return Chart(_("How long overdue, in calendar days"), labels, [counts])


def _charts(report: OverdueReport) -> list[Chart]:
    charts = group_chart(report.totals.by)
    if report.rows:
        ages = ageing(row["days_overdue"] for row in report.rows)
        charts.append(ageing_chart(AgeSpan(first=a, last=b, count=n) for a, b, n in ages))
    return charts


def _span(first: int, last: int | None) -> str:
    if last is None:
        return _("more than {days}").format(days=first - 1)
    return f"{first}–{last}"
