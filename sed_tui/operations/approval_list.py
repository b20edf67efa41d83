"""Operations on queues of approval: what waits for one's decision, what is late."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.approval_flow import ApprovalScope
from sed_tui.domain.flows import Flow
from sed_tui.domain.route import StageKind
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListApprovals(ListRequest):
    """Ask for questions that wait for a decision, the first asked first."""

    scope: ApprovalScope = ApprovalScope.MINE


class ApprovalRow(Message):
    """A question that waits for a decision."""

    task_id: UUID
    document_id: UUID
    short_id: str
    flow: Flow
    subject: str
    stage: str
    kind: StageKind
    round: int
    approver: str
    initiator: str
    version: int
    asked_at: datetime
    due: date | None
    is_overdue: bool


class ApprovalPage(Page):
    """A page of questions."""

    rows: list[ApprovalRow]


class EscalateApprovals(Request):
    """Write to the heads of those whose decision is late by so many working days, once.

    Approvers whom the route need not wait for are skipped when they are later than it says.
    """

    days: int = Field(default=1, ge=1, le=365)


class Escalated(Message):
    """How many questions are that late, letters were written, approvers skipped now."""

    late: int
    letters: int
    without_address: int
    skipped: int = 0


LIST = Operation(
    "approval.list", N_("List what waits for approval"), ListApprovals, ApprovalPage, Effect.READ
)
ESCALATE = Operation(
    "approval.escalate",
    N_("Tell heads of late approvals"),
    EscalateApprovals,
    Escalated,
    Effect.WRITE,
)
