"""The overdue report for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.ageing import ageing
from sed_tui.domain.duma import PASSAGE_TITLES
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.report_rows import AgeSpan
from sed_tui.rendering.assignment_columns import (
    day_column,
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.printout import Column, Kind, Printout

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
        data=_data(report),
        notes=(
            as_of_note(report.as_of),
            _("Overdue: the term is over and no report in time is accepted or waits for it."),
        ),
        totals=[*report.totals.by.items(), (_("Overdue in all"), report.totals.overdue)],
        charts=_charts(report),
        appendix=_submissions(report, several=several) if report.submissions else None,
    )


def _data(report: OverdueReport) -> dict[str, Any]:
    """Return what stands beside the rows; of submissions where one is late alone."""
    unsaid = set() if report.totals.submissions else {"submissions"}
    totals = report.totals.model_dump(exclude=unsaid)
    listed = {"submissions": report.submissions} if report.submissions else {}
    return {"as_of": f"{report.as_of}", "totals": totals, **listed}


def _submissions(report: OverdueReport, *, several: bool) -> Printout:
    steps = {step.value: _(title) for step, title in PASSAGE_TITLES.items()}
    return Printout(
        title=_("Late submissions to the Duma"),
        day=report.as_of,
        columns=[
            *organization_column(several=several),
            Column("id", label("id"), Kind.ID, width=10),
            Column("document_number", label("document_number"), width=14),
            Column("title", label("title"), width=48),
            Column("kind", label("kind"), width=18),
            Column("executor", label("executor"), width=22),
            Column("department", label("department"), width=20),
            day_column("sitting_day"),
            day_column("due"),
            number_column("days_overdue"),
            number_column("working_days_overdue"),
            Column("passage_state", label("passage_state"), width=16, words=steps),
        ],
        rows=report.submissions,
        data={},
        totals=[(_("Late submissions in all"), report.totals.submissions)],
        is_aside=True,
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
