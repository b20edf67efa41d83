"""The production calendar: which days are worked, in the years that are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sed_tui.errors.terms import CalendarYearUnknown

_SATURDAY = 5
_DAY = timedelta(days=1)


class Direction(StrEnum):
    """Where a term goes whose last day is not worked."""

    PREVIOUS = "previous"
    NEXT = "next"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days that differ from their weekday, for the years whose transfers are known.

    A year outside `years` is refused by name and never guessed.
    """

    years: frozenset[int]
    days_off: frozenset[date]
    working_weekends: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked. Raises `CalendarYearUnknown`."""
        if day.year not in self.years:
            raise CalendarYearUnknown(year=day.year)
        if day.weekday() >= _SATURDAY:
            return day in self.working_weekends
        return day not in self.days_off

    def knows(self, *days: date) -> bool:
        """Tell whether the years of all the days are known."""
        return all(day.year in self.years for day in days)

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
        """Count the working days after `start` up to and including `end`."""
        if end <= start:
            return 0
        return sum(self.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))
