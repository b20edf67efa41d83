"""Approvals of a period: who was asked what, who decided in time, who keeps others waiting."""

from __future__ import annotations

from datetime import date

from typing_extensions import TypedDict

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import ReportRequest


class ReportApprovals(ReportRequest):
    """Ask what was put to whom in a period, by the day of the question.

    `executor` and `department` narrow to approvers, `author` to whoever put the document on
    approval. Without limits it is the year of the report up to its day.
    """

    since: date | None = None
    until: date | None = None


class _Row(TypedDict):
    id: str
    document_id: str
    document: str
    subject: str
    stage: str
    round: int
    approver: str
    on_behalf_of: str | None
    initiator: str
    asked_on: str
    due: str | None
    result: str
    version: int | None
    decided_on: str | None
    delay_days: int | None


class ApprovalQuestionRow(_Row, total=False):
    """A question and its decision as known at the end of the day; `delay_days` are working."""

    organization: str


class ApprovalTotals(Message):
    """How many questions there were; `overdue` are those that still wait after their term."""

    asked: int
    decided: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    ended: int
    by_approver: dict[str, int]


class ApprovalReport(Message):
    """The questions of a period, in the order in which they were asked."""

    as_of: date
    since: date
    until: date
    rows: list[ApprovalQuestionRow]
    totals: ApprovalTotals


APPROVALS = Operation(
    "report.approvals",
    N_("Report approvals"),
    ReportApprovals,
    ApprovalReport,
    Effect.READ,
)
