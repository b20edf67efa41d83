"""Operations on approvals: start, decide, answer remarks, withdraw, show the sheet."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.approval_flow import AnswerState, RunState, TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.route import StageKind
from sed_tui.domain.route_following import StepState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request
from sed_tui.operations.route import PlannedStage


class StartApproval(Request):
    """Start the approval of a draft, or after rework its next round.

    The route is the one chosen by its rule unless named. `everybody` asks all again, for
    a change that matters. Every remark must have its answer before the next round.
    """

    document: str
    route: str | None = None
    everybody: bool = False


class RemarkGiven(Message):
    """One remark: what is wrong, and in which clause."""

    text: str
    clause: str | None = None


class Decision(Request):
    """A decision about the version that was seen; `on_behalf_of` an absent approver."""

    document: str
    version: int = Field(ge=1)
    on_behalf_of: str | None = None


class ApproveDraft(Decision):
    """Agree to a version."""

    comment: str | None = None


class RemarkDraft(Decision):
    """Agree with remarks; with `to_check` one is asked again in the next round.

    Without single remarks the comment is the remark.
    """

    comment: str | None = None
    remarks: tuple[RemarkGiven, ...] = Field(default=(), max_length=200)
    to_check: bool = False


class SendBackDraft(Decision):
    """Send a draft back for rework: the round ends at once."""

    comment: str | None = None
    remarks: tuple[RemarkGiven, ...] = Field(default=(), max_length=200)


class RedirectApproval(Decision):
    """Let somebody else decide; the initiator may do it for one who has left."""

    to: str
    comment: str | None = None


class WithdrawApproval(Request):
    """Take a document off approval, for a reason; it is a draft again."""

    document: str


class AnswerRemark(Request):
    """Answer a remark: taken into account, or rejected for a reason."""

    document: str
    remark: int = Field(ge=1)
    is_taken: bool
    text: str | None = None


class ShowApproval(Request):
    """Ask for the approval sheet of a document: every round, every decision, every remark."""

    document: str


class SheetRow(Message):
    """A line of the sheet; `delay_days` are working days after the term.

    `signature` is the verdict on the approver's own signature under that version, or `none`.
    """

    task_id: UUID
    round: int
    stage: str
    kind: StageKind
    approver: str
    approver_login: str
    on_behalf_of: str | None
    result: TaskState
    comment: str | None
    version: int | None
    asked_at: datetime | None
    due: date | None
    decided_at: datetime | None
    delay_days: int | None
    signature: str
    is_mandatory: bool


class SheetSignature(Message):
    """Who signed the last version, when, and what the last verification found."""

    name: str
    signed_at: datetime
    verdict: str


class RemarkRow(Message):
    """A remark with its answer."""

    number: int
    round: int
    author: str
    clause: str | None
    text: str
    answer_state: AnswerState
    answer: str | None
    answered_by: str | None


class StepRow(Message):
    """A stage after the approval: what is to be done, by whom; `note` is what hinders it."""

    stage: str
    kind: StageKind
    state: StepState
    people: list[str]
    opened_at: datetime | None
    due: date | None
    finished_at: datetime | None
    note: str | None


class ApprovalSheet(Message):
    """The approval sheet (лист согласования); `disagreements` are numbers of remarks.

    `following` is what was planned to come after, `steps` how far that is. `planned` is every
    stage as it was computed, in the answer to the start of an approval alone.
    """

    document_id: UUID
    short_id: str
    subject: str
    number: str | None
    stage: Stage
    state: RunState
    route: str
    route_version: int
    round: int
    initiator: str
    started_at: datetime
    version: int
    digest: str
    rows: list[SheetRow]
    remarks: list[RemarkRow]
    disagreements: list[int]
    following: list[PlannedStage]
    steps: list[StepRow] = Field(default_factory=list)
    signatures: list[SheetSignature] = Field(default_factory=list)
    planned: list[PlannedStage] = Field(default_factory=list)


START = Operation(
    "approval.start", N_("Start an approval"), StartApproval, ApprovalSheet, Effect.WRITE
)
APPROVE = Operation(
    "approval.approve",
    N_("Agree"),
    ApproveDraft,
    ApprovalSheet,
    Effect.WRITE,
    is_planned=True,
)
REMARK = Operation(
    "approval.remark",
    N_("Agree with remarks"),
    RemarkDraft,
    ApprovalSheet,
    Effect.WRITE,
    is_planned=True,
)
REWORK = Operation(
    "approval.rework",
    N_("Send back for rework"),
    SendBackDraft,
    ApprovalSheet,
    Effect.WRITE,
    is_planned=True,
)
REDIRECT = Operation(
    "approval.redirect", N_("Redirect an approval"), RedirectApproval, ApprovalSheet, Effect.WRITE
)
WITHDRAW = Operation(
    "approval.withdraw", N_("Withdraw from approval"), WithdrawApproval, ApprovalSheet, Effect.WRITE
)
ANSWER = Operation(
    "approval.answer", N_("Answer a remark"), AnswerRemark, ApprovalSheet, Effect.WRITE
)
SHOW = Operation(
    "approval.show", N_("Show an approval sheet"), ShowApproval, ApprovalSheet, Effect.READ
)
