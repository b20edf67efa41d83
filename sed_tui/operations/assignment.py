"""Operations on assignments: issue, report, accept, return, and what is waiting for whom."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment import AssignmentState, Urgency
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
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


class Scope(StrEnum):
    """Whose assignments a list shows."""

    ALL = "all"
    TO_EXECUTE = "to_execute"
    TO_ACCEPT = "to_accept"
    ISSUED = "issued"
    OVERDUE = "overdue"


class Order(StrEnum):
    """How a list is ordered: the newest first, or by term, the earliest first."""

    ISSUED = "issued"
    DUE = "due"


class AssignmentFilter(Request):
    """Which assignments are asked for; `executor` and `document` as people name them."""

    scope: Scope = Scope.ALL
    executor: str | None = None
    document: str | None = None
    state: AssignmentState | None = None
    text: str | None = None


class ListAssignments(AssignmentFilter, ListRequest):
    """Ask for assignments a page at a time.

    Without `order` the scopes that wait for somebody come by term, the others newest first.
    """

    order: Order | None = None


class CountAssignments(AssignmentFilter):
    """Ask how many there are; counting stops at `limit` where one is given."""

    limit: int | None = Field(default=None, ge=1)


class AssignmentRow(Message):
    """An assignment as lists show it; `days_left` is negative when the term is over."""

    id: UUID
    short_id: str
    document_id: UUID | None
    document_number: str | None
    text: str
    author: str
    executor: str
    controller: str | None
    issued_on: date
    due: date | None
    days_left: int | None
    waiting_days: int | None
    state: AssignmentState
    control: str
    sign: Urgency


class AssignmentPage(Page):
    """Some rows, and the cursor of the next page when there is one."""

    rows: list[AssignmentRow]


class AssignmentCount(Message):
    """A number of rows; `more` says that counting stopped there."""

    total: int
    more: bool = False


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


class SummarizeAssignments(Request):
    """Ask how much waits for the caller."""


class Waiting(Message):
    """How many assignments of a group wait, and how pressing they are."""

    total: int = 0
    overdue: int = 0
    today: int = 0
    soon: int = 0


class AssignmentSummary(Message):
    """What waits for the caller, group by group; numbers equal those of the lists."""

    to_execute: Waiting
    to_accept: Waiting
    issued: Waiting


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
LIST = Operation(
    "assignment.list", N_("List assignments"), ListAssignments, AssignmentPage, Effect.READ
)
COUNT = Operation(
    "assignment.count", N_("Count assignments"), CountAssignments, AssignmentCount, Effect.READ
)
SHOW = Operation(
    "assignment.show", N_("Show an assignment"), ShowAssignment, AssignmentCard, Effect.READ
)
SUMMARY = Operation(
    "assignment.summary",
    N_("Show how much waits for you"),
    SummarizeAssignments,
    AssignmentSummary,
    Effect.READ,
)
