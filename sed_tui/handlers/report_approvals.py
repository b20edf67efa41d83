"""Approvals of a period: who was asked what, and how late the decisions came."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import TaskState
from sed_tui.domain.clock import office_day
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.report_period import Basis, period_of
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.report_parts import moment_of, parts_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.operations.report_approvals import (
    ApprovalQuestionRow,
    ApprovalReport,
    ApprovalTotals,
    ReportApprovals,
)
from sed_tui.storage.approval_questions import questions

if TYPE_CHECKING:
    from sed_tui.domain.report_period import Period
    from sed_tui.handlers.report_parts import Part
    from sed_tui.handlers.work import Work

_WAITING, _ENDED = TaskState.ASKED.value, TaskState.STOPPED.value


def report_approvals(work: Work, request: ReportApprovals) -> ApprovalReport:
    """List the questions of a period with what was decided by the end of the day."""
    day = moment_of(work, request.as_of).day
    period = period_of(day, request.since, request.until, Basis.REGISTRATION)
    rows = [row for part in parts_of(work, request) for row in _rows(part, period)]
    return ApprovalReport.model_construct(
        as_of=day, since=period.since, until=period.until, rows=rows, totals=_totals(rows)
    )


def _rows(part: Part, period: Period) -> list[ApprovalQuestionRow]:
    query = questions(part.actor, part.people, *part.span(period))
    return [_row(part, row) for row in part.work.db.execute(query)]


def _row(part: Part, row: Any) -> ApprovalQuestionRow:
    cutoff = part.moment.cutoff
    is_over = row.decided_at is not None and (cutoff is None or row.decided_at <= cutoff)
    was_decided = is_over and row.decided_by is not None
    result = row.state if is_over else _WAITING
    by_another = was_decided and row.decided_by != row.employee_id
    is_open = part.actor.clearance or row.confidentiality == Confidentiality.NONE.value
    entry: ApprovalQuestionRow = {
        "id": str(row.id),
        "document_id": str(row.document_id),
        "document": row.number or short_id(row.document_id),
        "subject": row.subject if is_open else f"[{_(MASK)}]",
        "stage": row.stage,
        "round": row.round,
        "approver": row.decider if by_another else row.approver,
        "on_behalf_of": row.approver if by_another else None,
        "initiator": row.initiator,
        "asked_on": f"{office_day(row.asked_at)}",
        "due": f"{row.due}" if row.due else None,
        "result": result,
        "version": row.seen if was_decided else None,
        "decided_on": f"{row.decided_on}" if was_decided else None,
        "delay_days": _delay(part, row, result, was_decided=was_decided),
    }
    if part.code is not None:
        entry["organization"] = part.code
    return entry


def _delay(part: Part, row: Any, result: str, *, was_decided: bool) -> int | None:
    """Return the working days after the term, None where no term or no calendar says."""
    if row.due is None or result == _ENDED:
        return None
    end = row.decided_on if was_decided else part.moment.day
    if end <= row.due:
        return 0
    calendar = part.work.calendar
    return calendar.working_days_between(row.due, end) if calendar.covers(row.due, end) else None


def _totals(rows: list[ApprovalQuestionRow]) -> ApprovalTotals:
    waiting = [row for row in rows if row["result"] == _WAITING]
    decided = [row for row in rows if row["decided_on"] is not None]
    late = sum(bool(row["delay_days"]) for row in decided)
    return ApprovalTotals(
        asked=len(rows),
        decided=len(decided),
        in_time=len(decided) - late,
        late=late,
        waiting=len(waiting),
        overdue=sum(bool(row["delay_days"]) for row in waiting),
        ended=len(rows) - len(decided) - len(waiting),
        by_approver=dict(sorted(Counter(row["approver"] for row in rows).items())),
    )
