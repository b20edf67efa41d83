"""Whether a year of days is a production calendar: every federal holiday is off in it.

Non-working holidays are those of the Labour Code (№ 197-ФЗ), article 112.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEW_YEAR = tuple((1, day) for day in range(1, 9))
HOLIDAYS = (*_NEW_YEAR, (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))
_SATURDAY = 5


def missing_holidays(year: int, days: Mapping[date, bool]) -> list[date]:
    """Return the weekday holidays of a year that the days do not declare as off."""
    holidays = (date(year, month, day) for month, day in HOLIDAYS)
    return [day for day in holidays if day.weekday() < _SATURDAY and days.get(day, True)]
