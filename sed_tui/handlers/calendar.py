"""The production calendar shown, and terms counted and explained."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.terms import (
    DEFAULT_PROFILE,
    Deadline,
    FixedDay,
    TermProfile,
    WithoutTerm,
    deadline,
    parse_term,
)
from sed_tui.errors.terms import UnknownTermProfile, WrongOrder
from sed_tui.operations.calendar import (
    CalendarMonth,
    CalendarYear,
    CountWorkingDays,
    ExplainTerm,
    ListTermProfiles,
    ShowCalendar,
    SpecialDay,
    TermExplained,
    TermProfileRow,
    TermProfiles,
    WorkingDays,
)
from sed_tui.storage.calendar import load_profiles
from sed_tui.storage.tables.calendar import CalendarYearTable, TermProfileTable
from sed_tui.storage.versioned import versions_of

if TYPE_CHECKING:
    from sed_tui.domain.calendar import Direction, WorkingCalendar
    from sed_tui.handlers.work import Work

_DECEMBER = 12


def count_term(
    work: Work,
    text: str | None,
    start: date,
    *,
    profile: str | None = None,
    field: str = "due",
    whole: date | None = None,
    days_off: Direction | None = None,
) -> Deadline | None:
    """Return when a term ends as the organization counts, None for «без срока».

    `whole` is the end of the term that «доложите» takes half of; `days_off` says what
    happens to a day off named by its date, instead of the profile.

    Raises `BadTerm`, `UnknownTermProfile`, `CalendarYearUnknown`, `NotAWorkingDay`.
    """
    profiles = load_profiles(work.db, work.organization_id)
    chosen = _chosen(profiles, profile)
    term = parse_term(text, profiles.values(), chosen, field)
    if isinstance(term, FixedDay) and days_off is not None:
        term = replace(term, profile=replace(term.profile, shift=days_off))
    return None if isinstance(term, WithoutTerm) else deadline(term, start, work.calendar, whole)


def explain_term(work: Work, request: ExplainTerm) -> TermExplained:
    """Count a term without issuing anything."""
    profile = request.profile
    if request.document and not profile and not (request.term or "").strip():
        from sed_tui.handlers.kind_terms import profile_of_kind  # for terms that are left out
        from sed_tui.handlers.references import find_document

        profile = profile_of_kind(work, find_document(work, request.document).id)
    found = count_term(
        work,
        request.term,
        request.start,
        profile=profile,
        field="term",
        whole=request.whole,
        days_off=request.days_off,
    )
    return TermExplained(
        nominal=found.nominal if found else None,
        effective=found.effective if found else None,
        shifted_by=found.shifted_by if found else 0,
        explanation=tell(lines_of(found)),
    )


def show_calendar(work: Work, request: ShowCalendar) -> CalendarYear:
    """Return a year month by month, with the days that differ from their weekday."""
    known = work.calendar
    first = date(request.year, 1, 1)
    known.is_working(first)  # an unknown year is refused by name
    special = sorted(
        day for day in known.days_off | known.working_weekends if day.year == request.year
    )
    months = [_month(known, request.year, month) for month in range(1, _DECEMBER + 1)]
    return CalendarYear(
        year=request.year,
        source=_source(work, request.year),
        working_days=sum(month.working_days for month in months),
        months=months,
        days=[
            SpecialDay(day=day, is_working=known.is_working(day), note=known.notes.get(day, ""))
            for day in special
        ],
    )


def count_working_days(work: Work, request: CountWorkingDays) -> WorkingDays:
    """Count from one day to another, both included. Raises `WrongOrder`."""
    if request.end < request.start:
        raise WrongOrder(
            field="end", start=f"{request.start:%d.%m.%Y}", end=f"{request.end:%d.%m.%Y}"
        )
    return WorkingDays(
        start=request.start,
        end=request.end,
        days=(request.end - request.start).days + 1,
        working_days=work.calendar.is_working(request.start)
        + work.calendar.working_days_between(request.start, request.end),
    )


def list_term_profiles(work: Work, _request: ListTermProfiles) -> TermProfiles:
    """Return the profiles of the organization."""
    profiles = load_profiles(work.db, work.organization_id).values()
    versions = versions_of(work.db, TermProfileTable, work.organization_id)
    return TermProfiles(
        rows=[
            TermProfileRow(
                code=profile.code,
                title=profile.title,
                amount=profile.amount,
                counted_in=profile.unit,
                shift=profile.shift,
                counts_start=profile.counts_start,
                act=profile.act,
                paragraph=profile.paragraph,
                checked_on=profile.checked_on,
                version=versions[profile.code],
            )
            for profile in profiles
        ]
    )


def _chosen(profiles: dict[str, TermProfile], code: str | None) -> TermProfile:
    wanted = code or DEFAULT_PROFILE
    if wanted not in profiles:
        raise UnknownTermProfile(field="profile", profile=wanted, profiles=", ".join(profiles))
    return profiles[wanted]


def _month(known: WorkingCalendar, year: int, month: int) -> CalendarMonth:
    days = calendar.monthrange(year, month)[1]
    first = date(year, month, 1)
    worked = sum(known.is_working(first + timedelta(days=n)) for n in range(days))
    return CalendarMonth(month=month, days=days, working_days=worked)


def _source(work: Work, year: int) -> str:
    query = select(col(CalendarYearTable.source)).where(col(CalendarYearTable.year) == year)
    return work.db.scalars(query).one()
