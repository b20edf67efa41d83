"""Notifications and acknowledgments read from messages of MEDO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.exchange import PartMissing
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.message import Acknowledgment, Event, Notification
from sed_tui.exchange.remarks import Oddity

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element

    from sed_tui.exchange.iedms_fields import Reader
    from sed_tui.exchange.message import Number, Signatory

_TRUE = {"true", "1"}


def read_notification(reader: Reader, element: _Element) -> Notification:
    """Return what became of a document. Raises `PartMissing`."""
    document = reader.attribute(element, "uid").lower()
    if not document:
        raise PartMissing(file=reader.file, part="notification/@uid")
    event, told = _event(reader, element)
    foundation = reader.number(reader.child(told, "foundation"), "num")
    number = _number(reader, event, told)
    if event is Event.REGISTERED and number is not None and number == foundation:
        reader.note(Oddity.NUMBER_ECHOED, number.number)
    return Notification(
        document=document,
        event=event,
        at=_time(reader, told),
        foundation=foundation,
        number=number,
        reason=_reason(reader, event, told),
        text=reader.long_text(told, "courseText"),
        secretary=reader.person_in(told, "secretary"),
        manager=reader.person_in(told, "manager"),
        executor=reader.person_in(told, "executor"),
        signatory=_signatory(reader, told),
        point=reader.text(told, "publicationPoint"),
        comment=reader.long_text(element, "comment"),
    )


def read_acknowledgment(reader: Reader, element: _Element) -> Acknowledgment:
    """Return whether a message was taken in. Raises `PartMissing`."""
    message = reader.attribute(element, "uid").lower()
    if not message:
        raise PartMissing(file=reader.file, part="acknowledgment/@uid")
    return Acknowledgment(
        message=message,
        at=_time(reader, element),
        accepted=reader.demanded(element, "accepted").lower() in _TRUE,
        comment=reader.long_text(element, "comment"),
    )


def _event(reader: Reader, element: _Element) -> tuple[Event, _Element]:
    for event, (_type, tag) in names.EVENTS.items():
        told = reader.child(element, tag)
        if told is not None:
            return event, told
    raise PartMissing(file=reader.file, part="notification/documentAccepted | …")


def _number(reader: Reader, event: Event, told: _Element) -> Number | None:
    if event is Event.REPORT_SENT:
        return reader.number(reader.child(told, "report"), "num")
    return reader.number(told, "num")


def _reason(reader: Reader, event: Event, told: _Element) -> str:
    reason = reader.text(told, "reason")
    if event is Event.REFUSED and reason not in names.REASONS_26:
        reader.note(Oddity.UNKNOWN_REASON, reason[:80])
    return reason


def _signatory(reader: Reader, told: _Element) -> Signatory | None:
    element = reader.child(told, "signatory")
    return None if element is None else reader.signatory(element)


def _time(reader: Reader, element: _Element) -> datetime:
    moment = reader.instant(reader.text(element, "time"), "time")
    if moment is None:
        raise PartMissing(file=reader.file, part="time")
    return moment
