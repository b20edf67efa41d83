"""Operations that find assignments: pages of a list, how many there are, what waits for whom."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment import AssignmentState, Urgency
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class Scope(StrEnum):
    """Whose assignments a list shows; `substituted` are those of absent people to execute.

    `to_contribute` are those one is to help with, `observed` those one watches.
    """

    ALL = "all"
    TO_EXECUTE = "to_execute"
    TO_CONTRIBUTE = "to_contribute"
    TO_ACCEPT = "to_accept"
    ISSUED = "issued"
    OBSERVED = "observed"
    OVERDUE = "overdue"
    SUBSTITUTED = "substituted"


class Order(StrEnum):
    """How a list is ordered: the newest first, or by term, the earliest first."""

    ISSUED = "issued"
    DUE = "due"


class AssignmentFilter(Request):
    """Which assignments are asked for; `executor` and `document` as people name them.

    `due_on` takes the open ones whose term is that day.
    """

    scope: Scope = Scope.ALL
    executor: str | None = None
    document: str | None = None
    state: AssignmentState | None = None
    text: str | None = None
    due_on: date | None = None


class ListAssignments(AssignmentFilter, ListRequest):
    """Ask for assignments a page at a time.

    Without `order` the scopes that wait for somebody come by term, the others newest first.
    """

    order: Order | None = None


class CountAssignments(AssignmentFilter):
    """Ask how many there are; counting stops at `limit` where one is given."""

    limit: int | None = Field(default=None, ge=1)


class AssignmentRow(Message):
    """An assignment as lists show it.

    `days_left` is negative when the term is over, `shifts` counts how often it was moved.
    """

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
    shifts: int = 0


class AssignmentPage(Page):
    """Some rows, and the cursor of the next page when there is one."""

    rows: list[AssignmentRow]


class AssignmentCount(Message):
    """A number of rows; `more` says that counting stopped there."""

    total: int
    more: bool = False


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
    substituted: Waiting = Field(default_factory=Waiting)


LIST = Operation(
    "assignment.list", N_("List assignments"), ListAssignments, AssignmentPage, Effect.READ
)
COUNT = Operation(
    "assignment.count", N_("Count assignments"), CountAssignments, AssignmentCount, Effect.READ
)
SUMMARY = Operation(
    "assignment.summary",
    N_("Show how much waits for you"),
    SummarizeAssignments,
    AssignmentSummary,
    Effect.READ,
)
