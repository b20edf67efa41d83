"""The production calendar: official counts, and no guessing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.calendar import Direction, WorkingCalendar
from sed_tui.errors.terms import CalendarYearUnknown
from sed_tui.storage.production_calendar import published_years
from tests.calendars import published

OFFICIAL = {
    2012: 249,
    2013: 247,
    2014: 247,
    2015: 247,
    2016: 247,
    2017: 247,
    2018: 247,
    2019: 247,
    2020: 248,
    2021: 247,
    2022: 247,
    2023: 247,
    2024: 248,
    2025: 247,
    2026: 247,
}
KNOWN_DAYS = st.dates(date(2012, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("year", "count"), OFFICIAL.items())
def test_a_year_has_the_official_number_of_working_days(year: int, count: int) -> None:
    before = date(year, 1, 1)

    assert not published().is_working(before)
    assert published().working_days_between(before, date(year, 12, 31)) == count


@pytest.mark.parametrize("day", [date(2011, 12, 30), date(2028, 1, 10), date(2100, 6, 1)])
def test_a_year_that_is_not_published_is_refused_by_name(day: date) -> None:
    with pytest.raises(CalendarYearUnknown) as failure:
        published().is_working(day)

    assert str(day.year) in str(failure.value)
    assert "2012–2027" in failure.value.advice


def test_a_count_over_an_unknown_year_is_refused() -> None:
    known = WorkingCalendar(frozenset({2025, 2027}), frozenset(), frozenset())

    with pytest.raises(CalendarYearUnknown) as failure:
        known.working_days_between(date(2025, 12, 1), date(2027, 1, 20))
    assert failure.value.details["year"] == 2026
    assert failure.value.details["known"] == "2025, 2027"
    assert not known.covers(date(2025, 12, 1), date(2027, 1, 20))
    assert known.knows(date(2025, 12, 1), date(2027, 1, 20))


def test_a_working_saturday_is_worked_and_a_transferred_day_is_not() -> None:
    assert published().is_working(date(2025, 11, 1))
    assert not published().is_working(date(2025, 5, 2))
    assert published().notes[date(2025, 5, 2)].startswith("Выходной (перенесено")


def test_only_years_of_the_table_of_transfers_are_published() -> None:
    assert published_years()[0] == 2012
    assert set(OFFICIAL) <= set(published_years())


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_counting_by_search_equals_counting_day_by_day(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    end = min(end, start + timedelta(days=500))
    days = ((start + timedelta(days=n + 1)) for n in range((end - start).days))

    assert published().working_days_between(start, end) == sum(
        published().is_working(day) for day in days
    )


@given(KNOWN_DAYS, st.sampled_from([Direction.PREVIOUS, Direction.NEXT]))
def test_the_nearest_working_day_is_worked_and_lies_that_way(
    day: date, direction: Direction
) -> None:
    if direction is Direction.PREVIOUS and day < date(2012, 1, 10):
        return
    found = published().nearest(day, direction)

    assert published().is_working(found)
    assert found <= day if direction is Direction.PREVIOUS else found >= day
