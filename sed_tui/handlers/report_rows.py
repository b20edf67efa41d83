"""What a number of a report is made of: the same conditions as the number, as a list."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sed_tui.domain.ageing import ageing
from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.report_period import Period, period_of
from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import group_names, moment_of, parts_of, person_of
from sed_tui.operations.report_figures import FigureGrouping
from sed_tui.operations.report_rows import AgeingReport, AgeSpan, Figure, FigureRows
from sed_tui.storage.names import as_recorded, find_people
from sed_tui.storage.overdue import LISTED, falls_due, late, listing
from sed_tui.storage.standing import standing
from sed_tui.storage.tallies import DATES, figures, in_period

if TYPE_CHECKING:
    from sqlalchemy import Row

    from sed_tui.handlers.report_parts import Part
    from sed_tui.handlers.work import Work
    from sed_tui.operations.report_rows import ReportAgeing, ReportRows, TermRow
    from sed_tui.storage.standing import Condition, Field

_DECEMBER = 12
_OF_THE_DAY = {Figure.OVERDUE_NOW, Figure.DUE_SHEET}


def report_rows(work: Work, request: ReportRows) -> FigureRows:
    """List what a number counts, up to the limit, and count all of it."""
    day = moment_of(work, request.as_of).day
    period = period_of(day, request.since, request.until, request.by_date)
    rows: list[TermRow] = []
    total = 0
    for part in parts_of(work, request):
        figure = _FigureListing(part, request, period)
        if figure.narrow():
            total += figure.count()
            rows += figure.read(request.limit - len(rows))
    return FigureRows(
        as_of=day,
        since=period.since,
        until=period.until,
        by_date=period.by,
        total=total,
        rows=rows,
    )


def report_ageing(work: Work, request: ReportAgeing) -> AgeingReport:
    """Count what is overdue by its term, and the terms by their spans."""
    day = moment_of(work, request.as_of).day
    ages: Counter[int] = Counter()
    for part in parts_of(work, request):
        condition = late(part.moment, part.people)
        found = standing(part.actor, part.moment, ("due",), condition, is_open=True)
        due = found.subquery("overdue").c.due
        for term, count in part.work.db.execute(select(due, func.count()).group_by(due)):
            ages[(day - term).days] += count
    spans = [AgeSpan(first=a, last=b, count=count) for a, b, count in ageing(ages.elements())]
    return AgeingReport(as_of=day, total=ages.total(), spans=spans)


class _FigureListing(Listing):
    """Counts and reads the rows of one number in one organization."""

    def __init__(self, part: Part, request: ReportRows, period: Period) -> None:
        super().__init__(part)
        self.request, self.period = request, period
        self.conditions: list[Condition] = [self._whole()]

    @property
    def is_open(self) -> bool:
        """Tell whether the number counts open assignments alone."""
        return self.request.figure in _OF_THE_DAY

    def narrow(self) -> bool:
        """Narrow to the group; tell whether anything of it may be here."""
        request = self.request
        if request.group is not None:
            if request.by is FigureGrouping.MONTH:
                if not self._narrow_to_month(request.group):
                    return False
            elif not self._narrow_to_people(request.group):
                return False
        if not self.is_open:
            self.conditions.append(self._figure)
        return True

    def count(self) -> int:
        """Return how many there are."""
        found = self._standing(("id",)).subquery("counted")
        return self.part.work.db.scalar(select(func.count()).select_from(found)) or 0

    def read(self, limit: int) -> list[TermRow]:
        """Return the first rows by their terms."""
        return [
            {
                **self.listed(row),
                "reported_on": row.reported_on,
                "working_days_late": self._lateness(row),
            }
            for row in self.fetch(listing(self._standing(LISTED)).limit(limit))
        ]

    def _lateness(self, row: Row[*tuple[Any, ...]]) -> int | None:
        """Return the working days from the term to the report or the day, None within it."""
        if row.due is None or row.state == AssignmentState.STOPPED.value:
            return None
        days, working = self.delay(row.due, row.reported_on)
        return working if days > 0 else None

    def _whole(self) -> Condition:
        moment, people, request = self.part.moment, self.part.people, self.request
        match request.figure:
            case Figure.OVERDUE_NOW:
                return late(moment, people)
            case Figure.DUE_SHEET:
                return falls_due(moment, people, request.days)
        return in_period(self.period, people)

    def _figure(self, field: Field) -> list[Any]:
        return [figures(field, self.part.moment, self.period)[self.request.figure.value]]

    def _narrow_to_month(self, group: str) -> bool:
        year, _dash, month = group.partition("-")
        if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= _DECEMBER):
            return False
        last = calendar.monthrange(int(year), int(month))[1]
        name = DATES[self.period.by]
        span = [date(int(year), int(month), day) for day in (1, last)]
        self.conditions.append(lambda field: [field(name).between(*span)])
        return True

    def _narrow_to_people(self, group: str) -> bool:
        # namesakes are told apart among all people of the report, not of this number alone
        person = person_of(self.request.by.person)
        work, part = self.part.work, self.part
        key = self._standing((person,)).subquery("people").c[person]
        found = find_people(work.db, set(work.db.scalars(select(key).distinct())))
        people = as_recorded(work.db, work.organization_id, found, part.moment.cutoff)
        names = group_names(people.items(), self.request.by.person, part.code)
        ids = sorted(key for key, name in names.items() if name == group)
        self.conditions.append(lambda field: [field(person).in_(ids)])
        return bool(ids)

    def _standing(self, names: tuple[str, ...]) -> Any:
        conditions = list(self.conditions)

        def every(field: Field) -> list[Any]:
            return [one for condition in conditions for one in condition(field)]

        return standing(self.part.actor, self.part.moment, names, every, is_open=self.is_open)
