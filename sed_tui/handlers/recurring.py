"""Recurring assignments: schedules made, looked at, changed and closed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.assignment_people import chosen_control
from sed_tui.domain.recurrence import (
    PERIOD_TITLES,
    PeriodState,
    ScheduleState,
    checked_rule,
    next_periods,
    periods,
    rule_of,
)
from sed_tui.domain.text import clean
from sed_tui.errors.recurring import (
    BadRule,
    NoPeriods,
    NoSuchPeriod,
    NotYourSchedule,
    PeriodDecided,
    ScheduleClosed,
)
from sed_tui.handlers.assignment_people import (
    assigned_people,
    author_of,
    find_colleague_at_work,
)
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, login_of
from sed_tui.handlers.recurring_periods import (
    SCHEDULES,
    decided_periods,
    find_schedule,
    schedule_card,
    visible_schedules,
)
from sed_tui.handlers.references import find_document
from sed_tui.i18n import _
from sed_tui.operations.assignment import IssueAssignment
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.operations.recurring import SchedulePage
from sed_tui.storage.tables.recurring_assignment import (
    RecurringAssignmentTable,
    RecurringExecutorTable,
    RecurringPeriodTable,
)

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.recurring_periods import StoredSchedule
    from sed_tui.handlers.work import Work
    from sed_tui.operations.recurring import (
        AddSchedule,
        ChangeExecutor,
        CloseSchedule,
        ListSchedules,
        Schedule,
        ShowSchedule,
        SkipPeriod,
    )

_R = RecurringAssignmentTable
_AHEAD = 5


def add_schedule(work: Work, request: AddSchedule) -> Schedule:
    """Check people and rule, and keep the schedule. Raises `BadRule`, `NoPeriods`."""
    document = find_document(work, request.document) if request.document else None
    start = request.starts_on or work.today
    rule = _rule(request, start)
    if next(periods(rule, start, request.until), None) is None:
        end = f"{request.until:%d.%m.%Y}" if request.until else "…"
        raise NoPeriods(field="rule", start=f"{start:%d.%m.%Y}", end=end)
    row = {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "document_id": document.id if document else None,
        "text": clean(request.text, "text", limit=TEXT_LIMIT, multiline=True),
        **_people(work, request),
        "rule": rule,
        "starts_on": start,
        "ends_on": request.until,
        "lead_days": request.lead,
        "state": ScheduleState.ACTIVE.value,
        "created_at": work.now,
        "version": 1,
    }
    work.db.execute(insert(_R).values(**row))
    unsaid = {"id", "organization_id", "created_at", "version"}
    after = {name: value for name, value in row.items() if name not in unsaid}
    work.record("schedule", "recurring", row["id"], None, after)
    return schedule_card(work, find_schedule(work, str(row["id"])), _AHEAD)


def list_schedules(work: Work, request: ListSchedules) -> SchedulePage:
    """Return a page of those that the actor may see, each with its next periods."""
    key = (col(_R.created_at), col(_R.id))
    query = select(SCHEDULES).where(visible_schedules(work.actor))
    if request.state is not None:
        query = query.where(col(_R.state) == request.state.value)
    if request.after is not None:
        place: Any = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < place)
    rows = work.db.execute(
        query.order_by(*(part.desc() for part in key)).offset(request.skip).limit(request.limit + 1)
    ).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return SchedulePage(
        rows=[schedule_card(work, row, request.ahead) for row in rows[: request.limit]],
        next=encode_cursor(last.created_at, last.id) if last else None,
    )


def show_schedule(work: Work, request: ShowSchedule) -> Schedule:
    """Return one schedule."""
    return schedule_card(work, find_schedule(work, request.schedule), request.ahead)


def skip_period(work: Work, request: SkipPeriod) -> Schedule:
    """Leave a period out. Raises `NoSuchPeriod`, `PeriodDecided`, and those of `_own`."""
    row = _own(work, request.schedule)
    _require_period(work, row, request.period)
    if not claim_period(work, row, request.period, PeriodState.SKIPPED):
        state = decided_periods(work, row.id)[request.period][0]
        shown = f"{request.period:%d.%m.%Y}"
        raise PeriodDecided(field="period", period=shown, state=_(PERIOD_TITLES[state]))
    work.record("skip", "recurring", row.id, None, {"period": request.period})
    return schedule_card(work, row, _AHEAD)


def change_executor(work: Work, request: ChangeExecutor) -> Schedule:
    """Let somebody else execute from a day on; a later change stands in its place."""
    row = _own(work, request.schedule)
    executor = find_colleague_at_work(work, request.executor, "executor")
    _check_people(work, row, executor.id)
    table = RecurringExecutorTable
    work.db.execute(
        delete(table).where(
            col(table.recurring_id) == row.id, col(table.from_day) == request.from_day
        )
    )
    work.db.execute(
        insert(table).values(
            recurring_id=row.id,
            from_day=request.from_day,
            organization_id=work.organization_id,
            executor_id=executor.id,
        )
    )
    after = {"executor_id": executor.id, "from_day": request.from_day}
    work.record("executor", "recurring", row.id, {"executor_id": row.executor_id}, after)
    return schedule_card(work, row, _AHEAD)


def close_schedule(work: Work, request: CloseSchedule) -> Schedule:
    """Stop what is to come. Raises `ScheduleClosed`, and those of `_own`."""
    row = _own(work, request.schedule)
    closed = work.db.execute(
        update(_R)
        .where(col(_R.id) == row.id, col(_R.state) == ScheduleState.ACTIVE)
        .values(state=ScheduleState.CLOSED.value, closed_at=work.now, version=row.version + 1)
    )
    if closed.rowcount == 0:
        raise ScheduleClosed(field="schedule")
    work.record("close", "recurring", row.id, {"state": "active"}, {"state": "closed"})
    return schedule_card(work, find_schedule(work, str(row.id)), 0)


def claim_period(work: Work, row: StoredSchedule, period: date, state: PeriodState) -> bool:
    """Take a period before anybody else does; its key forbids a second time."""
    build = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    taken = work.db.scalar(
        build(RecurringPeriodTable)
        .values(
            recurring_id=row.id,
            period=period,
            organization_id=work.organization_id,
            state=state.value,
            at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(col(RecurringPeriodTable.period))
    )
    return taken is not None


def _rule(request: AddSchedule, start: date) -> str:
    if (request.every is None) == (request.rule is None):
        reason = _("either a rule or how often is expected")
        raise BadRule(field="every", value=request.rule or "", reason=reason)
    if request.rule is not None:
        return checked_rule(request.rule, start)
    assert request.every is not None
    day = request.day or ""
    return rule_of(
        request.every, start, interval=request.interval, weekday=request.weekday, day=day
    )


def _people(work: Work, request: AddSchedule) -> dict[str, Any]:
    people = assigned_people(
        work,
        IssueAssignment(
            text=request.text,
            executor=request.executor,
            author=request.author,
            co_executors=request.co_executors,
            observers=request.observers,
            controller=request.controller,
        ),
    )
    controller = people.controller.id if people.controller else None
    chosen_control(
        request.control,
        author=people.author.id,
        executor=people.executor.id,
        controller=controller,
        has_term=True,
    )
    return {
        "author_id": people.author.id,
        "entered_by": work.actor.employee_id,
        "executor_id": people.executor.id,
        "co_executors": json.dumps([str(person.id) for person in people.co_executors]),
        "observers": json.dumps([str(person.id) for person in people.observers]),
        "controller_id": controller,
        "control": request.control.value if request.control else None,
    }


def _check_people(work: Work, row: StoredSchedule, executor: UUID) -> None:
    """Refuse an executor who has another part, or whom the author does not direct (A6)."""
    request = IssueAssignment(
        text=row.text,
        executor=str(executor),
        co_executors=tuple(json.loads(row.co_executors)),
        controller=str(row.controller_id) if row.controller_id else None,
    )
    assigned_people(work, request, author_of(work, row.author_id))


def _own(work: Work, text: str) -> StoredSchedule:
    """Return an active schedule of the actor's. Raises `NotYourSchedule`, `ScheduleClosed`."""
    row = find_schedule(work, text)
    givers = [row.author_id, row.entered_by]
    if work.actor.employee_id not in givers:
        absent = [giver for giver in givers if giver in work.actor.stands_for]
        if not absent:
            raise NotYourSchedule
        work.behalf = login_of(work, absent[0])
    if row.state != ScheduleState.ACTIVE:
        raise ScheduleClosed(field="schedule")
    return row


def _require_period(work: Work, row: StoredSchedule, period: date) -> None:
    if period in next_periods(row.rule, row.starts_on, row.ends_on, period, 1):
        return
    following = next_periods(row.rule, row.starts_on, row.ends_on, work.today, _AHEAD)
    shown = ", ".join(f"{day:%d.%m.%Y}" for day in following)
    raise NoSuchPeriod(field="period", period=f"{period:%d.%m.%Y}", periods=shown)
