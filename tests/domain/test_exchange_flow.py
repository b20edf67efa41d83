"""States of the exchange: ranks grow, any order ends in the same state, contradictions wait."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from sed_tui.domain.exchange_flow import (
    LEADS_TO,
    RANKS,
    STATE_TITLES,
    Consequence,
    MessageState,
    Signal,
    may_be_resent,
    pause_after,
    step,
)

_S = MessageState
OWN = {Signal.SENT, Signal.TIMEOUT, Signal.NOT_CARRIED}
TOLD = [signal for signal in Signal if signal not in OWN]
USUAL = (
    Signal.SENT,
    Signal.ACCEPTED,
    Signal.REGISTERED,
    Signal.EXECUTOR_ASSIGNED,
    Signal.COURSE_CHANGED,
    Signal.REPORT_SENT,
)


def after(signals: tuple[Signal, ...], state: MessageState = _S.PREPARED) -> MessageState:
    for signal in signals:
        state = step(state, signal).state
    return state


@pytest.mark.parametrize("state", RANKS)
@pytest.mark.parametrize("signal", list(Signal))
def test_a_rank_never_falls_and_what_is_repeated_changes_nothing(
    state: MessageState, signal: Signal
) -> None:
    done = step(state, signal)

    assert RANKS[done.state] >= RANKS[state]
    assert (done.consequence is Consequence.APPLIED) == (done.state != state)
    if done.consequence is Consequence.APPLIED:
        assert done.state is LEADS_TO[signal]
    assert step(done.state, signal).state is done.state


def test_the_usual_way_ends_in_one_state_whatever_the_order() -> None:
    assert {after(order) for order in permutations(USUAL)} == {_S.REPORT_SENT}


@pytest.mark.parametrize("signal", TOLD)
def test_a_notification_proves_delivery_without_a_receipt(signal: Signal) -> None:
    assert step(_S.SENT, signal).state is LEADS_TO[signal]
    # and that it was sent, where we died before we could say so
    assert step(_S.PREPARED, signal).state is LEADS_TO[signal]


@pytest.mark.parametrize("state", [one for one in RANKS if RANKS[one] >= RANKS[_S.REGISTERED]])
def test_a_refusal_after_a_registration_is_never_applied_silently(state: MessageState) -> None:
    expected = Consequence.LOGGED if state is _S.REFUSED else Consequence.CLERK

    assert step(state, Signal.REFUSED).consequence is expected
    assert step(_S.REFUSED, Signal.REGISTERED).consequence is Consequence.CLERK


def test_two_receipts_that_contradict_are_looked_at() -> None:
    assert step(_S.NOT_ACCEPTED, Signal.ACCEPTED).consequence is Consequence.CLERK
    assert step(_S.DELIVERED, Signal.NOT_ACCEPTED).consequence is Consequence.CLERK
    assert step(_S.NOT_ACCEPTED, Signal.REGISTERED).consequence is Consequence.CLERK


def test_silence_makes_a_letter_undelivered_until_anything_is_heard() -> None:
    assert step(_S.SENT, Signal.TIMEOUT).state is _S.UNDELIVERED
    assert {step(state, Signal.TIMEOUT).state for state in RANKS if state is not _S.SENT} == (
        set(RANKS) - {_S.SENT}
    )
    for signal in TOLD:
        assert step(_S.UNDELIVERED, signal).state is LEADS_TO[signal]


def test_nobody_speaks_of_a_letter_that_was_never_formed() -> None:
    assert {step(_S.FORMATION_FAILED, signal).consequence for signal in TOLD} == {Consequence.CLERK}


def test_what_did_not_arrive_may_be_sent_again() -> None:
    assert {state for state in RANKS if may_be_resent(state)} == {
        _S.FORMATION_FAILED,
        _S.GIVEN_UP,
        _S.UNDELIVERED,
        _S.NOT_CARRIED,
        _S.NOT_ACCEPTED,
        _S.REFUSED,
    }


def test_pauses_grow_to_four_hours() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 20)]

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=4)


def test_every_state_has_a_name() -> None:
    assert set(STATE_TITLES) == set(MessageState)
