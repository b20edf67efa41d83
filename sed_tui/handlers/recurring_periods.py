"""Schedules as they are stored, and their periods past and to come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, false, or_, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.domain.recurrence import LONGEST_SHIFT, PeriodState, issue_day, next_periods
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.references import document_of
from sed_tui.handlers.resolution_reading import known_people
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.recurring import FuturePeriod, Schedule
from sed_tui.storage.own_documents import on_own_document
from sed_tui.storage.tables.recurring_assignment import (
    RecurringAssignmentTable,
    RecurringExecutorTable,
    RecurringPeriodTable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.resolution_reading import Person
    from sed_tui.handlers.work import Work

    StoredSchedule = Row[*tuple[Any, ...]]

_R, _P, _E = RecurringAssignmentTable, RecurringPeriodTable, RecurringExecutorTable
SCHEDULES: Any = _R.__table__  # type: ignore[attr-defined]
_SHOWN = 10
_PAST = 12


def visible_schedules(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate: the organization's; or one's own, and those on one's documents."""
    within = col(_R.organization_id) == actor.organization_id
    match actor.sight:
        case Sight.ORGANIZATION:
            return within
        case Sight.DEPARTMENT | Sight.OWN:
            parts = (_R.author_id, _R.entered_by, _R.executor_id, _R.controller_id)
            mine = [col(part).in_(actor.sees_for) for part in parts]
            return and_(within, or_(*mine, on_own_document(actor, _R.document_id)))
        case Sight.NOTHING:
            return false()


def find_schedule(work: Work, text: str) -> StoredSchedule:
    """Return the schedule that an id or a short id names. Raises `NotFound`, `Ambiguous`."""
    condition = by_id(col(_R.id), text.strip())
    rows: Sequence[StoredSchedule] = []
    if condition is not None:
        query = select(SCHEDULES).where(condition, visible_schedules(work.actor))
        rows = work.db.execute(query.limit(_SHOWN)).all()
    if len(rows) > 1:
        candidates = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="schedule", value=text, candidates=candidates)
    if not rows:
        raise NotFound(field="schedule", kind=_(N_("Schedule")), key=text)
    return rows[0]


def schedule_card(work: Work, row: StoredSchedule, ahead: int) -> Schedule:
    """Return a schedule with its last periods and the next ones."""
    executors = executors_of(work, row)
    helpers = list(map(UUID, json.loads(row.co_executors)))
    named = (row.author_id, row.executor_id, row.controller_id, *helpers, *executors.values())
    people = known_people(work, [person for person in named if person is not None])
    decided = decided_periods(work, row.id)
    upcoming = _upcoming(work, row, decided, ahead)
    past = [day for day in sorted(decided)[-_PAST:] if day not in upcoming]
    document = document_of(work, row.document_id)
    return Schedule(
        id=row.id,
        short_id=short_id(row.id),
        text=row.text,
        author=people[row.author_id].name,
        executor=people[executor_on(row, executors, work.today)].name,
        co_executors=[people[person].name for person in helpers],
        controller=people[row.controller_id].name if row.controller_id else None,
        document_number=document.number if document else None,
        rule=row.rule,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        lead=row.lead_days,
        state=row.state,
        version=row.version,
        issued=sum(1 for state, _a in decided.values() if state == PeriodState.ISSUED),
        upcoming=[_future(work, row, day, decided, executors, people) for day in upcoming],
        past=[_future(work, row, day, decided, executors, people) for day in past],
    )


def executors_of(work: Work, row: StoredSchedule) -> dict[date, UUID]:
    """Return who executes from which day on, beside the first."""
    found = work.db.execute(
        select(col(_E.from_day), col(_E.executor_id))
        .where(col(_E.recurring_id) == row.id)
        .order_by(col(_E.from_day))
    )
    return {change.from_day: change.executor_id for change in found}


def executor_on(row: StoredSchedule, executors: Mapping[date, UUID], day: date) -> UUID:
    """Return who executes the period of a nominal term."""
    changed = [start for start in executors if start <= day]
    first: UUID = row.executor_id
    return executors[max(changed)] if changed else first


def decided_periods(work: Work, schedule_id: UUID) -> dict[date, tuple[PeriodState, UUID | None]]:
    """Return what became of the periods so far."""
    rows = work.db.execute(
        select(col(_P.period), col(_P.state), col(_P.assignment_id)).where(
            col(_P.recurring_id) == schedule_id
        )
    )
    return {row.period: (PeriodState(row.state), row.assignment_id) for row in rows}


def term_of(work: Work, period: date) -> date:
    """Return the working day a nominal term ends on. Raises `CalendarYearUnknown`."""
    # counted from afar: the shift of the profile holds, whichever way it goes
    found = count_term(work, period.isoformat(), period - LONGEST_SHIFT)
    assert found is not None  # a day is a term
    return found.effective


def _upcoming(
    work: Work,
    row: StoredSchedule,
    decided: Mapping[date, tuple[PeriodState, UUID | None]],
    ahead: int,
) -> list[date]:
    """Return the periods that are still to be issued or left out, in their order."""
    if row.state == "closed" or not ahead:
        return []
    over = {day for day, (state, _a) in decided.items() if state is not PeriodState.SKIPPED}
    wanted = next_periods(row.rule, row.starts_on, row.ends_on, work.today, ahead + len(over))
    return [day for day in wanted if day not in over][:ahead]


def _future(
    work: Work,
    row: StoredSchedule,
    day: date,
    decided: Mapping[date, tuple[PeriodState, UUID | None]],
    executors: Mapping[date, UUID],
    people: Mapping[UUID, Person],
) -> FuturePeriod:
    state, assignment = decided.get(day, (PeriodState.PLANNED, None))
    try:
        effective = term_of(work, day)
    except SedError:  # the year is not known yet: a date nobody can tell
        effective = None
    return FuturePeriod(
        period=day,
        effective=effective,
        issue_on=issue_day(effective, row.lead_days) if effective else None,
        executor=people[executor_on(row, executors, day)].name,
        state=state,
        assignment_id=assignment,
    )
