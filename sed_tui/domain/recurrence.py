"""Recurring assignments: rules of terms (RFC 5545), and which periods are due on a day.

A period is named by its nominal term. The 29th, 30th or 31st of a month that is shorter
is its last day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from sed_tui.errors.recurring import BadRule
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Every(StrEnum):
    """How often."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Weekday(StrEnum):
    """A day of the week, as rules name it."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class ScheduleState(StrEnum):
    """Whether a schedule still issues."""

    ACTIVE = "active"
    CLOSED = "closed"


class PeriodState(StrEnum):
    """What became of a period; `planned` is none yet."""

    PLANNED = "planned"
    ISSUED = "issued"
    SKIPPED = "skipped"
    MISSED = "missed"


PERIOD_TITLES = {
    PeriodState.PLANNED: N_("is to come"),
    PeriodState.ISSUED: N_("is issued"),
    PeriodState.SKIPPED: N_("is skipped"),
    PeriodState.MISSED: N_("was missed"),
}
LAST = "last"
# how far a term may be moved by days off: longer than any holidays
LONGEST_SHIFT = timedelta(days=21)
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_FREQUENCIES = {"WEEKLY", "MONTHLY", "YEARLY", "DAILY"}
_END_OF_MONTH = re.compile(r"(?<![A-Z])BYMONTHDAY=(29|30|31)(?![0-9,])")
_NOT_HERE = re.compile(r"DTSTART|UNTIL|COUNT|RDATE|EXDATE|BYHOUR|BYMINUTE|BYSECOND|\n", re.I)


def rule_of(
    every: Every, start: date, *, interval: int = 1, weekday: Weekday | None = None, day: str = ""
) -> str:
    """Return the rule that options stand for. Raises `BadRule`.

    A quarter ends with `last` in its third month; with a day's number the term is in
    the month after it.
    """
    if every is Every.WEEK:
        if day:
            raise BadRule(field="day", value=day, reason=_("a week has weekdays"))
        chosen = weekday or list(Weekday)[start.weekday()]
        return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={chosen.value}"
    if weekday is not None:
        raise BadRule(field="weekday", value=weekday.value, reason=_("weekdays are for weeks"))
    month_day = _month_day(day or str(start.day))
    if every is Every.MONTH:
        return f"FREQ=MONTHLY;INTERVAL={interval};{month_day}"
    if every is Every.YEAR:
        return f"FREQ=YEARLY;INTERVAL={interval};BYMONTH={start.month};{month_day}"
    if interval != 1:
        raise BadRule(field="interval", value=str(interval), reason=_("a quarter is every quarter"))
    months = "3,6,9,12" if day.casefold() in _LAST_NAMES else "1,4,7,10"
    return f"FREQ=MONTHLY;BYMONTH={months};{month_day}"


def checked_rule(text: str, start: date) -> str:
    """Return a rule as it is stored: its days said, month ends made safe. Raises `BadRule`."""
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if _NOT_HERE.search(rule):
        reason = _("first and last day are said apart, and there is no time of day")
        raise BadRule(field="rule", value=text, reason=reason)
    if _frequency(rule) not in _FREQUENCIES:
        raise BadRule(field="rule", value=text, reason=_("a day, week, month or year is expected"))
    rule = _with_safe_end(_with_days(rule, start))
    try:
        _moments(rule, start)
    except (ValueError, KeyError, TypeError) as error:
        reason = _("its parts are not understood")
        raise BadRule(field="rule", value=text, reason=reason) from error
    return rule


def periods(rule: str, start: date, end: date | None) -> Iterator[date]:
    """Return the terms of a schedule from its first day to its last, in their order."""
    found = (moment.date() for moment in _moments(rule, start))
    return found if end is None else takewhile(lambda day: day <= end, found)


def next_periods(rule: str, start: date, end: date | None, after: date, count: int) -> list[date]:
    """Return the next terms from a day on."""
    found = (day for day in periods(rule, start, end) if day >= after)
    return list(islice(found, count))


def within_reach(rule: str, start: date, end: date | None, as_of: date, lead: int) -> list[date]:
    """Return the terms that may be due for issue on a day, wherever days off move them."""
    reach = as_of + timedelta(days=lead) + LONGEST_SHIFT
    return list(takewhile(lambda day: day <= reach, periods(rule, start, end)))


def issue_day(effective: date, lead: int) -> date:
    """Return the day on which an assignment with a term is issued."""
    return effective - timedelta(days=lead)


def _moments(rule: str, start: date) -> Iterable[datetime]:
    from dateutil.rrule import rrulestr  # operations name what stands here, and start without it

    return rrulestr(rule, dtstart=datetime.combine(start, time()))


_LAST_NAMES = {LAST, "последний", "-1"}


def _month_day(day: str) -> str:
    """Return the part of a rule that names a day of the month, the last where it is shorter."""
    if day.casefold() in _LAST_NAMES:
        return "BYMONTHDAY=-1"
    if not day.isdecimal() or not 0 < int(day) <= _LONGEST_MONTH:
        raise BadRule(field="day", value=day, reason=_("a day of the month is 1 to 31, or last"))
    if int(day) <= _SHORTEST_MONTH:
        return f"BYMONTHDAY={int(day)}"
    days = ",".join(str(number) for number in range(_SHORTEST_MONTH, int(day) + 1))
    # of those that the month has, the last; in a year each month by itself
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _with_days(rule: str, start: date) -> str:
    """Say the day that a rule leaves to its start, lest the 31st is left out in short months."""
    if "BY" in rule or _frequency(rule) in {"DAILY", "WEEKLY"}:
        return rule
    month = f";BYMONTH={start.month}" if _frequency(rule) == "YEARLY" else ""
    return f"{rule}{month};BYMONTHDAY={start.day}"


def _with_safe_end(rule: str) -> str:
    match = _END_OF_MONTH.search(rule)
    if match is None or "BYSETPOS" in rule:
        return rule
    if _frequency(rule) == "YEARLY" and not re.search(r"BYMONTH=\d+(?!\d|,)", rule):
        if "INTERVAL" in rule and not re.search(r"INTERVAL=1(?!\d)", rule):
            raise BadRule(field="rule", value=rule, reason=_("one month of the year is expected"))
        rule = rule.replace("FREQ=YEARLY", "FREQ=MONTHLY")  # the last of each month, not of all
    return rule.replace(match[0], _month_day(match[1]))


def _frequency(rule: str) -> str:
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    return parts.get("FREQ", "")
