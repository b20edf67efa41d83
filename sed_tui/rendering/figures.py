"""The summary and execution discipline for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.discipline import FORMULAS, ROUNDING, Outcome
from sed_tui.domain.report_period import BASIS_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.report_figures import FigureGrouping
from sed_tui.rendering.assignment_columns import (
    number_column,
    organization_column,
    state_columns,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.report_figures import (
        DisciplineReport,
        DisciplineRow,
        SummaryReport,
    )
    from sed_tui.operations.report_rows import FigureRows

_OUTCOMES = {
    Outcome.IN_TIME: N_("executed in time"),
    Outcome.LATE: N_("executed late"),
    Outcome.RUNNING: N_("in work, not overdue"),
    Outcome.OVERDUE: N_("overdue"),
    Outcome.STOPPED: N_("stopped"),
}
GROUP_TITLES = {
    FigureGrouping.DEPARTMENT: N_("Department"),
    FigureGrouping.EXECUTOR: N_("Executor"),
    FigureGrouping.AUTHOR: N_("Author"),
    FigureGrouping.MONTH: N_("Month"),
}


def summary_printout(report: SummaryReport) -> Printout:
    """Return the summary as every form writes it."""
    return Printout(
        title=_("Summary of execution"),
        day=report.as_of,
        columns=[
            _group_column(report.by),
            *map(number_column, ("total", "executed", "executed_late", "in_work", "in_work_late")),
            number_column("stopped"),
            _percent_column("percent"),
            *map(number_column, ("shifted", "shifts")),
        ],
        rows=[row.model_dump() for row in report.rows],
        data=_data(report, "totals"),
        notes=(
            as_of_note(report.as_of),
            period_note(report),
            _("In all = executed + in work + stopped; % = executed / (executed + in work)."),
        ),
        total={"group": label("total"), **report.totals.model_dump()},
        charts=load_chart(report),
    )


def discipline_printout(report: DisciplineReport, *, with_rows: bool, several: bool) -> Printout:
    """Return the report with its formulas in the heading, and the rows that make them differ."""
    counts = ("in_time", "late", "running", "overdue", "stopped", "came_due", "came_due_in_time")
    return Printout(
        title=_("Execution discipline"),
        day=report.as_of,
        columns=[
            _group_column(report.by),
            *map(number_column, counts),
            *map(_percent_column, FORMULAS),
        ],
        rows=[row.model_dump() for row in report.rows],
        data=_data(report, "formulas", "totals", "months", "differing"),
        notes=(
            as_of_note(report.as_of),
            period_note(report),
            *report.formulas.values(),
            _(ROUNDING),
        ),
        total={"group": label("total"), **report.totals.model_dump()},
        charts=month_chart(report.months),
        appendix=_differing(report, several=several) if with_rows else None,
    )


def _differing(report: DisciplineReport, *, several: bool) -> Printout:
    outcomes = {outcome.value: _(title) for outcome, title in _OUTCOMES.items()}
    verdicts = {True: "+", False: "−", None: ""}
    return Printout(
        title=_("Counted differently"),
        day=report.as_of,
        columns=[
            *organization_column(several=several),
            *what_columns(),
            Column("reported_on", label("reported_on"), Kind.DAY, width=11),
            Column("outcome", label("outcome"), width=18, words=outcomes),
            *(Column(name, name.upper(), width=4, words=verdicts) for name in FORMULAS),
            *state_columns(),
        ],
        rows=report.differing,
        data={"as_of": f"{report.as_of}"},
        notes=(_("+ counted for, − counted against, empty: not counted by the formula."),),
    )


def _data(report: SummaryReport | DisciplineReport, *more: str) -> dict[str, object]:
    names = ("as_of", "since", "until", "by_date", "by", *more)
    dumped = report.model_dump(mode="json", include=set(names))
    return {name: dumped[name] for name in names}


def period_note(report: SummaryReport | DisciplineReport | FigureRows) -> str:
    """Return the line that tells by which date and of which days a report selects."""
    chosen = _(BASIS_TITLES[report.by_date]).format(
        since=f"{report.since:%d.%m.%Y}", until=f"{report.until:%d.%m.%Y}"
    )
    return _("Selected: assignments {chosen}.").format(chosen=chosen)


def _group_column(by: FigureGrouping) -> Column:
    return Column("group", _(GROUP_TITLES[by]), width=34)


def _percent_column(name: str) -> Column:
    return Column(name, label(name), Kind.PERCENT, width=10)


def load_chart(report: SummaryReport) -> list[Chart]:
    """Return what each group has in work, nothing where there are no groups."""
    rows = report.rows
    if not rows:
        return []
    series = [
        Series(_("In work"), [row.in_work for row in rows]),
        Series(_("of them overdue"), [row.in_work_late for row in rows]),
    ]
    return [Chart(_("Load"), [row.group for row in rows], series)]


def month_chart(months: Sequence[DisciplineRow]) -> list[Chart]:
    """Return the three formulas by month, nothing where there are no months."""
    if not months:
        return []
    series = [Series(name.upper(), [getattr(row, name) for row in months]) for name in FORMULAS]
    labels = [row.group for row in months]
    return [Chart(_("Discipline by month"), labels, series, unit=" %", full=100)]
