"""A fair queue of writers on one SQLite file, across processes.

`busy_timeout` alone does not queue: one of eight writers waited 2.2 s while another
wrote 20,000 rows. Two file locks make a turnstile: whoever waits for the write lock
holds the queue lock, so a writer that has just finished cannot overtake it.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sed_tui.errors.installation import LockHeld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS = 30.0

if os.name == "nt":
    import msvcrt

    def _lock(handle: int, *, wait: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _lock(handle: int, *, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def turn(database: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the right to write to a database file, first come first served.

    Raises `LockHeld` when it has not come after `patience` seconds.
    """
    queue = _take(database, ".queue.lock", patience)
    try:
        write = _take(database, ".write.lock", patience)
    finally:
        os.close(queue)
    try:
        yield
    finally:
        os.close(write)


def _take(database: Path, suffix: str, patience: float) -> int:
    handle = os.open(f"{database}{suffix}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, wait=False)
    except OSError:
        _wait(handle, database, patience)
    return handle


def _wait(handle: int, database: Path, patience: float) -> None:
    # a blocking lock keeps the kernel's order, which polling would lose, but it cannot
    # be given a time limit: a thread waits, and gives the lock back if it comes too late
    done, gone = threading.Event(), threading.Event()

    def wait() -> None:
        _lock(handle, wait=True)
        done.set()
        if gone.is_set():
            os.close(handle)

    threading.Thread(target=wait, daemon=True).start()
    if not done.wait(patience):
        gone.set()
        raise LockHeld(database=str(database), seconds=int(patience))
