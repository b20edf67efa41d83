"""The production calendar as the database holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.calendar import WorkingCalendar
from sed_tui.storage.tables.calendar import CalendarDayTable, CalendarYearTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def load_calendar(db: Connection, organization_id: UUID) -> WorkingCalendar:
    """Return the calendar of an organization: its own days win over everybody's."""
    years = db.scalars(select(col(CalendarYearTable.year))).all()
    owner = col(CalendarDayTable.organization_id)
    rows = db.execute(
        select(col(CalendarDayTable.day), col(CalendarDayTable.is_working), owner)
        .where(or_(owner.is_(None), owner == organization_id))
        .order_by(owner.is_not(None))
    ).all()
    differs = {row.day: row.is_working for row in rows}
    return WorkingCalendar(
        years=frozenset(years),
        days_off=frozenset(day for day, is_working in differs.items() if not is_working),
        working_weekends=frozenset(day for day, is_working in differs.items() if is_working),
    )
