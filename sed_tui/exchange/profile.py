"""How a partner wants to be written to, and what it may be forgiven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Profile:
    """What a partner takes: edition 2.2 or 2.6, encoding, kinds of files, time zone.

    `zone` is a name of the time zone database: most messages tell no zone of their own.
    """

    version: str = "2.2"
    encoding: str = "windows-1251"
    kinds: tuple[str, ...] = ("pdf",)
    zone: str = "Europe/Moscow"

    @property
    def tz(self) -> ZoneInfo:
        """Return the time zone of instants that name none."""
        return ZoneInfo(self.zone)


ProfileOf = Callable[[str], Profile]
"""Tells the profile of a sender by its identifier: a message is read by that of its own."""
