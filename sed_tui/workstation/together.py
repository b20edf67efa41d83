"""Jobs side by side, none of which may keep the others waiting."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def done_together(jobs: Mapping[str, Callable[[], Any]], seconds: float) -> dict[str, Any]:
    """Return the result of every job that ended in time; what hangs is left behind.

    The threads are daemons: a name server that never answers cannot keep the program open.
    """
    results: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    for name, job in jobs.items():
        Thread(target=_do, args=(name, job, results), daemon=True).start()
    deadline = monotonic() + seconds
    done: dict[str, Any] = {}
    while len(done) < len(jobs):
        try:
            name, result = results.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            break
        done[name] = result
    return done


def _do(name: str, job: Callable[[], Any], results: SimpleQueue[tuple[str, Any]]) -> None:
    results.put((name, job()))
