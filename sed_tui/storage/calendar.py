"""The production calendar and the profiles of terms as the database holds them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, insert, literal, or_, select
from sqlmodel import col

from sed_tui.domain.calendar import Direction, WorkingCalendar
from sed_tui.domain.term_profiles import DEFAULT_PROFILES
from sed_tui.domain.terms import DEFAULT_PROFILE, TermProfile, Unit
from sed_tui.storage.tables.calendar import CalendarDayTable, CalendarYearTable, TermProfileTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def load_calendar(db: Connection, organization_id: UUID) -> WorkingCalendar:
    """Return the calendar of an organization.

    Its own days win over those that an organization above it has set for its branch, the
    nearest first, and these over everybody's.
    """
    years = db.scalars(select(col(CalendarYearTable.year))).all()
    rows = db.execute(_days_for(), {"organization": organization_id}).all()
    differs = {row.day: row.is_working for row in rows}
    return WorkingCalendar(
        years=frozenset(years),
        days_off=frozenset(day for day, is_working in differs.items() if not is_working),
        working_weekends=frozenset(day for day, is_working in differs.items() if is_working),
        notes={row.day: row.note for row in rows if row.note},
    )


@cache
def _days_for() -> Any:
    """Return the query of the days for an organization, built once: most operations ask it."""
    day, above = CalendarDayTable, organizations_above(bindparam("organization"))
    return (
        select(*map(col, (day.day, day.is_working, day.note)))
        .outerjoin(above, above.c.id == col(day.organization_id))
        .where(
            or_(
                col(day.organization_id).is_(None),
                above.c.distance == 0,
                and_(above.c.distance > 0, col(day.branch)),
            )
        )
        # the last one stands
        .order_by(above.c.distance.is_not(None), above.c.distance.desc())
    )


def organizations_above(organization_id: Any) -> Any:
    """Return the organization and those above it, with how far above."""
    table = OrganizationTable
    here: Any = select(
        col(table.id).label("id"),
        col(table.parent_id).label("parent"),
        literal(0).label("distance"),
    ).where(col(table.id) == organization_id)
    chain = here.cte("above", recursive=True)
    upper = select(col(table.id), col(table.parent_id), chain.c.distance + 1).join(
        chain, col(table.id) == chain.c.parent
    )
    return chain.union_all(upper)


def load_profiles(db: Connection, organization_id: UUID) -> dict[str, TermProfile]:
    """Return the profiles of terms of an organization by code, the default one first."""
    rows = db.execute(
        select(
            col(TermProfileTable.code),
            col(TermProfileTable.title),
            col(TermProfileTable.amount),
            col(TermProfileTable.unit),
            col(TermProfileTable.shift),
            col(TermProfileTable.counts_start),
            col(TermProfileTable.act),
            col(TermProfileTable.paragraph),
            col(TermProfileTable.checked_on),
        ).where(col(TermProfileTable.organization_id) == organization_id)
    ).all()
    profiles = [
        TermProfile(
            code=row.code,
            title=row.title,
            amount=row.amount,
            unit=Unit(row.unit),
            shift=Direction(row.shift),
            counts_start=row.counts_start,
            act=row.act,
            paragraph=row.paragraph,
            checked_on=row.checked_on,
        )
        for row in rows
    ]
    profiles.sort(key=lambda profile: (profile.code != DEFAULT_PROFILE, profile.title))
    return {profile.code: profile for profile in profiles}


def store_default_profiles(db: Connection, organization_id: UUID) -> list[str]:
    """Give a new organization the profiles that every one starts with, and return their codes."""
    db.execute(
        insert(TermProfileTable),
        [
            {
                "organization_id": organization_id,
                "code": profile.code,
                "title": profile.title,
                "amount": profile.amount,
                "unit": profile.unit.value,
                "shift": profile.shift.value,
                "counts_start": profile.counts_start,
                "act": profile.act,
                "paragraph": profile.paragraph,
                "checked_on": profile.checked_on,
                "version": 1,
            }
            for profile in DEFAULT_PROFILES
        ],
    )
    return [profile.code for profile in DEFAULT_PROFILES]
