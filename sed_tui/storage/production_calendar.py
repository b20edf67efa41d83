"""The Russian production calendar, from the `holidays` library into the database.

The library returns guesses for years whose transfers of days off the government has
not published; only the years in its own table of transfers are taken.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import holidays
from holidays.countries.russia import RussiaStaticHolidays
from sqlalchemy import insert

from sed_tui.storage.tables.calendar import CalendarDayTable, CalendarYearTable

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_FIRST_YEAR = 2012  # the six-day holidays and transfers of today's Labour Code
_SATURDAY = 5
# what the library leaves out: 8 March 2014 was a Saturday, its day off went to Monday
_LEFT_OUT = {date(2014, 3, 10): "Выходной (перенесено с 08.03.2014)"}


def published_years() -> list[int]:
    """Return the years whose transferred days the library really knows."""
    table = RussiaStaticHolidays.special_public_holidays
    return sorted(year for year in table if year >= _FIRST_YEAR)


def load_published(db: Connection, now: datetime) -> list[int]:
    """Store every published year and return them."""
    years = published_years()
    source = f"holidays {version('holidays')}"
    db.execute(
        insert(CalendarYearTable),
        [{"year": year, "source": source, "loaded_at": now} for year in years],
    )
    db.execute(
        insert(CalendarDayTable),
        [{"id": uuid4(), "organization_id": None, **row} for row in published_days()],
    )
    return years


def published_days() -> list[dict[str, Any]]:
    """Return the days of published years that differ from their weekday, and why."""
    return [day for year in published_years() for day in _days(year)]


def _days(year: int) -> list[dict[str, Any]]:
    known = holidays.country_holidays("RU", years=year, language="ru")
    rows: list[dict[str, Any]] = [
        {"day": day, "is_working": False, "note": name}
        for day, name in {**known, **_left_out(year)}.items()
        if day.weekday() < _SATURDAY
    ]
    rows += [
        {"day": day, "is_working": True, "note": "рабочий день"}
        for day in known.weekend_workdays
        if day.year == year
    ]
    return rows


def _left_out(year: int) -> dict[date, str]:
    return {day: note for day, note in _LEFT_OUT.items() if day.year == year}
