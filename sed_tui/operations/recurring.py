"""Operations on recurring assignments: schedule them, look ahead, skip, change, close."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.recurrence import Every, PeriodState, ScheduleState, Weekday
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddSchedule(Request):
    """Issue the same assignment anew for every period.

    Terms follow from `every` with its day, or from a `rule` of RFC 5545. `lead` is how
    many calendar days before its term an assignment is issued. The first term is not
    before `starts_on`, today without it, the last not after `until`.
    """

    text: str
    executor: str
    every: Every | None = None
    interval: int = Field(default=1, ge=1, le=100)
    weekday: Weekday | None = None
    day: str | None = None
    rule: str | None = None
    starts_on: date | None = None
    until: date | None = None
    lead: int = Field(default=0, ge=0, le=366)
    document: str | None = None
    author: str | None = None
    co_executors: tuple[str, ...] = Field(default=(), max_length=1000)
    observers: tuple[str, ...] = Field(default=(), max_length=1000)
    controller: str | None = None
    control: Watch | None = None


class FuturePeriod(Message):
    """A period: its nominal term, its term with days off, and when it is issued.

    Both are None where the production calendar of the year is not known.
    """

    period: date
    effective: date | None
    issue_on: date | None
    executor: str
    state: PeriodState
    assignment_id: UUID | None = None


class Schedule(Message):
    """A schedule with its past and its next periods."""

    id: UUID
    short_id: str
    text: str
    author: str
    executor: str
    co_executors: list[str]
    controller: str | None
    document_number: str | None
    rule: str
    starts_on: date
    ends_on: date | None
    lead: int
    state: ScheduleState
    version: int
    issued: int
    upcoming: list[FuturePeriod]
    past: list[FuturePeriod]


class ListSchedules(ListRequest):
    """Ask for schedules, the newest first, each with its next periods."""

    state: ScheduleState | None = None
    ahead: int = Field(default=3, ge=0, le=100)


class SchedulePage(Page):
    """A page of schedules."""

    rows: list[Schedule]


class ShowSchedule(Request):
    """Ask for one schedule with more of its periods."""

    schedule: str
    ahead: int = Field(default=12, ge=0, le=500)


class SkipPeriod(Request):
    """Leave one period out, named by its nominal term."""

    schedule: str
    period: date


class ChangeExecutor(Request):
    """Let somebody else execute the periods whose nominal term is not before a day."""

    schedule: str
    executor: str
    from_day: date


class CloseSchedule(Request):
    """Issue nothing more by a schedule; what was issued stays as it is."""

    schedule: str


ADD = Operation(
    "recurring.add", N_("Schedule a recurring assignment"), AddSchedule, Schedule, Effect.WRITE
)
LIST = Operation(
    "recurring.list", N_("List recurring assignments"), ListSchedules, SchedulePage, Effect.READ
)
SHOW = Operation(
    "recurring.show", N_("Show a recurring assignment"), ShowSchedule, Schedule, Effect.READ
)
SKIP = Operation(
    "recurring.skip",
    N_("Skip a period of a recurring assignment"),
    SkipPeriod,
    Schedule,
    Effect.WRITE,
)
EXECUTOR = Operation(
    "recurring.executor",
    N_("Change the executor of a recurring assignment"),
    ChangeExecutor,
    Schedule,
    Effect.WRITE,
)
CLOSE = Operation(
    "recurring.close",
    N_("Close a recurring assignment"),
    CloseSchedule,
    Schedule,
    Effect.DESTROY,
)
