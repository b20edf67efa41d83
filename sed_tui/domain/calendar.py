"""The production calendar: which days are worked, in the years that are known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.terms import CalendarYearUnknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SATURDAY = 5
_WEEK = 7
_DAY = timedelta(days=1)


class Direction(StrEnum):
    """Where a term goes whose last day is not worked."""

    PREVIOUS = "previous"
    NEXT = "next"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days that differ from their weekday, for the years whose transfers are known.

    A year outside `years` is refused by name and never guessed. `notes` say why a day
    is off.
    """

    years: frozenset[int]
    days_off: frozenset[date]
    working_weekends: frozenset[date]
    notes: Mapping[date, str] = field(default_factory=dict, compare=False)
    _off: list[date] = field(init=False, repr=False, compare=False)
    _on: list[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the days that differ, so that counting between two days is a search."""
        off = sorted(day for day in self.days_off if day.weekday() < _SATURDAY)
        on = sorted(day for day in self.working_weekends if day.weekday() >= _SATURDAY)
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_on", on)

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked. Raises `CalendarYearUnknown`."""
        self._require(day.year)
        if day.weekday() >= _SATURDAY:
            return day in self.working_weekends
        return day not in self.days_off

    def knows(self, *days: date) -> bool:
        """Tell whether the years of all the days are known."""
        return all(day.year in self.years for day in days)

    def covers(self, start: date, end: date) -> bool:
        """Tell whether every year from one day to another is known."""
        return all(year in self.years for year in range(start.year, end.year + 1))

    def nearest(self, day: date, direction: Direction) -> date:
        """Return the day itself if it is worked, else the nearest worked one that way."""
        step = _DAY if direction is Direction.NEXT else -_DAY
        while not self.is_working(day):
            day += step
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day that lies `count` working days after `start`, itself not counted."""
        day = start
        while count > 0:
            day += _DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`.

        Raises `CalendarYearUnknown` for a year between them.
        """
        if end <= start:
            return 0
        for year in range(start.year, end.year + 1):
            self._require(year)
        off = bisect_right(self._off, end) - bisect_right(self._off, start)
        on = bisect_right(self._on, end) - bisect_right(self._on, start)
        return _weekdays_up_to(end) - _weekdays_up_to(start) - off + on

    def working_days_in(self, year: int) -> int:
        """Count the working days of a year. Raises `CalendarYearUnknown`."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return self.is_working(first) + self.working_days_between(first, last)

    def _require(self, year: int) -> None:
        if year not in self.years:
            raise CalendarYearUnknown(year=year, known=_spans(self.years))


def _weekdays_up_to(day: date) -> int:
    # day 1 of the common era was a Monday
    weeks, rest = divmod(day.toordinal(), _WEEK)
    return weeks * _SATURDAY + min(rest, _SATURDAY)


def _spans(years: Iterable[int]) -> str:
    """Write years as spans: `2012–2027, 2030`."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in spans)
