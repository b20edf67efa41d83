"""Schedules run: each period that is due becomes an assignment, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.clock import office_day
from sed_tui.domain.recurrence import PeriodState, ScheduleState, issue_day, within_reach
from sed_tui.errors import SedError
from sed_tui.errors.recurring import PeriodOver
from sed_tui.handlers.assignment import issue
from sed_tui.handlers.assignment_origin import FromSchedule
from sed_tui.handlers.assignment_people import author_of, find_colleague_at_work
from sed_tui.handlers.recurring import claim_period
from sed_tui.handlers.recurring_periods import (
    SCHEDULES,
    decided_periods,
    executor_on,
    executors_of,
    term_of,
)
from sed_tui.handlers.references import document_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.assignment import IssueAssignment
from sed_tui.operations.recurring_run import RunOutcome, RunRow, ScheduleRun
from sed_tui.storage.tables.recurring_assignment import (
    RecurringAssignmentTable,
    RecurringPeriodTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.recurring_periods import StoredSchedule
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment import AssignmentIssued
    from sed_tui.operations.recurring_run import RunSchedules

_R, _P = RecurringAssignmentTable, RecurringPeriodTable


def run_schedules(work: Work, request: RunSchedules) -> ScheduleRun:
    """Issue what is due on a day; a period that fails is told and leaves the others alone."""
    as_of = request.as_of or work.today
    active = work.db.execute(
        select(SCHEDULES)
        .where(
            col(_R.organization_id) == work.organization_id,
            col(_R.state) == ScheduleState.ACTIVE,
        )
        .order_by(col(_R.id))
        .with_for_update()  # nobody closes one meanwhile; another run waits for this one
    ).all()
    rows = [row for schedule in active for row in _run(work, schedule, as_of)]
    counts = {outcome: sum(row.became is outcome for row in rows) for outcome in RunOutcome}
    return ScheduleRun(
        issued=counts[RunOutcome.ISSUED],
        missed=counts[RunOutcome.MISSED],
        failed=counts[RunOutcome.FAILED],
        rows=rows,
    )


def _run(work: Work, schedule: StoredSchedule, as_of: date) -> Iterator[RunRow]:
    decided = decided_periods(work, schedule.id)
    executors = executors_of(work, schedule)
    created = office_day(schedule.created_at)
    for period in within_reach(
        schedule.rule, schedule.starts_on, schedule.ends_on, as_of, schedule.lead_days
    ):
        if period in decided or period < created:
            continue
        try:
            effective = term_of(work, period)
        except SedError as error:
            if issue_day(period, schedule.lead_days) <= as_of:
                yield _told(work, schedule, period, RunOutcome.FAILED, error=error)
            continue
        if issue_day(effective, schedule.lead_days) > as_of:
            continue
        executor = executor_on(schedule, executors, period)
        # a day off that the run comes to is moved on, not back into the past
        over = period < work.today
        row = _miss(work, schedule, period) if over else _issue(work, schedule, period, executor)
        if row is not None:
            yield row


def _miss(work: Work, schedule: StoredSchedule, period: date) -> RunRow | None:
    """Write down that the term was over before anything was issued (A3)."""
    if not claim_period(work, schedule, period, PeriodState.MISSED):
        return None
    work.record("miss", "recurring", schedule.id, None, {"period": period})
    error = PeriodOver(field="period", period=f"{period:%d.%m.%Y}")
    return _told(work, schedule, period, RunOutcome.MISSED, error=error)


def _issue(work: Work, schedule: StoredSchedule, period: date, executor: UUID) -> RunRow | None:
    """Claim a period and issue it; None when another run has it. A failure gives it back."""
    mark = work.mark()
    try:
        with work.db.begin_nested():
            if not claim_period(work, schedule, period, PeriodState.ISSUED):
                return None
            issued = _issued(work, schedule, period, executor)
            work.db.execute(
                update(_P)
                .where(col(_P.recurring_id) == schedule.id, col(_P.period) == period)
                .values(assignment_id=issued.id)
            )
    except SedError as error:
        work.forget_after(mark)
        return _told(work, schedule, period, RunOutcome.FAILED, error=error)
    return _told(work, schedule, period, RunOutcome.ISSUED, issued=issued)


def _issued(work: Work, schedule: StoredSchedule, period: date, executor: UUID) -> AssignmentIssued:
    find_colleague_at_work(work, str(schedule.author_id), "author")
    origin = FromSchedule(
        author=author_of(work, schedule.author_id),
        document=document_of(work, schedule.document_id),
        recurring_id=schedule.id,
        entered_by=schedule.entered_by,
    )
    request = IssueAssignment(
        text=schedule.text,
        executor=str(executor),
        co_executors=tuple(json.loads(schedule.co_executors)),
        observers=tuple(json.loads(schedule.observers)),
        controller=str(schedule.controller_id) if schedule.controller_id else None,
        control=Watch(schedule.control) if schedule.control else None,
        due=period.isoformat(),
    )
    return issue(work, request, origin)


def _told(
    work: Work,
    schedule: StoredSchedule,
    period: date,
    outcome: RunOutcome,
    *,
    issued: AssignmentIssued | None = None,
    error: SedError | None = None,
) -> RunRow:
    said: dict[str, Any] = {
        "executor": issued.executor if issued else None,
        "due": issued.due if issued else None,
        "assignment_id": issued.id if issued else None,
        "code": error.code if error else None,
        "message": str(error) if error else None,
    }
    return RunRow(
        organization=work.actor.organization,
        schedule_id=schedule.id,
        short_id=short_id(schedule.id),
        text=schedule.text,
        period=period,
        became=outcome,
        **said,
    )
