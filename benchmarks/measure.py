"""Timing contenders turn by turn, so that a noisy machine is noisy for all of them."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours against a limit or a peer; `target` is the greatest ratio that is good enough."""

    ours: str
    limit: str
    target: float


def interleaved(
    contenders: Mapping[str, Callable[[], object]],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Run every contender once a round and return the median of each, in seconds of a clock."""
    return interleaved_by((clock,), contenders, rounds)[0]


def interleaved_by(
    clocks: Sequence[Callable[[], float]],
    contenders: Mapping[str, Callable[[], object]],
    rounds: int = ROUNDS,
) -> list[dict[str, float]]:
    """Do the same, and return the medians by each of several clocks of the same runs."""
    seconds: list[dict[str, list[float]]] = [{name: [] for name in contenders} for _ in clocks]
    for _ in range(rounds):
        for name, run in contenders.items():
            starts = [clock() for clock in clocks]
            run()
            for one, start, clock in zip(seconds, starts, clocks, strict=True):
                one[name].append(clock() - start)
    return [{name: statistics.median(values) for name, values in one.items()} for one in seconds]


def spent_by(*processes: int) -> float:
    """Return the processor time of processes that run, in seconds (clock_getcpuclockid(3))."""
    return sum(time.clock_gettime((~process << 3) | 2) for process in processes)


def report(title: str, medians: Mapping[str, float], comparisons: list[Comparison]) -> None:
    """Print the medians, and each ratio beside its target."""
    print(f"\n## {title}")
    width = max(map(len, medians))
    for name, seconds in medians.items():
        print(f"  {name:<{width}}  {seconds * 1000:10.2f} ms")
    for comparison in comparisons:
        ratio = medians[comparison.ours] / medians[comparison.limit]
        verdict = "met" if ratio <= comparison.target else "MISSED"
        print(
            f"  {comparison.ours} / {comparison.limit} = {ratio:.2f}"
            f"  (target ≤ {comparison.target:g}: {verdict})"
        )
