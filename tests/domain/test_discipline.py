"""The three formulas of execution discipline, and how a period selects."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.ageing import ageing
from sed_tui.domain.discipline import Outcome, Tally, came_due, outcome, percent, verdicts
from sed_tui.domain.report_period import Basis, period_of
from sed_tui.errors.terms import WrongOrder

DAY = date(2026, 11, 25)
PERIOD = period_of(DAY, None, None, Basis.TERM)


def test_the_same_assignments_give_three_numbers() -> None:
    tally = Tally(in_time=5, late=1, running=3, overdue=1, came_due=6, came_due_in_time=4)

    assert (tally.f1, tally.f2, tally.f3) == (71, 80, 67)
    assert tally.total == 10


def test_where_nothing_is_decided_f1_is_full_and_nothing_is_nothing() -> None:
    assert (Tally(running=2).f1, Tally(running=2).f2, Tally(running=2).f3) == (100, 100, None)
    assert (Tally(stopped=2).f1, Tally(stopped=2).f2, Tally().executed_percent) == (None,) * 3


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 8, 13), (1, 200, 1), (1, 201, 0), (5, 200, 3), (0, 0, None)]
)
def test_halves_are_rounded_away_from_zero(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("state", "due", "reported", "expected"),
    [
        ("executed", "2026-11-20", "2026-11-20", Outcome.IN_TIME),
        ("executed", "2026-11-20", "2026-11-21", Outcome.LATE),
        ("executed", None, "2026-11-21", Outcome.IN_TIME),
        ("in_work", "2026-11-24", None, Outcome.OVERDUE),
        ("in_work", "2026-11-25", None, Outcome.RUNNING),
        ("in_work", None, None, Outcome.RUNNING),
        ("acceptance", "2026-11-20", "2026-11-20", Outcome.RUNNING),
        ("acceptance", "2026-11-20", "2026-11-21", Outcome.OVERDUE),
        ("stopped", "2026-11-20", None, Outcome.STOPPED),
    ],
)
def test_what_an_assignment_counts_as(
    state: str, due: str | None, reported: str | None, expected: Outcome
) -> None:
    due_on, reported_on = (date.fromisoformat(text) if text else None for text in (due, reported))

    assert outcome(state, due_on, reported_on, DAY) is expected


@given(st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans())))
def test_the_formulas_are_the_sums_of_their_verdicts(
    assignments: list[tuple[Outcome, bool]],
) -> None:
    tally = sum(
        (
            Tally(
                **{what.value: 1},
                came_due=counted and what is not Outcome.STOPPED,
                came_due_in_time=counted and what is Outcome.IN_TIME,
            )
            for what, counted in assignments
        ),
        Tally(),
    )
    for name in ("f1", "f2", "f3"):
        said = [verdicts(what, counted=counted)[name] for what, counted in assignments]
        share = percent(said.count(True), len(said) - said.count(None))
        full = name == "f1" and share is None and tally.running
        assert getattr(tally, name) == (100 if full else share)


def test_a_period_is_the_year_up_to_the_day_by_default() -> None:
    assert (PERIOD.since, PERIOD.until) == (date(2026, 1, 1), DAY)
    march = period_of(DAY, None, date(2025, 3, 31), Basis.TERM)
    assert march.since == date(2025, 1, 1)
    with pytest.raises(WrongOrder):
        period_of(DAY, DAY, date(2026, 11, 24), Basis.TERM)


def test_a_term_to_come_has_not_come() -> None:
    year = period_of(DAY, None, date(2026, 12, 31), Basis.TERM)

    assert came_due(DAY, year, DAY)
    assert not came_due(date(2026, 11, 26), year, DAY)
    assert not came_due(date(2025, 11, 26), year, DAY)
    assert not came_due(None, year, DAY)


def test_what_is_late_is_told_in_spans_of_days() -> None:
    assert ageing([1, 3, 4, 10, 11, 31, 90, 91, 400]) == [
        (1, 3, 2),
        (4, 10, 2),
        (11, 30, 1),
        (31, 90, 2),
        (91, None, 2),
    ]
