"""Runs of missing ordinals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.gaps import missing_runs


def test_a_run_is_told_by_its_ends() -> None:
    assert list(missing_runs(1, 9, [1, 4, 9])) == [(2, 3), (5, 8)]
    assert list(missing_runs(1, 3, [])) == [(1, 3)]
    assert list(missing_runs(1, 999_999_999, [1])) == [(2, 999_999_999)]


@given(st.integers(1, 20), st.integers(0, 40), st.sets(st.integers(0, 60)))
def test_the_runs_are_what_is_not_taken(start: int, length: int, taken: set[int]) -> None:
    last = start + length
    runs = missing_runs(start, last, sorted(taken))
    told = {n for first, end in runs for n in range(first, end + 1)}

    assert told == set(range(start, last + 1)) - taken
