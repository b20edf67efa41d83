"""The Russian production calendar, from the `holidays` library into the database.

The library returns guesses for years whose transfers of days off the government has
not published; only the years in its own table of transfers are taken.
"""

from __future__ import annotations

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
    db.execute(insert(CalendarDayTable), [day for year in years for day in _days(year)])
    return years


def _days(year: int) -> list[dict[str, Any]]:
    known = holidays.country_holidays("RU", years=year, language="ru")
    rows = [
        {"day": day, "is_working": False, "note": name}
        for day, name in known.items()
        if day.weekday() < _SATURDAY
    ]
    rows += [
        {"day": day, "is_working": True, "note": "рабочий день"}
        for day in known.weekend_workdays
        if day.year == year
    ]
    return [{"id": uuid4(), "organization_id": None, **row} for row in rows]
