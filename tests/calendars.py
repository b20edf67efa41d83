"""The published production calendar, without a database."""

from __future__ import annotations

from functools import cache

from sed_tui.domain.calendar import WorkingCalendar
from sed_tui.storage.production_calendar import published_days, published_years


@cache
def published() -> WorkingCalendar:
    """Return the calendar that every new organization starts with."""
    days = published_days()
    return WorkingCalendar(
        years=frozenset(published_years()),
        days_off=frozenset(row["day"] for row in days if not row["is_working"]),
        working_weekends=frozenset(row["day"] for row in days if row["is_working"]),
        notes={row["day"]: row["note"] for row in days},
    )
