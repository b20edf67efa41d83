"""Operations on the production calendar and on terms."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ExplainTerm(Request):
    """Ask when a term ends and why.

    `term` is a date, «10», «5 рд», «2 месяца», the name of a profile or «без срока»;
    without it the profile's own, and without a profile that of the kind of the `document`,
    or the organization's default.
    `whole` is the end of the term that «доложите» takes half of, `days_off` says what happens
    to a day off named by its date, instead of the profile: a later term may not be one.
    """

    start: date
    term: str | None = None
    profile: str | None = None
    whole: date | None = None
    document: str | None = None
    days_off: Direction | None = None


class TermExplained(Message):
    """The day a term would end on, the working day it ends on, and how it came about.

    `shifted_by` counts calendar days, negative when the term moved back.
    """

    nominal: date | None
    effective: date | None
    shifted_by: int
    explanation: list[str]


class ShowCalendar(Request):
    """Ask for the calendar of a year."""

    year: int = Field(ge=1900, le=2199)


class SpecialDay(Message):
    """A weekday off or a working weekend."""

    day: date
    is_working: bool
    note: str


class CalendarMonth(Message):
    """How many days a month has, and how many of them are worked."""

    month: int
    days: int
    working_days: int


class CalendarYear(Message):
    """The production calendar of a year."""

    year: int
    source: str
    working_days: int
    months: list[CalendarMonth]
    days: list[SpecialDay]


class CountWorkingDays(Request):
    """Ask how many working days lie between two days, both counted."""

    start: date
    end: date


class WorkingDays(Message):
    """How many days there are between two days, both counted."""

    start: date
    end: date
    days: int
    working_days: int


class ListTermProfiles(Request):
    """Ask how named terms are counted in the organization."""


class TermProfileRow(Message):
    """How a named term is counted, by which act, and when that was checked."""

    code: str
    title: str
    amount: int
    counted_in: Unit
    shift: Direction
    counts_start: bool
    act: str
    paragraph: str
    checked_on: date | None
    version: int


class TermProfiles(Message):
    """The profiles of terms, the default one first."""

    rows: list[TermProfileRow]
    next: None = None


EXPLAIN = Operation(
    "calendar.explain", N_("Explain a term"), ExplainTerm, TermExplained, Effect.READ
)
SHOW = Operation(
    "calendar.show", N_("Show the calendar of a year"), ShowCalendar, CalendarYear, Effect.READ
)
WORKDAYS = Operation(
    "calendar.workdays", N_("Count working days"), CountWorkingDays, WorkingDays, Effect.READ
)
PROFILES = Operation(
    "calendar.profiles",
    N_("List the profiles of terms"),
    ListTermProfiles,
    TermProfiles,
    Effect.READ,
)
