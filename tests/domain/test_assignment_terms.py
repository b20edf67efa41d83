"""How the terms of one assignment lie to each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.assignment_terms import (
    check_co_term,
    check_later,
    check_return,
    ends_after_parent,
    forbid_after_parent,
    is_filed_late,
    shifted,
)
from sed_tui.domain.calendar import Direction
from sed_tui.errors.assignment_terms import ChildTermTooLate, NotLater, TermEarlier, TermTooLate
from tests.calendars import published

CALENDAR = published()
DAYS = st.dates(date(2026, 3, 1), date(2026, 10, 31))
FIRST, SECOND = date(2026, 11, 23), date(2026, 11, 24)


def test_a2_a_return_is_not_before_the_planned_term() -> None:
    check_return(FIRST, FIRST)
    check_return(SECOND, FIRST)
    check_return(None, None)
    for due in (FIRST, None):
        with pytest.raises(TermEarlier):
            check_return(due, SECOND)


def test_a3_helpers_end_with_the_executor_or_before() -> None:
    for co_due, due in ((FIRST, FIRST), (FIRST, None), (None, FIRST)):
        check_co_term(co_due, due)
    with pytest.raises(TermTooLate):
        check_co_term(SECOND, FIRST)


def test_a4_a_child_without_a_term_ends_after_its_parent() -> None:
    assert not ends_after_parent(FIRST, FIRST)
    assert not ends_after_parent(None, None)
    assert ends_after_parent(None, FIRST)
    forbid_after_parent(FIRST, SECOND)
    with pytest.raises(ChildTermTooLate):
        forbid_after_parent(SECOND, FIRST)


def test_an_extension_extends() -> None:
    check_later(SECOND, FIRST)
    for wanted in (FIRST, None):
        with pytest.raises(NotLater):
            check_later(wanted, FIRST)


@pytest.mark.parametrize(
    ("today", "notice", "late"),
    [
        (date(2026, 11, 24), 0, False),
        (date(2026, 11, 25), 0, True),
        (date(2026, 11, 19), 3, False),
        (date(2026, 11, 20), 3, True),
    ],
)
def test_a_request_is_late_after_the_term_or_within_the_notice(
    today: date, notice: int, late: bool
) -> None:
    assert is_filed_late(today, SECOND, notice, CALENDAR) is late


@given(DAYS, DAYS, DAYS)
def test_a4_terms_move_by_the_same_working_days(due: date, one: date, other: date) -> None:
    before, after = sorted((one, other))
    due = CALENDAR.nearest(due, Direction.NEXT)
    moved = shifted(due, before, after, CALENDAR)

    assert CALENDAR.is_working(moved)
    assert moved >= due
    assert CALENDAR.working_days_between(due, moved) == CALENDAR.working_days_between(before, after)
