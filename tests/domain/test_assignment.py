"""An assignment as it stands: its states, its sign, and when it is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.assignment import (
    CLOSED,
    OPEN,
    STATE_TITLES,
    AssignmentState,
    Standing,
    Urgency,
    is_overdue,
    urgency,
)

AUTHOR, EXECUTOR, CONTROLLER = (UUID(int=n) for n in range(1, 4))
TODAY = date(2026, 11, 23)
STANDING = Standing(
    state=AssignmentState.IN_WORK,
    on_control=True,
    author=AUTHOR,
    executor=EXECUTOR,
    controller=CONTROLLER,
    due=date(2026, 12, 1),
    reported_on=None,
)


def test_open_and_closed_states_are_all_the_states() -> None:
    assert set(AssignmentState) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert set(STATE_TITLES) == set(AssignmentState)


@pytest.mark.parametrize(
    ("due", "reported", "state", "late"),
    [
        (-1, None, AssignmentState.IN_WORK, True),
        (0, None, AssignmentState.IN_WORK, False),
        (None, None, AssignmentState.IN_WORK, False),
        (-5, -5, AssignmentState.ACCEPTANCE, False),
        (-5, -4, AssignmentState.ACCEPTANCE, True),
        (-5, None, AssignmentState.REWORK, True),
        (-5, -4, AssignmentState.EXECUTED, False),
        (-5, None, AssignmentState.STOPPED, False),
    ],
)
def test_a15_a16_what_is_overdue(
    due: int | None, reported: int | None, state: AssignmentState, late: bool
) -> None:
    day = {n: TODAY + timedelta(days=n) for n in range(-5, 1)}
    standing = replace(
        STANDING,
        state=state,
        due=None if due is None else day[due],
        reported_on=None if reported is None else day[reported],
    )

    assert is_overdue(standing, TODAY) is late


@given(st.integers(-400, 400), st.sampled_from(AssignmentState), st.booleans())
def test_every_assignment_has_one_sign(days: int, state: AssignmentState, has_term: bool) -> None:
    due = TODAY + timedelta(days=days) if has_term else None
    reported = TODAY if state in {AssignmentState.ACCEPTANCE, AssignmentState.EXECUTED} else None
    sign = urgency(replace(STANDING, state=state, due=due, reported_on=reported), TODAY)

    assert (sign is Urgency.CLOSED) is (state in CLOSED)
    if sign is Urgency.OVERDUE:
        assert days < 0
    if sign in {Urgency.TODAY, Urgency.SOON}:
        assert 0 <= days <= 3
