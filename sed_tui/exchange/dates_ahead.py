"""Dates of a message that have not come yet: noted, so that a registrar sees them first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.clock import latest_day
from sed_tui.exchange.message import Acknowledgment, Letter, Notification
from sed_tui.exchange.remarks import Oddity, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from sed_tui.exchange.message import Message

CLOCKS_DIFFER = timedelta(hours=1)
"""So far a partner's clock may be ahead of ours without a remark."""


def dates_ahead(message: Message, now: datetime, zone: ZoneInfo) -> list[Remark]:
    """Return a remark on each date after today, and each instant after `now`.

    Where the sender's day has begun and ours has not, it is his: `zone` is his time zone.
    """
    instants = [(name, at) for name, at in _instants(message) if at and at > now + CLOCKS_DIFFER]
    today = latest_day(now, zone)
    days = [(name, day) for name, day in _days(message) if day and day > today]
    found = [*((name, latest_day(at, zone)) for name, at in instants), *days]
    return [Remark(Oddity.DATE_AHEAD, f"{name}: {day:%d.%m.%Y}") for name, day in found]


def _instants(message: Message) -> Iterator[tuple[str, datetime | None]]:
    yield "created", message.created
    if isinstance(message.body, Notification | Acknowledgment):
        yield "time", message.body.at


def _days(message: Message) -> Iterator[tuple[str, date | None]]:
    body = message.body
    if isinstance(body, Letter | Notification) and body.number is not None:
        yield "num/date", body.number.day
    if isinstance(body, Letter):
        for signatory in body.signatories:
            yield "signed", signatory.signed_on
