"""What is learned of messages that were sent: receipts, notifications, silence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from sed_tui.domain.exchange_flow import (
    RECEIPT_WITHIN,
    Consequence,
    Direction,
    JournalEvent,
    MessageKind,
    MessageState,
    Signal,
    step,
)
from sed_tui.exchange.message import Acknowledgment, Event, Notification
from sed_tui.handlers.exchange_record import (
    COLUMNS,
    MESSAGE,
    StoredMessage,
    change,
    note,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.exchange.message import Number
    from sed_tui.handlers.work import Work

_EVENTS: dict[Consequence, JournalEvent] = {
    Consequence.APPLIED: JournalEvent.LEARNED,
    Consequence.LOGGED: JournalEvent.LOGGED,
    Consequence.CLERK: JournalEvent.CONTRADICTED,
}
_OWN = {
    Signal.SENT: JournalEvent.SENT,
    Signal.TIMEOUT: JournalEvent.TIMED_OUT,
    Signal.NOT_CARRIED: JournalEvent.NOT_CARRIED,
}


def learn(
    work: Work,
    message: StoredMessage,
    signal: Signal,
    *,
    detail: str | None = None,
    number: Number | None = None,
    reason: str | None = None,
) -> Consequence:
    """Do to an outgoing message what a signal does, and write it down either way.

    The row is locked by the caller. `number` is the one under which a letter was
    registered: it is kept whatever the order in which the partner's words arrive.
    """
    before = MessageState(message.row["state"])
    done = step(before, signal)
    values: dict[str, Any] = {}
    if signal is Signal.SENT:
        values |= _sent(work, message)
    if done.consequence is not Consequence.CLERK:
        if number is not None:
            values |= {"their_number": number.number[:100], "their_date": number.day}
        if done.consequence is Consequence.APPLIED and reason:
            values["reason"] = reason[:1000]
    if done.consequence is Consequence.APPLIED or values:
        values["told_at"] = work.now
        change(work, message, done.state, **values)
    event = _EVENTS[done.consequence]
    if done.consequence is Consequence.APPLIED:
        event = _OWN.get(signal, event)
    note(work, message.id, event, done.state.value, detail or _told(signal, number, reason))
    if done.consequence is Consequence.APPLIED and message.row["kind"] == MessageKind.LETTER.value:
        _record(work, message, before, done.state, number, reason)
    return done.consequence


def signal_of(body: Notification | Acknowledgment) -> Signal:
    """Return what a notification or a receipt means for the letter it speaks of."""
    if isinstance(body, Acknowledgment):
        return Signal.ACCEPTED if body.accepted else Signal.NOT_ACCEPTED
    if body.event is Event.COURSE_CHANGED:
        return Signal.COURSE_CHANGED
    return Signal(body.event.value)


def letter_spoken_of(work: Work, partner_id: UUID, document_uid: str) -> StoredMessage | None:
    """Return the last message by which a document went to a partner, locked."""
    return _sent_message(work, _letters(), partner=partner_id, document=document_uid)


def message_acknowledged(work: Work, partner_id: UUID, message_uid: str) -> StoredMessage | None:
    """Return the message that a receipt of a partner speaks of, locked."""
    return _sent_message(work, _acknowledged(), partner=partner_id, message=message_uid)


def _sent_message(work: Work, query: Any, **named: Any) -> StoredMessage | None:
    own = {"organization": work.organization_id, **named}
    row = work.db.execute(query, own).mappings().one_or_none()
    return None if row is None else StoredMessage(row["id"], dict(row))


@cache
def _letters() -> Any:
    """Return the query, built once as the one below: every letter and answer asks it."""
    return _last_sent(
        MESSAGE.c.document_uid == bindparam("document"),
        MESSAGE.c.thread == bindparam("document"),
        MESSAGE.c.kind == MessageKind.LETTER.value,
    )


@cache
def _acknowledged() -> Any:
    return _last_sent(MESSAGE.c.message_uid == bindparam("message"))


def _last_sent(*conditions: Any) -> Any:
    return (
        select_columns()
        .where(
            MESSAGE.c.organization_id == bindparam("organization"),
            MESSAGE.c.direction == Direction.OUT.value,
            MESSAGE.c.partner_id == bindparam("partner"),
            *conditions,
        )
        .order_by(MESSAGE.c.position.desc())
        .limit(1)
        .with_for_update()
    )


def select_columns() -> Any:
    """Return a query of messages without their bytes."""
    return select(*COLUMNS)


def _sent(work: Work, message: StoredMessage) -> dict[str, Any]:
    awaits = message.row["kind"] == MessageKind.LETTER.value
    return {
        "sent_at": work.now,
        "receipt_by": work.now + RECEIPT_WITHIN if awaits else None,
        "claimed_at": None,
        "last_error": None,
    }


def _told(signal: Signal, number: Number | None, reason: str | None) -> str | None:
    if number is not None:
        day = f" {number.day:%d.%m.%Y}" if number.day else ""
        return f"№ {number.number}{day}"
    return reason or (None if signal in _OWN else signal.value)


def _record(
    work: Work,
    message: StoredMessage,
    before: MessageState,
    after: MessageState,
    number: Number | None,
    reason: str | None,
) -> None:
    """Let the history of the card tell what became of its letter."""
    document = message.row["document_id"]
    if document is None:
        return
    told: dict[str, Any] = {"exchange_state": after.value}
    if number is not None:
        told["their_number"] = number.number
    if reason:
        told["refusal"] = reason
    work.record("exchange", "document", document, {"exchange_state": before.value}, told)
