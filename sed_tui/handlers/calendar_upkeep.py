"""The calendar and the profiles of terms changed: days, whole years, profiles."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlmodel import col

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.domain.text import clean, optional
from sed_tui.domain.year_check import missing_holidays
from sed_tui.errors.input import EmptyText
from sed_tui.errors.terms import HolidaysMissing, NothingToImport, SameDayTwice, SharedCalendar
from sed_tui.handlers.calendar import list_term_profiles
from sed_tui.i18n import ngettext
from sed_tui.operations.calendar import ListTermProfiles, TermProfileRow
from sed_tui.operations.calendar_upkeep import (
    CalendarImported,
    CalendarRow,
    DayKind,
    DayOverridden,
    ImportCalendar,
    OverrideDay,
    SetTermProfile,
    YearImported,
)
from sed_tui.storage.calendar import load_calendar
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.calendar import CalendarDayTable, CalendarYearTable, TermProfileTable
from sed_tui.storage.tables.organization import OrganizationTable
from sed_tui.storage.versioned import keep_row

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_REQUIRED = ("title", "amount", "act")


def override_day(work: Work, request: OverrideDay) -> DayOverridden:
    """Set a day of the organization; terms given already stay, and are counted for a warning."""
    note = optional(request.note, "note", limit=200) or ""
    before = load_calendar(work.db, work.organization_id)
    was = before.is_working(request.day)  # an unknown year is refused by name
    lock_name(work.db, work.organization_id, f"calendar {request.day}")
    _forget_day(work, request.day)
    if request.kind is not DayKind.DEFAULT:
        row = {"day": request.day, "is_working": request.kind is DayKind.WORKING, "note": note}
        work.db.execute(
            insert(CalendarDayTable).values(
                id=uuid4(), organization_id=work.organization_id, branch=request.branch, **row
            )
        )
    known = load_calendar(work.db, work.organization_id)
    now = known.is_working(request.day)
    shown = {"kind": request.kind.value, "branch": request.branch, "is_working": now}
    work.record("override", "calendar_day", str(request.day), {"is_working": was}, shown)
    open_terms = 0 if now else _open_terms(work, request.day)
    return DayOverridden(
        day=request.day,
        kind=request.kind,
        is_working=now,
        note=known.notes.get(request.day, ""),
        branch=request.branch,
        open_terms=open_terms,
        warnings=_still_due(open_terms),
    )


def import_calendar(work: Work, request: ImportCalendar) -> CalendarImported:
    """Load years for every organization of the database, all their days or none.

    Only the head of the tree may: the years hold for all. Raises `SharedCalendar`,
    `NothingToImport`, `SameDayTwice`, `HolidaysMissing`.
    """
    _require_head_of_tree(work)
    source = clean(request.source, "source", limit=200)
    years = _by_year(request.rows)
    lock_name(work.db, work.organization_id, "calendar years")
    known = set(work.db.scalars(select(col(CalendarYearTable.year))))
    before = load_calendar(work.db, work.organization_id)
    counts = {year: before.working_days_in(year) if year in known else None for year in years}
    for year, rows in years.items():
        _store_year(work, year, source, rows)
    now = load_calendar(work.db, work.organization_id)
    done = [
        YearImported(year=year, was=counts[year], working_days=now.working_days_in(year))
        for year in years
    ]
    for one in done:
        shown = {"source": source, "working_days": one.working_days}
        work.record("import", "calendar_year", str(one.year), {"working_days": one.was}, shown)
    return CalendarImported(years=done)


def set_term_profile(work: Work, request: SetTermProfile) -> TermProfileRow:
    """Make or change a profile; terms given already keep what they were counted by.

    Raises `EmptyText`, `ChangedMeanwhile`.
    """
    code = clean(request.code, "code", limit=32).lower()
    rows = {row.code: row for row in list_term_profiles(work, ListTermProfiles()).rows}
    known = rows.get(code)
    values = _profile_values(request, known)
    key = {"organization_id": work.organization_id, "code": code}
    version = keep_row(work.db, TermProfileTable, key, values, request.version, what=code)
    counted_in = Unit(values.pop("unit"))
    found = TermProfileRow(
        code=code,
        counted_in=counted_in,
        shift=Direction(values.pop("shift")),
        version=version,
        **values,
    )
    before = known.model_dump(mode="json") if known else None
    work.record("set", "term_profile", code, before, found.model_dump(mode="json"))
    return found


def _profile_values(request: SetTermProfile, known: TermProfileRow | None) -> dict[str, Any]:
    given = request.model_dump(exclude={"code", "version"}, exclude_none=True)
    usual = {"counted_in": Unit.CALENDAR_DAYS, "shift": Direction.PREVIOUS, "counts_start": False}
    old = known.model_dump(exclude={"code", "version"}) if known else {**usual, "checked_on": None}
    values = {"paragraph": "", **old, **given}
    for name in _REQUIRED:
        if values.get(name) is None:
            raise EmptyText(field=name)
    if {"act", "paragraph"} & given.keys() and "checked_on" not in given:
        values["checked_on"] = None  # what was compared with the act was another text
    return {
        "title": clean(values["title"], "title", limit=200),
        "amount": values["amount"],
        "unit": values["counted_in"].value,
        "shift": values["shift"].value,
        "counts_start": values["counts_start"],
        "act": clean(values["act"], "act", limit=200),
        "paragraph": optional(values["paragraph"], "paragraph", limit=64) or "",
        "checked_on": values["checked_on"],
    }


def _forget_day(work: Work, day: date) -> None:
    table = CalendarDayTable
    work.db.execute(
        delete(table).where(
            col(table.organization_id) == work.organization_id, col(table.day) == day
        )
    )


def _open_terms(work: Work, day: date) -> int:
    table = AssignmentTable
    query = select(func.count()).where(
        col(table.organization_id) == work.organization_id,
        col(table.closed_at).is_(None),
        col(table.due) == day,
    )
    return work.db.scalar(query) or 0


def _still_due(count: int) -> list[str]:
    if not count:
        return []
    text = ngettext(
        "{count} open assignment still ends on this day: amend its term.",
        "{count} open assignments still end on this day: amend their terms.",
        count,
    )
    return [text.format(count=count)]


def _require_head_of_tree(work: Work) -> None:
    table = OrganizationTable
    parent = work.db.scalar(
        select(col(table.parent_id)).where(col(table.id) == work.organization_id)
    )
    if parent is not None:
        raise SharedCalendar


def _by_year(rows: tuple[CalendarRow, ...]) -> dict[int, list[CalendarRow]]:
    years: dict[int, dict[date, CalendarRow]] = defaultdict(dict)
    for number, row in enumerate(rows, 1):
        if row.day in years[row.day.year]:
            raise SameDayTwice(row=number, day=f"{row.day:%d.%m.%Y}")
        years[row.day.year][row.day] = row
    if not years:
        raise NothingToImport
    for year, days in years.items():
        missing = missing_holidays(year, {day: row.is_working for day, row in days.items()})
        if missing:
            days_text = ", ".join(f"{day:%d.%m.%Y}" for day in missing)
            raise HolidaysMissing(year=year, days=days_text)
    return {year: list(days.values()) for year, days in sorted(years.items())}


def _store_year(work: Work, year: int, source: str, rows: list[CalendarRow]) -> None:
    days, known = CalendarDayTable, CalendarYearTable
    work.db.execute(delete(known).where(col(known.year) == year))
    work.db.execute(
        delete(days).where(
            col(days.organization_id).is_(None),
            col(days.day).between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    work.db.execute(insert(known).values(year=year, source=source, loaded_at=work.now))
    work.db.execute(
        insert(days),
        [
            {
                "id": uuid4(),
                "organization_id": None,
                "branch": False,
                "day": row.day,
                "is_working": row.is_working,
                "note": optional(row.note, "note", limit=200) or "",
            }
            for row in rows
        ],
    )
