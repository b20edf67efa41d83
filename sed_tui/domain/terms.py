"""Terms: how people write them, how they are counted, and the explanation of the result.

A term ends at the end of a working day (rules §1.11). Profiles are data: how much, in
what, what happens on a day off, and which act says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.calendar import Direction
from sed_tui.domain.dates import parse_date
from sed_tui.domain.text import folded, normalized
from sed_tui.errors.terms import BadTerm, DueInThePast, NotAWorkingDay
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.domain.calendar import WorkingCalendar


class Unit(StrEnum):
    """What a term is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    # half of the term of what it belongs to; where that has none, so many calendar days
    HALF = "half"


@dataclass(frozen=True, slots=True)
class TermProfile:
    """A named term. `checked_on` is when it was compared with the act, None if never.

    `counts_start` makes the first day the day of the start itself.
    """

    code: str
    title: str
    amount: int
    unit: Unit
    shift: Direction
    counts_start: bool
    act: str
    paragraph: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Duration:
    """So many days, working days or months, counted as a profile says."""

    amount: int
    unit: Unit
    profile: TermProfile


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day named by its date, moved off a day off as a profile says."""

    day: date
    profile: TermProfile


class WithoutTerm:
    """No term at all: «без срока»."""


Term = Duration | FixedDay | WithoutTerm


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day a term would end on, and the working day it ends on.

    `start` is None for a day named by its date; `note` says why the nominal day is off;
    `turned` that the shift of the profile would have ended the term before it began;
    `whole` is the end of the term that a half was taken of.
    """

    term: Duration | FixedDay
    start: date
    nominal: date
    effective: date
    note: str = ""
    turned: bool = False
    whole: date | None = None

    @property
    def shifted_by(self) -> int:
        """Return by how many calendar days the term moved, negative when back."""
        return (self.effective - self.nominal).days

    @property
    def is_half(self) -> bool:
        """Tell whether half of another term was taken."""
        halves = isinstance(self.term, Duration) and self.term.unit is Unit.HALF
        return halves and self.whole is not None and self.whole > self.start


MOST_DAYS = 3660
DEFAULT_PROFILE = "month"
_WITHOUT = {"без срока", "бессрочно", "none", "no term"}
_NAMED = {
    "незамедлительно": "urgent",
    "месяц": "month",
    "month": "month",
}
_COUNT = re.compile(r"(?P<amount>[0-9]{1,6})?\s*(?P<unit>[^0-9]*)")
_UNITS = {
    Unit.CALENDAR_DAYS: re.compile(
        r"|д|дн|день|дня|дней|к\.?\s?д\.?|календарн(ый|ых) (день|дня|дней)|d|days?|calendar days?"
    ),
    Unit.WORKING_DAYS: re.compile(
        r"р\.?\s?д\.?|раб\.?\s?(д|дн)\.?|рабоч(ий|их) (день|дня|дней)|wd|working days?"
    ),
    Unit.MONTHS: re.compile(r"м|мес\.?|месяц|месяца|месяцев|months?"),
}


def parse_term(
    text: str | None,
    profiles: Iterable[TermProfile],
    profile: TermProfile,
    field: str = "due",
) -> Term:
    """Return the term that a text means; nothing means the profile's own.

    Raises `BadTerm`, and `BadDate` for a day that does not exist.
    """
    written = folded(normalized(text or "")).rstrip(".")
    if not written:
        return Duration(profile.amount, profile.unit, profile)
    if written in _WITHOUT:
        return WithoutTerm()
    if named := _by_name(written, profiles):
        return Duration(named.amount, named.unit, named)
    if re.match(r"[0-9]+[.-][0-9]", written):
        return FixedDay(parse_date(written, field), profile)
    match = _COUNT.fullmatch(written)
    for unit, pattern in _UNITS.items():
        if match and match["amount"] and pattern.fullmatch(match["unit"].strip()):
            amount = int(match["amount"])
            if 0 < amount <= MOST_DAYS:
                return Duration(amount, unit, profile)
    raise BadTerm(field=field, value=text)


def deadline(
    term: Duration | FixedDay, start: date, known: WorkingCalendar, whole: date | None = None
) -> Deadline:
    """Return when a term ends; `whole` is the end of the term that a half is taken of.

    It never ends before it begins: where the shift would do that, it goes forward.
    Raises `CalendarYearUnknown`, and `NotAWorkingDay` for a profile that refuses.
    """
    nominal = term.day if isinstance(term, FixedDay) else _nominal(term, start, known, whole)
    if known.is_working(nominal):
        return Deadline(term, start, nominal, nominal, whole=whole)
    note = known.notes.get(nominal, "")
    shift = term.profile.shift
    if shift is Direction.REFUSE:
        raise NotAWorkingDay(
            field="due",
            due=_shown(nominal),
            note=note or _("a day off"),
            before=_shown(known.nearest(nominal, Direction.PREVIOUS)),
            after=_shown(known.nearest(nominal, Direction.NEXT)),
        )
    effective = known.nearest(nominal, shift)
    turned = effective < start <= nominal
    if turned:
        effective = known.nearest(nominal, Direction.NEXT)
    return Deadline(term, start, nominal, effective, note, turned, whole)


def require_future(found: Deadline, today: date, field: str = "due") -> None:
    """Refuse a term that is over already (A3). Raises `DueInThePast`."""
    if found.nominal < today or found.effective < today:
        raise DueInThePast(field=field, due=_shown(found.nominal), today=_shown(today))


def _by_name(written: str, profiles: Iterable[TermProfile]) -> TermProfile | None:
    code = _NAMED.get(written, written)
    for profile in profiles:
        if code == folded(profile.code) or written == folded(profile.title):
            return profile
    return None


def _nominal(term: Duration, start: date, known: WorkingCalendar, whole: date | None) -> date:
    counted_from = start - timedelta(days=1) if term.profile.counts_start else start
    match term.unit:
        case Unit.CALENDAR_DAYS:
            return counted_from + timedelta(days=term.amount)
        case Unit.WORKING_DAYS:
            return known.add_working_days(counted_from, term.amount)
        case Unit.MONTHS:
            return _add_months(start, term.amount)
        case Unit.HALF if whole is not None and whole > start:
            return start + (whole - start) / 2
        case Unit.HALF:
            return counted_from + timedelta(days=term.amount)


def _add_months(start: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _shown(day: date) -> str:
    return f"{day:%d.%m.%Y}"
