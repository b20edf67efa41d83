"""The production calendar and terms as operations, on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.errors.terms import CalendarYearUnknown, UnknownTermProfile, WrongOrder
from sed_tui.operations.calendar import (
    EXPLAIN,
    PROFILES,
    SHOW,
    WORKDAYS,
    CountWorkingDays,
    ExplainTerm,
    ListTermProfiles,
    ShowCalendar,
)

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def test_a_term_is_counted_by_the_stored_calendar(gateway: LocalGateway) -> None:
    request = ExplainTerm(start=date(2025, 6, 10), term="срочно")
    found = gateway.call(EXPLAIN, request)

    assert (found.nominal, found.effective) == (date(2025, 6, 13), date(2025, 6, 11))
    assert found.shifted_by == -2
    assert "Выходной (перенесено" in found.explanation[2]


def test_a_profile_counts_its_own_term(gateway: LocalGateway) -> None:
    appeal = gateway.call(EXPLAIN, ExplainTerm(start=date(2025, 12, 1), profile="appeal"))
    none = gateway.call(EXPLAIN, ExplainTerm(start=date(2025, 12, 1), term="без срока"))

    assert appeal.effective == date(2025, 12, 30)
    assert (none.nominal, none.effective, none.shifted_by) == (None, None, 0)
    with pytest.raises(UnknownTermProfile) as failure:
        gateway.call(EXPLAIN, ExplainTerm(start=date(2025, 12, 1), profile="appeals"))
    assert "month, " in failure.value.advice


def test_a_year_is_shown_with_what_differs_from_the_week(gateway: LocalGateway) -> None:
    year = gateway.call(SHOW, ShowCalendar(year=2024))
    worked = [day.day for day in year.days if day.is_working]

    assert year.working_days == sum(month.working_days for month in year.months) == 248
    assert worked == [date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28)]
    assert year.source.startswith("holidays ")
    with pytest.raises(CalendarYearUnknown):
        gateway.call(SHOW, ShowCalendar(year=2040))


def test_both_ends_of_a_period_are_counted(gateway: LocalGateway) -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    counted = gateway.call(WORKDAYS, CountWorkingDays(start=friday, end=monday))

    assert (counted.days, counted.working_days) == (4, 2)
    one = gateway.call(WORKDAYS, CountWorkingDays(start=friday, end=friday))
    assert (one.days, one.working_days) == (1, 1)
    with pytest.raises(WrongOrder):
        gateway.call(WORKDAYS, CountWorkingDays(start=monday, end=friday))


def test_profiles_are_data_of_the_organization(gateway: LocalGateway) -> None:
    rows = gateway.call(PROFILES, ListTermProfiles()).rows
    month = rows[0]

    assert (month.code, month.amount, month.counted_in) == ("month", 1, Unit.MONTHS)
    assert month.shift is Direction.PREVIOUS
    assert month.checked_on is None
    assert all(row.act for row in rows)
    assert {row.code for row in rows} >= {"urgent", "prompt", "appeal", "parliamentary"}
