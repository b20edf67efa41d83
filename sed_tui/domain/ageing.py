"""How long what is late has been late, in spans of days."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# the last day of each span; the one after the last has no end
SPANS = (3, 10, 30, 90)
# days after which lists say that something has lasted long
LONG_LATE = 10
LONG_WAITING = 3


def ageing(days: Iterable[int]) -> list[tuple[int, int | None, int]]:
    """Return first day, last day and how many of every span, from the shortest."""
    counted = Counter(bisect_left(SPANS, late) for late in days)
    firsts = (1, *(last + 1 for last in SPANS))
    return [
        (first, last, counted[place])
        for place, (first, last) in enumerate(zip(firsts, (*SPANS, None), strict=True))
    ]
