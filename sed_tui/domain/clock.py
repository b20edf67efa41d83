"""Time as the office sees it: instants in UTC, days in the region's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Yekaterinburg")


class Clock(Protocol):
    """The one door to the current time."""

    def now(self) -> datetime:
        """Return the current instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant, aware and in UTC."""
        return datetime.now(UTC)


def office_day(instant: datetime) -> date:
    """Return the day of an instant in the office's time zone."""
    return instant.astimezone(OFFICE_ZONE).date()


def latest_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day of an instant in a zone or in the office, whichever has got further."""
    return max(office_day(instant), instant.astimezone(zone).date())


def end_of_office_day(day: date) -> datetime:
    """Return the last microsecond of a day in the office, as a UTC instant."""
    return datetime(
        day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=OFFICE_ZONE
    ).astimezone(UTC)


def start_of_office_day(day: date) -> datetime:
    """Return the first instant of a day in the office, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE).astimezone(UTC)
