"""Reports that count: the summary of a period, and execution discipline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sed_tui.domain.discipline import FORMULAS, Tally, came_due, outcome, verdicts
from sed_tui.domain.report_period import period_of
from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import group_names, moment_of, parts_of, person_of
from sed_tui.i18n import _
from sed_tui.operations.report_figures import (
    DifferingRow,
    DisciplineFigures,
    DisciplineReport,
    DisciplineRow,
    FigureGrouping,
    ReportDiscipline,
    ReportSummary,
    SummaryFigures,
    SummaryReport,
    SummaryRow,
)
from sed_tui.storage.names import as_recorded, find_people
from sed_tui.storage.tallies import differing, tallies, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.domain.report_period import Period
    from sed_tui.handlers.report_parts import Part
    from sed_tui.handlers.work import Work


@dataclass(slots=True)
class _Groups:
    """Tallies by the name of a group, by month, and of all."""

    by_name: dict[str, Tally] = field(default_factory=dict)
    by_month: dict[str, Tally] = field(default_factory=dict)

    @property
    def whole(self) -> Tally:
        return sum(self.by_name.values(), Tally())

    def rows(self, by: FigureGrouping) -> dict[str, Tally]:
        return dict(sorted((self.by_month if by is FigureGrouping.MONTH else self.by_name).items()))


def report_summary(work: Work, request: ReportSummary) -> SummaryReport:
    """Count what a period selects, executed and in work, by group."""
    day = moment_of(work, request.as_of).day
    period = period_of(day, request.since, request.until, request.by_date)
    groups = _groups(parts_of(work, request), period, request.by, months=False)
    return SummaryReport(
        as_of=day,
        since=period.since,
        until=period.until,
        by_date=period.by,
        by=request.by,
        rows=[
            SummaryRow(group=name, **_summary(tally))
            for name, tally in groups.rows(request.by).items()
        ],
        totals=SummaryFigures(**_summary(groups.whole)),
    )


def report_discipline(work: Work, request: ReportDiscipline) -> DisciplineReport:
    """Count by the three formulas, and list what they count differently if so asked."""
    day = moment_of(work, request.as_of).day
    period = period_of(day, request.since, request.until, request.by_date)
    parts = parts_of(work, request)
    groups = _groups(parts, period, request.by, months=request.months)
    return DisciplineReport.model_construct(
        as_of=day,
        since=period.since,
        until=period.until,
        by_date=period.by,
        by=request.by,
        formulas={name: _(text) for name, text in FORMULAS.items()},
        rows=_discipline_rows(groups.rows(request.by)),
        totals=DisciplineFigures(**_discipline(groups.whole)),
        months=_discipline_rows(groups.rows(FigureGrouping.MONTH)) if request.months else [],
        differing=[
            row for part in (parts if request.rows else []) for row in _Differing(part).read(period)
        ],
    )


def _groups(parts: Iterable[Part], period: Period, by: FigureGrouping, *, months: bool) -> _Groups:
    groups = _Groups()
    by_day = months or by is FigureGrouping.MONTH
    person = person_of(by.person)
    for part in parts:
        rows = part.work.db.execute(
            tallies(part.actor, part.moment, part.people, period, person=person, by_day=by_day)
        ).all()
        names = _names(part, {row.person for row in rows}, by)
        for row in rows:
            tally = tally_of(row)
            _add(groups.by_name, names[row.person], tally)
            if by_day:
                _add(groups.by_month, f"{row.day:%Y-%m}", tally)
    return groups


def _add(groups: dict[str, Tally], name: str, tally: Tally) -> None:
    groups[name] = groups.get(name, Tally()) + tally


def _names(part: Part, keys: set[Any], by: FigureGrouping) -> dict[Any, str]:
    db = part.work.db
    found = find_people(db, keys)
    people = as_recorded(db, part.work.organization_id, found, part.moment.cutoff)
    return group_names(people.items(), by.person, part.code)


def _summary(tally: Tally) -> dict[str, Any]:
    return {
        "total": tally.total,
        "executed": tally.executed,
        "executed_late": tally.late,
        "in_work": tally.in_work,
        "in_work_late": tally.overdue,
        "stopped": tally.stopped,
        "percent": tally.executed_percent,
        "shifted": tally.shifted,
        "shifts": tally.shifts,
    }


def _discipline(tally: Tally) -> dict[str, Any]:
    return {name: getattr(tally, name) for name in DisciplineFigures.model_fields}


def _discipline_rows(groups: dict[str, Tally]) -> list[DisciplineRow]:
    return [DisciplineRow(group=name, **_discipline(tally)) for name, tally in groups.items()]


class _Differing(Listing):
    """Reads what the formulas count differently in one organization."""

    def read(self, period: Period) -> list[DifferingRow]:
        part = self.part
        day = part.moment.day
        rows: list[DifferingRow] = []
        for row in self.fetch(differing(part.actor, part.moment, part.people, period)):
            due, reported = (
                date.fromisoformat(text) if text else None for text in (row.due, row.reported_on)
            )
            what = outcome(row.state, due, reported, day)
            counted = verdicts(what, counted=came_due(due, period, day))
            entry: DifferingRow = {
                **self.listed(row),
                "reported_on": row.reported_on,
                "outcome": what.value,
                "f1": counted["f1"],
                "f2": counted["f2"],
                "f3": counted["f3"],
            }
            rows.append(entry)
        return rows
