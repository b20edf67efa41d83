"""Dates as people type them into a form: `12.11`, `121126`, `сегодня`, `+3`, ISO."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum

from sed_tui.errors.input import BadDate

_WORDS = {
    "позавчера": -2,
    "вчера": -1,
    "yesterday": -1,
    "сегодня": 0,
    "today": 0,
    "завтра": 1,
    "tomorrow": 1,
    "послезавтра": 2,
}
# the dot of the number pad is a comma on a Russian layout, and ю stands on the dot's key
_DOTS = str.maketrans({",": ".", "ю": ".", "Ю": ".", "б": ".", " ": "."})
_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.?"),
    re.compile(
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4}|[0-9]{2})\.?(г\.?)?"
    ),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})?"),
    re.compile(r"(?P<day>[0-9]{1,2})"),
)
_CENTURY = 2000
_EARLIEST = 1900
_LONGEST_SHIFT = 3660


class Leaning(Enum):
    """Where a date without a year lies when this year's would be unlikely."""

    PAST = "past"
    FUTURE = "future"
    NEITHER = "neither"


def read_date(
    text: str, today: date, leaning: Leaning = Leaning.NEITHER, field: str = ""
) -> date | None:
    """Return the date that a text means, None for an empty one. Raises `BadDate`."""
    word = text.strip().casefold()
    if not word:
        return None
    if word in _WORDS:
        return today + timedelta(_WORDS[word])
    if shift := re.fullmatch(r"([+-])\s*([0-9]{1,4})", word):
        days = int(shift[1] + shift[2])
        if abs(days) <= _LONGEST_SHIFT:
            return today + timedelta(days)
    dotted = word.translate(_DOTS)
    for shape in _SHAPES:
        if found := shape.fullmatch(word) or shape.fullmatch(dotted):
            return _dated(found.groupdict(), today, leaning, field, text)
    raise BadDate(field=field, value=text.strip())


def write_date(day: date) -> str:
    """Return a date as people of the office write it."""
    return f"{day:%d.%m.%Y}"


def _dated(
    parts: dict[str, str | None], today: date, leaning: Leaning, field: str, text: str
) -> date:
    month = int(parts.get("month") or today.month)
    year = int(parts.get("year") or today.year)
    if parts.get("year") and len(parts["year"] or "") == len("26"):
        year += _CENTURY
    try:
        day = date(year, month, int(parts["day"] or 0))
    except ValueError as error:
        raise BadDate(field=field, value=text.strip()) from error
    if day.year < _EARLIEST:
        raise BadDate(field=field, value=text.strip())
    if parts.get("month") and not parts.get("year"):
        return _leaned(day, today, leaning)
    return day


def _leaned(day: date, today: date, leaning: Leaning) -> date:
    """Move a date by a year where that is what must have been meant: 28.12 in January."""
    half_a_year = timedelta(183)
    if leaning is Leaning.PAST and day - today > half_a_year:
        return _in_year(day, day.year - 1)
    if leaning is Leaning.FUTURE and today - day > half_a_year:
        return _in_year(day, day.year + 1)
    return day


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day
