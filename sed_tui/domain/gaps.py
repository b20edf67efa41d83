"""Which ordinals of a counter are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def missing_runs(start: int, last: int, taken: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last ordinal of every run between `start` and `last` not taken.

    `taken` comes in rising order. Runs and not ordinals: a number typed wrong by hand
    may leave a hundred million out.
    """
    expected = start
    for ordinal in taken:
        if ordinal < expected:
            continue
        if ordinal > last:
            break
        if ordinal > expected:
            yield expected, ordinal - 1
        expected = ordinal + 1
    if expected <= last:
        yield expected, last
