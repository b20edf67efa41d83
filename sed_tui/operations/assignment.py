"""Operations on one assignment: issue, report, accept, return, show."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment import AssignmentState
from sed_tui.i18n import N_
from sed_tui.operations.assignment_list import AssignmentRow
from sed_tui.operations.registry import Effect, Message, Operation, Request


class IssueAssignment(Request):
    """Give somebody something to do by a term.

    People are named by login, id or name. `due` is a date, «10», «5 рд», a named term
    or «без срока»; without it the default term of the organization (one month) counts.
    Without `author` a head issues in his own name.
    """

    text: str
    executor: str
    document: str | None = None
    author: str | None = None
    co_executors: tuple[str, ...] = Field(default=(), max_length=1000)
    controller: str | None = None
    due: str | None = None
    co_due: str | None = None
    profile: str | None = None


class AssignmentIssued(Message):
    """What was issued, with the term explained line by line."""

    id: UUID
    document_id: UUID | None
    document_number: str | None
    author: str
    executor: str
    executor_login: str
    controller: str | None
    co_executors: list[str]
    due: date | None
    nominal_due: date | None
    co_due: date | None
    explanation: list[str]
    state: AssignmentState
    warnings: list[str] = Field(default_factory=list)


class ReportAssignment(Request):
    """Report that an assignment is executed."""

    assignment: str
    text: str
    version: int | None = None


class AcceptAssignment(Request):
    """Accept the report: the assignment is executed and leaves control."""

    assignment: str
    comment: str | None = None
    version: int | None = None


class ReturnAssignment(Request):
    """Return the report for rework, saying why and by when."""

    assignment: str
    text: str
    due: str
    version: int | None = None


class AssignmentMoved(Message):
    """Where an assignment stands after a step."""

    id: UUID
    state: AssignmentState
    due: date | None
    reported_on: date | None
    version: int
    explanation: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


class ShowAssignment(Request):
    """Ask for one assignment by id or short id."""

    assignment: str


class AssignmentEvent(Message):
    """One step in the life of an assignment."""

    at: datetime
    event: str
    state: AssignmentState
    due: date | None
    actor: str
    text: str | None


class AssignmentCard(AssignmentRow):
    """Everything about an assignment, with its history, the oldest first.

    `steps` are those the caller may take now.
    """

    version: int
    author_login: str
    executor_login: str
    entered_by: str
    co_executors: list[str]
    co_due: date | None
    nominal_due: date | None
    term: str | None
    explanation: list[str]
    report_text: str | None
    reported_on: date | None
    closed_at: datetime | None
    steps: list[str]
    history: list[AssignmentEvent]


ISSUE = Operation(
    "assignment.issue",
    N_("Issue an assignment"),
    IssueAssignment,
    AssignmentIssued,
    Effect.WRITE,
)
REPORT = Operation(
    "assignment.report",
    N_("Report execution"),
    ReportAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
ACCEPT = Operation(
    "assignment.accept", N_("Accept a report"), AcceptAssignment, AssignmentMoved, Effect.WRITE
)
RETURN = Operation(
    "assignment.return",
    N_("Return a report for rework"),
    ReturnAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
SHOW = Operation(
    "assignment.show", N_("Show an assignment"), ShowAssignment, AssignmentCard, Effect.READ
)
