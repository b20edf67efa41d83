"""Reports as the screen shows them: a heading, rows of numbers, charts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sed_tui.domain.discipline import FORMULAS
from sed_tui.domain.report_period import BASIS_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.report import OVERDUE
from sed_tui.operations.report_due import DUE
from sed_tui.operations.report_figures import DISCIPLINE, SUMMARY
from sed_tui.operations.report_rows import AGEING, Figure
from sed_tui.rendering.due import due_printout
from sed_tui.rendering.figures import discipline_printout, load_chart, month_chart, summary_printout
from sed_tui.rendering.overdue import ageing_chart, group_chart
from sed_tui.rendering.printout import NOTHING
from sed_tui.tui.report_asked import Asked, Report
from sed_tui.tui.report_printouts import PRINTED, printed, printed_columns, printed_rows
from sed_tui.tui.wording import amount, long_day, translated
from widgets.rows import Column, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.report_due import DueReport
    from sed_tui.operations.report_figures import DisciplineReport, SummaryReport
    from sed_tui.rendering.chart import Chart
    from sed_tui.rendering.printout import Printout

_GROUP = Column(N_("Group"), 16, share=1)
_NUMBERS: dict[Report, Sequence[tuple[str, str, int]]] = {
    Report.OVERVIEW: (("number", N_("Count"), 10),),
    Report.OVERDUE: (("overdue_now", N_("Overdue"), 12),),
    Report.DUE: (
        ("due_sheet", N_("In all"), 8),
        ("late", N_("overdue"), 12),
        ("coming", N_("to come"), 10),
    ),
    # short words: none of them is cut at 80 columns
    Report.SUMMARY: (
        ("total", N_("In all"), 6),
        ("executed", N_("done"), 7),
        ("executed_late", N_("done late"), 9),
        ("in_work", N_("in work"), 8),
        ("in_work_late", N_("overd."), 8),
        ("stopped", N_("stop."), 6),
        ("percent", "%", 4),
        ("shifted", N_("shift."), 6),
    ),
    Report.DISCIPLINE: (
        ("in_time", N_("in time"), 7),
        ("late", N_("done late"), 9),
        ("running", N_("running"), 8),
        ("overdue", N_("overd."), 8),
        ("came_due", N_("fell due"), 8),
        ("f1", "F1", 4),
        ("f2", "F2", 4),
        ("f3", "F3", 4),
    ),
}
_PERCENT = {"percent", *FORMULAS}
_FIGURES = {figure.value for figure in Figure}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A row of a report: its group, None for all, and the numbers that can be opened."""

    group: str | None
    counts: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report that has been read; `asked` tells its days, `notes` its formulas."""

    asked: str
    notes: Sequence[str]
    rows: Sequence[Row]
    charts: Sequence[Chart] = field(default_factory=tuple)


def report_columns(report: Report) -> list[Column]:
    """Return the columns of a report in the user's language."""
    if report in PRINTED:
        return printed_columns(report)
    return translated([_GROUP, *(Column(title, width) for _name, title, width in _NUMBERS[report])])


def read_report(gateway: Gateway, asked: Asked) -> Reading:
    """Read a report; totals and figures alone, never the assignments themselves."""
    return _READERS.get(asked.report, _printed)(gateway, asked)


def printout_of(gateway: Gateway, asked: Asked, *, months: bool) -> Printout:
    """Return a report as the command line writes it; pages have `months` too."""
    from sed_tui.rendering.overdue import overdue_printout

    several = asked.organization == "all"
    match asked.report:
        case Report.DUE:
            return due_printout(gateway.call(DUE, asked.due()), several=several)
        case Report.DISCIPLINE:
            report = gateway.call(DISCIPLINE, asked.discipline(months=months))
            return discipline_printout(report, with_rows=False, several=several)
        case Report.OVERDUE:
            return overdue_printout(
                gateway.call(OVERDUE, asked.overdue(rows=True)), several=several
            )
        case Report.SUMMARY:
            return summary_printout(gateway.call(SUMMARY, asked.summary()))
    return printed(gateway, asked)


def _printed(gateway: Gateway, asked: Asked) -> Reading:
    printout = printed(gateway, asked)
    rows = printed_rows(asked.report, printout)
    first, *notes = printout.notes
    notes += [" · ".join(f"{title}: {amount(count)}" for title, count in printout.totals)]
    heading = f"{printout.title} · {first}"
    return Reading(heading, [note for note in notes if note], rows, printout.charts)


def _overview(gateway: Gateway, asked: Asked) -> Reading:
    summary = gateway.call(SUMMARY, asked.summary())
    discipline = gateway.call(DISCIPLINE, asked.discipline(months=True))
    ages = gateway.call(AGEING, asked.ageing())
    late = _("! Overdue on {day}").format(day=long_day(ages.as_of))
    totals = summary.totals
    lines = [
        _number(late, Figure.OVERDUE_NOW, ages.total),
        # what follows counts these alone: what is in work from before is not among them
        Row("period", (_selected(summary) + ":", ""), "heading"),
        *(
            _number("  " + label(name), Figure(name), getattr(totals, name))
            for name in ("total", "in_work", "executed", "executed_late", "shifted")
        ),
        *(
            Row(name, (discipline.formulas[name], _shown(name, getattr(discipline.totals, name))))
            for name in FORMULAS
        ),
    ]
    charts = [*load_chart(summary), ageing_chart(ages.spans), *month_chart(discipline.months)]
    return Reading(
        _period(summary), (_("Enter on a number lists what it is made of."),), lines, charts
    )


def _overdue(gateway: Gateway, asked: Asked) -> Reading:
    report = gateway.call(OVERDUE, asked.overdue(rows=False))
    ages = gateway.call(AGEING, asked.ageing())
    by = report.totals.by
    rows = [_line(Report.OVERDUE, name, {"overdue_now": count}) for name, count in by.items()]
    if rows:
        rows.append(_line(Report.OVERDUE, None, {"overdue_now": report.totals.overdue}))
    note = _("Overdue: the term is over and no report in time is accepted or waits for it.")
    late = _("! Late submissions to the Duma: {count}").format(count=report.totals.submissions)
    notes = (late, note) if report.totals.submissions else (note,)
    charts = [ageing_chart(ages.spans), *group_chart(by)]
    return Reading(_day(report.as_of), notes, rows, charts if rows else ())


def _due(gateway: Gateway, asked: Asked) -> Reading:
    report = gateway.call(DUE, asked.due())
    printout = due_printout(report)
    rows = [_line(Report.DUE, name, figures) for name, figures in _sheets(report)]
    if rows:
        totals = {"late": report.totals.overdue, "coming": report.totals.due}
        rows.append(_line(Report.DUE, None, {"due_sheet": len(report.rows), **totals}))
    return Reading(_day(report.as_of), printout.notes[1:], rows, printout.charts)


def _sheets(report: DueReport) -> Iterable[tuple[str, dict[str, int]]]:
    place = 0
    # the rows stand in the order of these totals
    for name, count in report.totals.by.items():
        late = sum(row["days_left"] < 0 for row in report.rows[place : place + count])
        yield name, {"due_sheet": count, "late": late, "coming": count - late}
        place += count


def _summary(gateway: Gateway, asked: Asked) -> Reading:
    report = gateway.call(SUMMARY, asked.summary())
    printout = summary_printout(report)
    rows = _figure_lines(Report.SUMMARY, report)
    return Reading(_period(report), printout.notes[2:], rows, printout.charts)


def _discipline(gateway: Gateway, asked: Asked) -> Reading:
    report = gateway.call(DISCIPLINE, asked.discipline(months=True))
    rows = _figure_lines(Report.DISCIPLINE, report)
    notes = tuple(report.formulas.values())
    return Reading(_period(report), notes, rows, month_chart(report.months))


_READERS = {
    Report.OVERVIEW: _overview,
    Report.OVERDUE: _overdue,
    Report.DUE: _due,
    Report.SUMMARY: _summary,
    Report.DISCIPLINE: _discipline,
}


def _figure_lines(report: Report, found: SummaryReport | DisciplineReport) -> list[Row]:
    rows = [_line(report, row.group, row.model_dump()) for row in found.rows]
    return [*rows, _line(report, None, found.totals.model_dump())] if rows else []


def _line(report: Report, group: str | None, figures: Mapping[str, Any]) -> Row:
    names = [name for name, _title, _width in _NUMBERS[report]]
    cells = (group or label("total"), *(_shown(name, figures[name]) for name in names))
    counts = {
        Figure(name): figures[name]
        for name in names
        # the sheet's parts are made of the sheet alone
        if name in _FIGURES and not (report is Report.DUE and name == "late")
    }
    tone = "heading" if group is None else ""
    return Row(f"={group}" if group else "total", cells, tone, GroupLine(group, counts))


def _number(title: str, figure: Figure, count: int) -> Row:
    return Row(figure.value, (title, amount(count)), "", GroupLine(None, {figure: count}))


def _shown(name: str, value: int | None) -> str:
    if value is None:
        return NOTHING
    return str(value) if name in _PERCENT else amount(value)


def _day(day: Any) -> str:
    return _("As of {day}").format(day=long_day(day))


def _period(report: SummaryReport | DisciplineReport) -> str:
    return f"{_day(report.as_of)} · {_selected(report)}"


def _selected(report: SummaryReport | DisciplineReport) -> str:
    chosen = _(BASIS_TITLES[report.by_date])
    return chosen.format(since=long_day(report.since), until=long_day(report.until))
