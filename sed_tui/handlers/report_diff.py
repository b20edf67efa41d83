"""What happened between two days: what became overdue, what was closed, which terms moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.clock import end_of_office_day
from sed_tui.errors.terms import WrongOrder
from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import moment_of, parts_of
from sed_tui.operations.report_diff import Change, DiffReport, DiffRow, DiffTotals, ReportDiff
from sed_tui.storage.changes import closed_since, open_among, overdue_ids
from sed_tui.storage.overdue import overdue_listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Row

    from sed_tui.handlers.report_parts import Part
    from sed_tui.handlers.work import Work
    from sed_tui.storage.standing import Moment

_ORDER = {change.value: place for place, change in enumerate(Change)}


def report_diff(work: Work, request: ReportDiff) -> DiffReport:
    """Compare the ends of two days. Raises `WrongOrder`."""
    day = moment_of(work, request.as_of).day
    if request.since >= day:
        raise WrongOrder(field="since", start=f"{request.since:%d.%m.%Y}", end=f"{day:%d.%m.%Y}")
    parts = [
        _Changes(part, moment_of(part.work, request.since)) for part in parts_of(work, request)
    ]
    rows = [row for part in parts for row in part.read(request.since)]
    rows.sort(key=lambda row: _ORDER[row["change"]])
    before, after = (
        sum(len(getattr(part, name)) for part in parts) for name in ("before", "after")
    )
    return DiffReport.model_construct(
        as_of=day, since=request.since, rows=rows, totals=_totals(rows, before, after)
    )


def _totals(rows: list[DiffRow], before: int, after: int) -> DiffTotals:
    counted = Counter(row["change"] for row in rows)
    closed = {Change.EXECUTED.value, Change.STOPPED.value}
    return DiffTotals(
        overdue_before=before,
        overdue_after=after,
        closed_overdue=sum(row["was_overdue"] for row in rows if row["change"] in closed),
        **{change.value: counted[change.value] for change in Change},
    )


class _Changes(Listing):
    """Compares two days of one organization."""

    def __init__(self, part: Part, earlier: Moment) -> None:
        super().__init__(part)
        self._earlier = replace(part, moment=earlier)
        self.before: set[UUID] = set()
        self.after: set[UUID] = set()

    def read(self, since: date) -> Iterator[DiffRow]:
        part, first = self.part, self._earlier
        begin = end_of_office_day(since)
        found = part.work.db.execute(overdue_ids(part.actor, first.moment, part.people))
        self.before = {row.id for row in found}
        late = self.fetch(overdue_listing(part.actor, part.moment, part.people))
        self.after = {UUID(row.id) for row in late}
        closed = self.fetch(closed_since(part.actor, part.moment, part.people, begin))
        moved = self.before - self.after - {UUID(row.id) for row in closed}
        for row in late:
            if UUID(row.id) not in self.before:
                yield self._row(row, Change.BECAME_OVERDUE)
        for row in closed:
            stopped = row.state == AssignmentState.STOPPED
            yield self._row(row, Change.STOPPED if stopped else Change.EXECUTED)
        for query in open_among(part.actor, part.moment, moved):
            for row in self.fetch(query):
                yield self._row(row, Change.NO_LONGER_OVERDUE)

    def _row(self, row: Row[*tuple[Any, ...]], change: Change) -> DiffRow:
        is_late = change is Change.BECAME_OVERDUE
        return {
            **self.listed(row),
            "change": change.value,
            "was_overdue": UUID(row.id) in self.before,
            "reported_on": row.reported_on,
            "days_overdue": self.delay(row.due, row.reported_on)[0] if is_late else None,
        }
