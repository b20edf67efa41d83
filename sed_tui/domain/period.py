"""A day, a month or a year as people write them, as its first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from sed_tui.domain.dates import FIRST_YEAR, LAST_YEAR, parse_date
from sed_tui.errors.input import BadDate

_MONTH = re.compile(r"(?P<month>\d{1,2})\.(?P<year>\d{4})|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})")
_YEAR = re.compile(r"\d{4}")
_NEAR = {"today": 0, "сегодня": 0, "yesterday": -1, "вчера": -1, "tomorrow": 1, "завтра": 1}
_MONTHS = 12


def parse_period(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of what is written, None where it is no period."""
    written = text.strip().casefold()
    if written in _NEAR:
        day = today + timedelta(days=_NEAR[written])
        return day, day
    if _YEAR.fullmatch(written):
        return _span(int(written), 1, _MONTHS)
    if found := _MONTH.fullmatch(written):
        month = int(found["month"] or found["iso_month"])
        return _span(int(found["year"] or found["iso_year"]), month, month)
    try:
        day = parse_date(written)
    except BadDate:
        return None
    return day, day


def _span(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= _MONTHS):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
