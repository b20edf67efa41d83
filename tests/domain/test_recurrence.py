"""Rules of schedules: which terms follow, and what is refused."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sed_tui.domain.recurrence import (
    Every,
    Weekday,
    checked_rule,
    next_periods,
    periods,
    rule_of,
    within_reach,
)
from sed_tui.errors.recurring import BadRule

START = date(2027, 1, 31)


def first(rule: str, start: date = START, count: int = 3) -> list[str]:
    return [f"{day:%d.%m.%Y}" for day in islice(periods(rule, start, None), count)]


@pytest.mark.parametrize(
    ("every", "options", "terms"),
    [
        (Every.WEEK, {"weekday": Weekday.FRIDAY}, ["05.02.2027", "12.02.2027", "19.02.2027"]),
        (Every.WEEK, {"interval": 2}, ["31.01.2027", "14.02.2027", "28.02.2027"]),
        (Every.MONTH, {}, ["31.01.2027", "28.02.2027", "31.03.2027"]),
        (Every.MONTH, {"day": "30"}, ["28.02.2027", "30.03.2027", "30.04.2027"]),
        (Every.MONTH, {"day": "last"}, ["31.01.2027", "28.02.2027", "31.03.2027"]),
        (Every.MONTH, {"day": "10"}, ["10.02.2027", "10.03.2027", "10.04.2027"]),
        (Every.QUARTER, {"day": "last"}, ["31.03.2027", "30.06.2027", "30.09.2027"]),
        (Every.QUARTER, {"day": "10"}, ["10.04.2027", "10.07.2027", "10.10.2027"]),
        (Every.QUARTER, {"day": "31"}, ["31.01.2027", "30.04.2027", "31.07.2027"]),
        (Every.YEAR, {}, ["31.01.2027", "31.01.2028", "31.01.2029"]),
    ],
)
def test_terms_follow_from_how_often(
    every: Every, options: dict[str, Any], terms: list[str]
) -> None:
    assert first(rule_of(every, START, **options)) == terms


def test_the_29th_of_february_is_its_last_day_in_other_years() -> None:
    start = date(2028, 2, 29)

    assert first(rule_of(Every.YEAR, start), start) == ["29.02.2028", "28.02.2029", "28.02.2030"]


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=31", ["31.01.2027", "28.02.2027", "31.03.2027"]),
        ("freq=monthly", ["31.01.2027", "28.02.2027", "31.03.2027"]),
        ("FREQ=YEARLY", ["31.01.2027", "31.01.2028", "31.01.2029"]),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=31", ["28.02.2027", "30.04.2027", "29.02.2028"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["28.02.2027", "29.02.2028", "28.02.2029"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["26.02.2027", "26.03.2027", "30.04.2027"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ["01.02.2027", "04.02.2027", "08.02.2027"]),
    ],
)
def test_a_rule_loses_no_short_month(rule: str, terms: list[str]) -> None:
    assert first(checked_rule(rule, START)) == terms


@pytest.mark.parametrize(
    "rule",
    [
        *("", "каждый месяц", "FREQ=HOURLY", "FREQ=MONTHLY;COUNT=3"),
        *("FREQ=DAILY;UNTIL=20270101", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY\nDTSTART:20270101"),
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,4;BYMONTHDAY=31",
    ],
)
def test_what_is_no_rule_of_days_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        checked_rule(rule, START)


@pytest.mark.parametrize(
    ("every", "options"),
    [
        (Every.WEEK, {"day": "3"}),
        (Every.MONTH, {"weekday": Weekday.MONDAY}),
        (Every.MONTH, {"day": "0"}),
        (Every.MONTH, {"day": "32"}),
        (Every.QUARTER, {"interval": 2}),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    every: Every, options: dict[str, Any]
) -> None:
    with pytest.raises(BadRule):
        rule_of(every, START, **options)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 31), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_a_monthly_term_comes_every_month_once(day: int, start: date) -> None:
    found = next_periods(rule_of(Every.MONTH, start, day=str(day)), start, None, start, 13)
    months = [term.year * 12 + term.month for term in found]

    assert months == list(range(months[0], months[0] + 13))
    assert all(term.day <= day for term in found)


def test_what_may_be_due_reaches_over_holidays_and_ends_with_the_schedule() -> None:
    rule = rule_of(Every.MONTH, START, day="10")

    assert within_reach(rule, START, None, date(2027, 3, 1), 0)[-1] == date(2027, 3, 10)
    assert within_reach(rule, START, date(2027, 2, 28), date(2028, 1, 1), 5) == [date(2027, 2, 10)]
