"""What is mailed: the reminders of a day, their rules, the outbox without its texts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import col

from sed_tui.domain.mail import LetterState
from sed_tui.domain.reminders import NOTICES, ReminderRule, check_rule
from sed_tui.handlers.approval_lateness import Told, tell_late
from sed_tui.handlers.reminding import plan_day, post_day
from sed_tui.operations.notify import (
    CountWaiting,
    DueNotified,
    LetterPage,
    LetterRow,
    ListLetters,
    ListReminderRules,
    NotifyDue,
    ReminderRuleRow,
    ReminderRules,
    SetReminderRule,
    WaitingLetters,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.outbox import waiting_letters
from sed_tui.storage.reminders import store_reminder, stored_reminders
from sed_tui.storage.tables.mail import OutgoingMailTable, ReminderRuleTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.versioned import versions_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sed_tui.handlers.reminding import PlannedDay
    from sed_tui.handlers.work import Work

_M = OutgoingMailTable


def plan_notify_due(work: Work, request: NotifyDue) -> PlannedDay:
    """Write the digests of a day: the whole organization is read while others go on writing."""
    return plan_day(work, request.as_of or work.today)


def notify_due(work: Work, _request: NotifyDue) -> DueNotified:
    """Post the digests of a day, each with what it reminds of, and letters of what is late."""
    plan: PlannedDay = work.plan
    day, done = plan.day, post_day(work, plan)
    written = late_letters(work) if day == work.today else Told(0, 0, [])
    letters, reminders = done.letters + written.letters, done.reminders + written.letters
    if letters:
        told = {"as_of": day, "letters": letters, "reminders": reminders}
        work.record("mail", "organization", work.organization_id, None, told)
    return DueNotified(
        organization=work.actor.organization,
        organization_id=work.organization_id,
        as_of=day,
        letters=letters,
        reminders=reminders,
        without_address=sorted({*done.without_address, *written.unheard}),
        unreachable=done.unreachable,
    )


def late_letters(work: Work) -> Told:
    """Write of late stages of approvals, and in the operator's organization of joining."""
    from sed_tui.handlers.joining_lateness import tell_late_joining  # tables, for this job alone

    approvals, joining = tell_late(work, days=1), tell_late_joining(work)
    letters = approvals.letters + joining.letters
    return Told(approvals.late + joining.late, letters, joining.unheard)


def list_reminder_rules(work: Work, _request: ListReminderRules) -> ReminderRules:
    """Return every rule, those that are off too."""
    rules = stored_reminders(work.db, work.organization_id)
    versions = versions_of(work.db, ReminderRuleTable, work.organization_id)
    rows = [_rule(rule, versions[rule.code], is_active=is_on) for rule, is_on in rules]
    return ReminderRules(rows=rows)


def set_reminder_rule(work: Work, request: SetReminderRule) -> ReminderRuleRow:
    """Make a rule or replace it. Raises `BadReminderRule`, `ChangedMeanwhile`."""
    audience = NOTICES[request.code][1] if request.code in NOTICES else request.audience
    rule = ReminderRule(request.code, audience, request.days_before, request.every_days)
    check_rule(rule)
    stored = list_reminder_rules(work, ListReminderRules()).rows
    known = next((row for row in stored if row.code == rule.code), None)
    version = store_reminder(
        work.db, work.organization_id, rule, request.version, is_active=request.applies
    )
    row = _rule(rule, version, is_active=request.applies)
    before = known.model_dump(mode="json", exclude={"version"}) if known else None
    after = row.model_dump(mode="json", exclude={"version"})
    if after != before:
        work.record("set", "reminder_rule", rule.code, before, after)
    return row


def list_letters(work: Work, request: ListLetters) -> LetterPage:
    """Return letters, the newest first."""
    place = (col(_M.created_at), col(_M.id))
    query = (
        select(
            *map(col, (_M.id, _M.created_at, _M.recipient, _M.subject, _M.state, _M.attempts)),
            *map(col, (_M.next_at, _M.sent_at, _M.error)),
            col(EmployeeTable.full_name).label("employee"),
        )
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(_M.employee_id))
        .where(col(_M.organization_id) == work.organization_id)
        .order_by(*(column.desc() for column in place))
    )
    if request.state is not None:
        query = query.where(col(_M.state) == request.state.value)
    if request.after is not None:
        query = query.where(
            tuple_(*place) < decode_cursor(request.after, datetime.fromisoformat, UUID)
        )
    rows = work.db.execute(query.offset(request.skip).limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    last = shown[-1] if len(rows) > request.limit else None
    return LetterPage(
        rows=[_row(row._mapping) for row in shown],
        next=encode_cursor(last.created_at, last.id) if last else None,
    )


def count_waiting(work: Work, _request: CountWaiting) -> WaitingLetters:
    """Count what waits in the organization's outbox."""
    letters, next_at = waiting_letters(work.db, work.organization_id, work.now)
    return WaitingLetters(
        organization=work.actor.organization,
        organization_id=work.organization_id,
        letters=letters,
        next_at=next_at,
    )


def _row(values: Mapping[Any, Any]) -> LetterRow:
    waits = values["state"] == LetterState.PENDING
    return LetterRow.model_validate({**values, "next_at": values["next_at"] if waits else None})


def _rule(rule: ReminderRule, version: int, *, is_active: bool) -> ReminderRuleRow:
    return ReminderRuleRow(
        code=rule.code,
        audience=rule.audience,
        days_before=rule.days_before,
        every_days=rule.every_days,
        applies=is_active,
        version=version,
    )
