"""Open terms by day, in one pass over the index of open assignments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.errors.terms import WrongOrder
from sed_tui.handlers.assignment_list import overdue_by, wanted
from sed_tui.operations.assignment_days import TermDay, TermDays
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_days import CountByDay

_A = AssignmentTable
_MOST_DAYS = 366


def count_by_day(work: Work, request: CountByDay) -> TermDays:
    """Count what the actor may see. Raises `WrongOrder`; of more than a year the first days."""
    since, until = request.since, request.until
    if since > until:
        raise WrongOrder(field="since", start=f"{since:%d.%m.%Y}", end=f"{until:%d.%m.%Y}")
    until = min(until, since + timedelta(days=_MOST_DAYS))
    rows = work.db.execute(
        select(col(_A.due), func.count(), func.count().filter(overdue_by(work.today)))
        .where(
            wanted(work, request),
            col(_A.closed_at).is_(None),
            col(_A.due).between(since, until),
        )
        .group_by(col(_A.due))
    ).all()
    counts = {due: (number, late) for due, number, late in rows}
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return TermDays(today=work.today, days=[_day(work, day, counts) for day in days])


def _day(work: Work, day: date, counts: dict[date | None, tuple[int, int]]) -> TermDay:
    calendar = work.calendar
    number, late = counts.get(day, (0, 0))
    return TermDay(
        day=day,
        is_working=calendar.is_working(day) if calendar.knows(day) else None,
        note=calendar.notes.get(day, ""),
        open=number,
        overdue=late,
    )
