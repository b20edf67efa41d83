"""Messages put into the outbox, in the transaction of what they tell of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import update

from sed_tui.domain.exchange_flow import Direction, JournalEvent, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors.exchange import CannotBeSent, NotInEdition, PartNotFilled
from sed_tui.errors.exchange_partners import NotFormedAgain
from sed_tui.exchange.formats import FORMATS
from sed_tui.exchange.message import Acknowledgment, Letter, Message, Notification, Participant
from sed_tui.exchange.message_json import body_name, message_as_json, message_of_json
from sed_tui.exchange.reason_codes import failure, worded
from sed_tui.handlers.exchange_record import (
    MESSAGE,
    FileOfMessage,
    StoredMessage,
    locked_message,
    next_position,
    note,
    store_message,
)
from sed_tui.handlers.organization_name import organization_name
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.exchange.message import Number
    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.work import Work


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be sent, and what it belongs to."""

    body: Letter | Notification | Acknowledgment
    subject: str
    files: Sequence[FileOfMessage] = ()
    about: dict[str, Any] = field(default_factory=dict)
    """The columns that tie it to a card, a dispatch, another message."""
    is_official: bool = False


def queue(work: Work, partner: PartnerReference, outgoing: Outgoing) -> StoredMessage:
    """Put a message into the outbox; a local one is delivered in the same transaction.

    What the format refuses stays as a message that could not be formed, with the reason.
    """
    return locked_message(work, _queued(work, partner, outgoing))


def _queued(work: Work, partner: PartnerReference, outgoing: Outgoing) -> UUID:
    message = _message(work, partner, outgoing)
    raw, trouble = _formed(partner, message)
    thread, content = _thread(message), message_as_json(message)
    state = MessageState.FORMATION_FAILED if trouble else MessageState.PREPARED
    row = {
        **_told(message, thread),
        **outgoing.about,
        "partner_id": partner.id,
        "digest": sha256(raw or content.encode()).hexdigest(),
        "position": next_position(work, partner.id, thread) if thread else 1,
        "state": state.value,
        "subject": outgoing.subject,
        "is_official": outgoing.is_official,
        "content": content,
        "raw": raw,
        "size": len(raw or b"") + sum(one.size for one in outgoing.files),
        "next_attempt_at": work.now,
        "last_error": trouble,
    }
    stored = store_message(work, row, outgoing.files)
    event = JournalEvent.FORMATION_FAILED if trouble else JournalEvent.PREPARED
    note(work, stored, event, state.value, trouble)
    if not trouble and partner.channel is Channel.LOCAL:
        # the other organization answers through here
        from sed_tui.handlers.exchange_local import deliver

        deliver(work, partner, stored, message, outgoing.files)
    return stored


def _told(message: Message, thread: str | None) -> dict[str, Any]:
    """Return the columns that repeat what the message itself tells."""
    number = _number(message)
    return {
        "direction": Direction.OUT.value,
        "kind": body_name(message.body),
        "identity": message.uid,
        "message_uid": message.uid,
        "document_uid": thread,
        "thread": thread,
        "event": message.body.event.value if isinstance(message.body, Notification) else None,
        "number": number.number if number else None,
        "number_date": number.day if number else None,
    }


def form_again(
    work: Work, partner: PartnerReference, message: StoredMessage
) -> dict[str, bytes | str | int | None]:
    """Return what a message is made of by its partner's settings and both names of today.

    What it tells stays what was told then. Raises `NotFormedAgain`.
    """
    ends = _ends(work, partner)
    told = replace(message_of_json(message.row["content"]), **ends)
    raw, trouble = _formed(partner, told)
    if trouble:
        raise NotFormedAgain(
            field="message",
            message=short_id(message.id),
            partner=partner.code,
            reason=worded(trouble),
        )
    content = message_as_json(told)
    return {
        "content": content,
        "raw": raw,
        "digest": sha256(raw or content.encode()).hexdigest(),
        "size": message.row["size"] + len(raw or b""),
    }


def queue_receipt(
    work: Work,
    partner: PartnerReference,
    message_uid: str,
    answers: UUID,
    refusal: str | None = None,
) -> None:
    """Tell the sender that a message was taken in, or why it was not."""
    body = Acknowledgment(message_uid, work.now, accepted=refusal is None, comment=refusal or "")
    _queued(work, partner, Outgoing(body, refusal or "", about={"answers_id": answers}))


def repeat_receipt(work: Work, answers: UUID) -> bool:
    """Send the receipt of a message once more: the sender has perhaps not got it."""
    again = work.db.scalar(
        update(MESSAGE)
        .where(
            MESSAGE.c.answers_id == answers,
            MESSAGE.c.organization_id == work.organization_id,
            MESSAGE.c.direction == Direction.OUT.value,
            MESSAGE.c.kind == MessageKind.RECEIPT.value,
            MESSAGE.c.state.in_([MessageState.SENT.value, MessageState.NOT_CARRIED.value]),
            MESSAGE.c.raw.is_not(None),
        )
        .values(state=MessageState.PREPARED.value, next_attempt_at=work.now, claimed_at=None)
        .returning(MESSAGE.c.id)
    )
    if again is not None:
        note(work, again, JournalEvent.RECEIPT_AGAIN, MessageState.PREPARED.value)
    return again is not None


def _message(work: Work, partner: PartnerReference, outgoing: Outgoing) -> Message:
    return Message(
        body=outgoing.body,
        uid=str(uuid4()),
        created=work.now,
        **_ends(work, partner),
    )


def _ends(work: Work, partner: PartnerReference) -> dict[str, Any]:
    """Return who sends a message and who takes it, as both are called today."""
    return {
        "source": Participant(partner.row["own_uid"], organization_name(work)),
        "destinations": (Participant(partner.uid, partner.name),),
    }


def _formed(partner: PartnerReference, message: Message) -> tuple[bytes | None, str | None]:
    """Return the bytes of the message, or why there are none."""
    if partner.channel is Channel.LOCAL:
        return None, None
    try:
        with speaking("en"):  # what is not filled is kept as codes
            return FORMATS[partner.channel].emit(message, partner.profile), None
    except (CannotBeSent, NotInEdition, PartNotFilled) as error:
        return None, failure(error)


def _thread(message: Message) -> str | None:
    """Return what the order of sending is kept within: the document that is spoken of."""
    match message.body:
        case Letter(uid=uid) | Notification(document=uid):
            return uid
    return None


def _number(message: Message) -> Number | None:
    match message.body:
        case Letter(number=number) | Notification(number=number):
            return number
    return None
