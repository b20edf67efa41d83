"""Operations that change the production calendar and the profiles of terms."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_
from sed_tui.operations.calendar import TermProfileRow
from sed_tui.operations.registry import Effect, Message, Operation, Request


class DayKind(StrEnum):
    """What a day is: worked, off, or as the calendar above says."""

    WORKING = "working"
    OFF = "off"
    DEFAULT = "default"


class OverrideDay(Request):
    """Set a day of the organization's own calendar.

    With `branch` it holds for the organizations below too: the days of a region are those
    of the organization at its head.
    """

    day: date
    kind: DayKind
    note: str | None = None
    branch: bool = False


class DayOverridden(Message):
    """What the day is now; `open_terms` counts open assignments whose term ends on it."""

    day: date
    kind: DayKind
    is_working: bool
    note: str
    branch: bool
    open_terms: int
    warnings: list[str] = Field(default_factory=list)


class CalendarRow(Message):
    """One day of a published calendar that differs from its weekday."""

    day: date
    is_working: bool
    note: str = ""


class ImportCalendar(Request):
    """Load whole years that the program does not know, or correct those it does."""

    source: str
    rows: tuple[CalendarRow, ...] = Field(max_length=2000)


class YearImported(Message):
    """A year that is known now, with its number of working days before and after."""

    year: int
    was: int | None
    working_days: int


class CalendarImported(Message):
    """What was loaded."""

    years: list[YearImported]


class SetTermProfile(Request):
    """Make a profile of terms, or change one; what is not given stays.

    `version` is the one that was seen.
    """

    code: str
    title: str | None = None
    amount: int | None = Field(default=None, ge=1, le=3660)
    counted_in: Unit | None = None
    shift: Direction | None = None
    counts_start: bool | None = None
    act: str | None = None
    paragraph: str | None = None
    checked_on: date | None = None
    version: int | None = None


OVERRIDE = Operation(
    "calendar.override",
    N_("Set a day of the calendar"),
    OverrideDay,
    DayOverridden,
    Effect.WRITE,
)
IMPORT = Operation(
    "calendar.import",
    N_("Load a calendar of years"),
    ImportCalendar,
    CalendarImported,
    Effect.WRITE,
)
SET_PROFILE = Operation(
    "calendar.set_profile",
    N_("Set a profile of terms"),
    SetTermProfile,
    TermProfileRow,
    Effect.WRITE,
)
