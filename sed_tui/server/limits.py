"""How much, how long and how many at once."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one worker.

    `body` is in bytes, for everything but files, which have a limit of their own. `calls`
    run at once, each with a connection to the database; the rest wait, up to `seconds` in
    all: Python runs one at a time, so that twelve were slower by a fifth than six, and their
    slowest hundredth by a third.

    A sender of a file that pauses for `pause` seconds is given up, and so is one who, after
    as long, has sent fewer than `pace` bytes a second; a reader likewise. Of a body
    whose sender is not known yet no more than `unknown` bytes are read, and no longer than
    `unknown_seconds`.
    """

    body: int = 16 * 1024**2
    seconds: float = SECONDS
    pause: float = 30
    pace: int = 1024
    unknown: int = 64 * 1024
    unknown_seconds: float = 10
    calls: int = 6
    transfers: int = 8
    sign_ins: int = 2
