"""Operations on one assignment: issue it, show it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_people import Watch
from sed_tui.i18n import N_
from sed_tui.operations.assignment_list import AssignmentRow
from sed_tui.operations.registry import Effect, Message, Operation, Request


class IssueAssignment(Request):
    """Give somebody something to do by a term.

    People are named by login, id or name. `due` is a date, «10», «5 рд», a named term
    or «без срока»; without it the default term of the organization (one month) counts.
    Without `author` a head issues in his own name. Observers see it and do nothing in it.
    `control` is found by itself where it is not said. Under a `parent` it is a
    sub-assignment, on the same document unless another is named.
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
    observers: tuple[str, ...] = Field(default=(), max_length=1000)
    control: Watch | None = None
    parent: str | None = None


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
    observers: list[str] = Field(default_factory=list)
    control: str = "none"
    parent_id: UUID | None = None
    due: date | None
    nominal_due: date | None
    co_due: date | None
    explanation: list[str]
    state: AssignmentState
    warnings: list[str] = Field(default_factory=list)


class ShowAssignment(Request):
    """Ask for one assignment by id or short id."""

    assignment: str


class AssignmentEvent(Message):
    """One step in the life of an assignment.

    `on_behalf_of` is the absent person whose part was taken.
    """

    at: datetime
    event: str
    state: AssignmentState
    control: str
    executor: str
    due: date | None
    actor: str
    on_behalf_of: str | None
    text: str | None


class TermChange(Message):
    """A term that held from a moment on: who set it, by which step, and why."""

    due: date | None
    since: datetime
    event: str
    actor: str
    on_behalf_of: str | None
    reason: str | None


class Contribution(Message):
    """What a co-executor has handed to the responsible executor, if anything yet."""

    name: str
    login: str
    state: str
    text: str | None
    reported_at: datetime | None


class AssignmentResult(Message):
    """A document or a file that an assignment has brought about."""

    document_id: UUID | None
    document_number: str | None
    name: str | None
    size: int | None
    sha256: str | None
    added_at: datetime
    added_by: str


class ExtensionRow(Message):
    """A request for a later term and its decision."""

    requested_at: datetime
    requested_by: str
    current_due: date
    wanted_due: date
    is_late: bool
    reason: str
    state: str
    granted_due: date | None
    decided_by: str | None
    decided_at: datetime | None
    comment: str | None
    shifted_children: int


class StatusRow(Message):
    """A question in mid-term and its answer."""

    asked_at: datetime
    asked_by: str
    question: str
    answer_by: date | None
    state: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    comment: str | None


class AssignmentCard(AssignmentRow):
    """Everything about an assignment, with its history, the oldest first.

    `steps` are those the caller may take now. `readiness` tells how many co-executors
    have contributed; `terms` are all terms that ever held.
    """

    version: int
    author_login: str
    executor_login: str
    entered_by: str
    co_executors: list[str]
    contributions: list[Contribution]
    readiness: str | None
    observers: list[str]
    co_due: date | None
    nominal_due: date | None
    original_due: date | None
    term: str | None
    explanation: list[str]
    report_text: str | None
    reported_on: date | None
    reported_by: str | None
    closed_at: datetime | None
    proof: str | None
    parent: str | None
    children: int
    open_children: int
    results: list[AssignmentResult]
    terms: list[TermChange]
    extensions: list[ExtensionRow]
    status_requests: list[StatusRow]
    steps: list[str]
    history: list[AssignmentEvent]


ISSUE = Operation(
    "assignment.issue",
    N_("Issue an assignment"),
    IssueAssignment,
    AssignmentIssued,
    Effect.WRITE,
)
SHOW = Operation(
    "assignment.show", N_("Show an assignment"), ShowAssignment, AssignmentCard, Effect.READ
)
