"""Taking a message in that is understood already, whatever channel it came by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from sed_tui.domain.exchange_flow import (
    ANSWERED_BY_RECEIPT,
    Consequence,
    Direction,
    JournalEvent,
    MessageState,
    QuarantineReason,
)
from sed_tui.domain.exchange_partner import PartnerState, is_official
from sed_tui.domain.mail import header_text
from sed_tui.exchange.message import Acknowledgment, Event, Letter, Message, Notification
from sed_tui.exchange.message_json import body_name, message_as_json
from sed_tui.exchange.reason_codes import in_codes, signature, worded
from sed_tui.handlers.duma_notices import apply_notice
from sed_tui.handlers.exchange_learning import (
    learn,
    letter_spoken_of,
    message_acknowledged,
    signal_of,
)
from sed_tui.handlers.exchange_notification import (
    detail_of,
    is_known_meaning,
    meaning_of,
    refusal_of,
)
from sed_tui.handlers.exchange_queue import queue_receipt, repeat_receipt
from sed_tui.handlers.exchange_record import (
    COLUMNS,
    MESSAGE,
    FileOfMessage,
    StoredMessage,
    note,
    store_message,
)
from sed_tui.i18n import speaking
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.storage.locks import lock_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.exchange.remarks import Remark
    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent

NO_SUBJECT = "(без содержания)"
PARTNERS_LANGUAGE = "ru"


@dataclass(frozen=True, slots=True)
class Received:
    """A message that came in. `doubt` is why it is not to be taken, found before.

    `digest` is the same for the same content. `parts` are the staged bytes of the message and
    of its files, and `package` those of all of it, which quarantine keeps. `is_forced` says
    that a clerk wants it taken in spite of doubts.
    """

    message: Message
    files: Sequence[FileOfMessage]
    source: str
    remarks: Sequence[Remark] = ()
    digest: str = ""
    package: StagedContent | None = None
    size: int = 0
    doubt: QuarantineReason | None = None
    doubt_detail: str | None = None
    is_forced: bool = False
    parts: tuple[StagedContent, ...] = ()

    @property
    def content_digest(self) -> str:
        """Return the digest of the content, of its JSON where nothing travelled."""
        return self.digest or sha256(message_as_json(self.message).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: a new row, or the one that was there."""

    id: UUID
    outcome: TakeOutcome
    state: MessageState
    reason: str | None = None


def receive(work: Work, partner: PartnerReference, received: Received) -> Taken:
    """Take a message of a partner in, once; the receipt goes in the same transaction."""
    identity = _identity(partner, received)
    lock_name(work.db, work.organization_id, identity)
    known = known_message(work, identity)
    if known is not None and known.row["digest"] == received.content_digest:
        note(work, known.id, JournalEvent.REPEATED, known.row["state"])
        repeat_receipt(work, known.id)
        return Taken(known.id, TakeOutcome.ALREADY, MessageState(known.row["state"]))
    if known is not None and not received.is_forced:
        return quarantine(work, partner, received, QuarantineReason.UID_REPEATED)
    if known is not None:
        identity = f"{identity}:{received.content_digest[:32]}"
    match received.message.body:
        case Letter() as letter:
            return _letter(work, partner, received, letter, identity)
        case Notification() as notification:
            return _notification(work, partner, received, notification, identity)
        case Acknowledgment() as receipt:
            return _receipt(work, partner, received, receipt, identity)
    raise TypeError("containers are opened before they are received")


def quarantine(
    work: Work,
    partner: PartnerReference | None,
    received: Received,
    reason: QuarantineReason,
    detail: str | None = None,
) -> Taken:
    """Keep a message with all its bytes until a clerk decides; the same one is kept once."""
    identity = f"kept:{received.content_digest}"
    lock_name(work.db, work.organization_id, identity)
    known = known_message(work, identity)
    if known is not None:
        note(work, known.id, JournalEvent.REPEATED, known.row["state"])
        repeat_receipt(work, known.id)
        return Taken(known.id, TakeOutcome.ALREADY, MessageState(known.row["state"]))
    told = in_codes(reason, detail)
    row = _row(partner, received, identity, MessageState.QUARANTINED)
    package = received.package
    row |= {"reason": told, "event": reason.value}
    row["raw_sha256"] = package.sha256 if package else None
    stored = store_message(work, row, () if package else received.files)
    if package is not None:
        work.keep(package)
    note(work, stored, JournalEvent.QUARANTINED, MessageState.QUARANTINED.value, told)
    shown = {"state": "quarantined", "reason": reason.value, "subject": row["subject"]}
    work.record("quarantine", "exchange_message", stored, None, shown)
    if partner is not None and reason in ANSWERED_BY_RECEIPT:
        with speaking(PARTNERS_LANGUAGE):
            refusal = worded(told)
        _answer(work, partner, received.message, stored, refusal=refusal)
    return Taken(stored, TakeOutcome.QUARANTINED, MessageState.QUARANTINED, worded(told))


def _letter(
    work: Work, partner: PartnerReference, received: Received, letter: Letter, identity: str
) -> Taken:
    doubt = None if received.is_forced else _doubt(partner, received, letter)
    if doubt is not None:
        return quarantine(work, partner, received, *doubt)
    row = _row(partner, received, identity, MessageState.WAITING)
    stored = _store(work, received, row)
    note(work, stored, JournalEvent.TAKEN, MessageState.WAITING.value)
    _note_signatures(work, stored, received)
    shown = {name: row[name] for name in ("subject", "number", "state", "source")}
    work.record("take", "exchange_message", stored, None, {**shown, "partner": partner.code})
    _answer(work, partner, received.message, stored)
    return Taken(stored, TakeOutcome.TAKEN, MessageState.WAITING)


def _note_signatures(work: Work, stored: UUID, received: Received) -> None:
    """Let the journal tell what verification found of each signature."""
    for one in received.files:
        if one.verdict is not None:
            told = signature(one.name, one.verdict, one.reasons or "")
            note(work, stored, JournalEvent.SIGNATURE, MessageState.WAITING.value, told)


def _notification(
    work: Work,
    partner: PartnerReference,
    received: Received,
    notification: Notification,
    identity: str,
) -> Taken:
    letter = letter_spoken_of(work, partner.id, notification.document)
    if letter is None:
        return quarantine(work, partner, received, QuarantineReason.UNKNOWN_DOCUMENT)
    meaning = meaning_of(notification, partner)
    row = _row(partner, received, identity, MessageState.APPLIED)
    row |= {"answers_id": letter.id, "document_id": letter.row["document_id"]}
    if is_known_meaning(work, meaning):
        return _repeated(work, partner, received, row)
    registered = notification.event is Event.REGISTERED
    consequence = learn(
        work,
        letter,
        signal_of(notification),
        number=notification.number if registered else None,
        reason=refusal_of(notification),
        detail=detail_of(notification),
    )
    if consequence is Consequence.CLERK and not received.is_forced:
        return quarantine(work, partner, received, QuarantineReason.CONTRADICTION)
    row["meaning"] = meaning
    stored = _store(work, received, row)
    note(work, stored, JournalEvent.TAKEN, MessageState.APPLIED.value, detail_of(notification))
    apply_notice(work, partner, letter.row["document_id"], notification, stored)
    if partner.row["acknowledges_notifications"]:
        _answer(work, partner, received.message, stored)
    return Taken(stored, TakeOutcome.TAKEN, MessageState.APPLIED)


def _receipt(
    work: Work,
    partner: PartnerReference,
    received: Received,
    receipt: Acknowledgment,
    identity: str,
) -> Taken:
    about = message_acknowledged(work, partner.id, receipt.message)
    if about is None:
        return quarantine(work, partner, received, QuarantineReason.UNKNOWN_MESSAGE)
    row = _row(partner, received, identity, MessageState.APPLIED)
    row |= {"answers_id": about.id, "document_id": about.row["document_id"]}
    consequence = learn(
        work, about, signal_of(receipt), reason=receipt.comment or None, detail=receipt.comment
    )
    if consequence is Consequence.CLERK and not received.is_forced:
        return quarantine(work, partner, received, QuarantineReason.CONTRADICTION)
    stored = _store(work, received, row)
    note(work, stored, JournalEvent.TAKEN, MessageState.APPLIED.value)
    return Taken(stored, TakeOutcome.TAKEN, MessageState.APPLIED)


def _repeated(
    work: Work, partner: PartnerReference, received: Received, row: dict[str, Any]
) -> Taken:
    """Keep a notification that says what another one has said: senders repeat for hours."""
    row["state"] = MessageState.REPEATED.value
    stored = _store(work, received, row)
    note(work, stored, JournalEvent.REPEATED, MessageState.REPEATED.value)
    if partner.row["acknowledges_notifications"]:
        _answer(work, partner, received.message, stored)
    return Taken(stored, TakeOutcome.TAKEN, MessageState.REPEATED)


def _doubt(
    partner: PartnerReference, received: Received, letter: Letter
) -> tuple[QuarantineReason, str | None] | None:
    """Return why a letter is not taken in, None where nothing speaks against it."""
    if received.doubt is not None:
        return received.doubt, received.doubt_detail
    if partner.row["state"] != PartnerState.ACTIVE.value:
        return QuarantineReason.CLOSED_PARTNER, None
    to = received.message.destinations
    if to and partner.row["own_uid"] not in {one.uid for one in to}:
        return QuarantineReason.OTHER_ADDRESSEE, to[0].organization or to[0].uid
    if received.size > partner.row["max_bytes"]:
        return QuarantineReason.TOO_LARGE, None
    if is_official(*letter.marks) and not partner.row["takes_official"]:
        return QuarantineReason.OFFICIAL_USE, None
    if not received.files:
        return QuarantineReason.NO_FILES, None
    return None


def _row(
    partner: PartnerReference | None, received: Received, identity: str, state: MessageState
) -> dict[str, Any]:
    message = received.message
    body = message.body
    row: dict[str, Any] = {
        "direction": Direction.IN.value,
        "kind": body_name(body),
        "partner_id": partner.id if partner else None,
        "identity": identity,
        "digest": received.content_digest,
        "message_uid": message.uid[:36] or None,
        "state": state.value,
        "subject": "",
        "source": received.source[:1000],
        "content": message_as_json(message),
        "remarks": json.dumps([[one.oddity.value, one.where[:200]] for one in received.remarks]),
        "raw_sha256": received.parts[0].sha256 if received.parts else None,
        "size": received.size or sum(one.size for one in received.files),
    }
    match body:
        case Letter():
            row |= {
                "document_uid": body.uid[:36],
                "subject": header_text(body.annotation) or NO_SUBJECT,
                "is_official": is_official(*body.marks),
            }
            number = body.number
        case Notification():
            row |= {"document_uid": body.document[:36], "event": body.event.value}
            row["subject"] = detail_of(body) or ""
            number = body.number
        case _:
            number = None
    if number is not None:
        row |= {"number": header_text(number.number)[:100], "number_date": number.day}
    return row


def _store(work: Work, received: Received, row: dict[str, Any]) -> UUID:
    for part in received.parts:
        work.keep(part)
    return store_message(work, row, received.files)


def _answer(
    work: Work,
    partner: PartnerReference,
    message: Message,
    stored: UUID,
    refusal: str | None = None,
) -> None:
    """Queue the receipt; a receipt is never acknowledged, nor is what has no identifier."""
    if message.uid and not isinstance(message.body, Acknowledgment):
        queue_receipt(work, partner, message.uid, stored, refusal)


def _identity(partner: PartnerReference, received: Received) -> str:
    """Return what makes it the same message: its identifier, of a receipt what it says."""
    message = received.message
    if isinstance(message.body, Acknowledgment):
        body = message.body
        return f"{partner.id}:{body.message[:36]}:{body.at:%Y%m%dT%H%M%S}:{received.content_digest}"
    return f"{partner.id}:{message.uid[:36] or received.content_digest}"


def known_message(work: Work, identity: str) -> StoredMessage | None:
    """Return the message that came in under an identity, None where there is none yet."""
    wanted = {"organization": work.organization_id, "identity": identity}
    row = work.db.execute(_of_identity(), wanted).mappings().one_or_none()
    return None if row is None else StoredMessage(row["id"], dict(row))


@cache
def _of_identity() -> Select[*tuple[Any, ...]]:
    """Return the query of a message known already, built once: of every package it is asked."""
    return select(*COLUMNS).where(
        MESSAGE.c.organization_id == bindparam("organization"),
        MESSAGE.c.direction == Direction.IN.value,
        MESSAGE.c.identity == bindparam("identity"),
    )
