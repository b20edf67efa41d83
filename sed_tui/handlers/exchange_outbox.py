"""The outbox: what a driver takes to send, one driver at a time, and what became of it.

Each change of state is one statement, so that two drivers never hold the same message.
"""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select, update
from sqlmodel import col

from sed_tui.domain.exchange_flow import (
    CLAIM_LAPSES,
    GIVEN_UP_AFTER,
    STATE_TITLES,
    Direction,
    JournalEvent,
    MessageKind,
    MessageState,
    Signal,
    may_be_resent,
    may_be_retried,
    pause_after,
)
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors.exchange_messages import MessageDecided
from sed_tui.exchange.formats import FORMATS
from sed_tui.exchange.reason_codes import worded
from sed_tui.handlers.exchange_learning import learn
from sed_tui.handlers.exchange_letters import queue_letter
from sed_tui.handlers.exchange_partners import (
    IS_PREPARED,
    PARTNER,
    PartnerReference,
    active_partner,
    number_waiting,
    partner_of_id,
    require_active,
)
from sed_tui.handlers.exchange_pauses import answers, end_pause, pause
from sed_tui.handlers.exchange_queue import form_again
from sed_tui.handlers.exchange_record import (
    COLUMNS,
    MESSAGE,
    StoredMessage,
    change,
    files_of_messages,
    find_message,
    locked_message,
    note,
)
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.operations.exchange_outbox import (
    AskDue,
    ClaimMessages,
    DueList,
    DuePartner,
    Expired,
    ExpireMessages,
    MessageFailed,
    MessagesSent,
    Parcel,
    ParcelFile,
    ParcelList,
    ResendMessage,
    RetryMessage,
    SentMessage,
    Settled,
    SettledList,
    UnformedMessage,
)
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.exchange_record import FileOfMessage
    from sed_tui.handlers.work import Work

_AT_ONCE = 1000
_PREPARED = MessageState.PREPARED.value
_MOST_COUNTED = 100

_RETRIED = {state for state in MessageState if may_be_retried(state)}


def ask_due(work: Work, request: AskDue) -> DueList:
    """Return the partners that have messages to be sent now."""
    channels = [request.channel.value] if request.channel else list(FORMATS)
    query = (
        select(PARTNER.c.code, PARTNER.c.channel, number_waiting(_MOST_COUNTED, *_free(work.now)))
        .where(
            PARTNER.c.organization_id == work.organization_id,
            PARTNER.c.channel.in_(channels),
            answers(work.now),
        )
        .order_by(PARTNER.c.code)
    )
    # the others are left out here: a condition would count once more
    return DueList(
        rows=[
            DuePartner(partner=code, channel=Channel(channel), waiting=waiting)
            for code, channel, waiting in work.db.execute(query)
            if waiting
        ]
    )


def claim_messages(work: Work, request: ClaimMessages) -> ParcelList:
    """Take messages of a partner to send; another driver does not get them meanwhile."""
    partner = active_partner(work, request.partner)
    paused = partner.row["paused_until"]
    if paused is not None and paused > work.now:
        return ParcelList(rows=[])
    earlier = MESSAGE.alias("earlier")
    is_behind = exists().where(
        earlier.c.thread == MESSAGE.c.thread,
        earlier.c.partner_id == partner.id,
        earlier.c.state == _PREPARED,
        earlier.c.position < MESSAGE.c.position,
    )
    following = (
        select(MESSAGE.c.id)
        .where(
            MESSAGE.c.partner_id == partner.id,
            IS_PREPARED,
            *_free(work.now),
            # receipts are of no thread; of a document's messages the first one goes
            or_(MESSAGE.c.thread.is_(None), ~is_behind),
        )
        .order_by(MESSAGE.c.next_attempt_at, MESSAGE.c.id)
        .limit(request.limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(work.db.scalars(following))
    if not ids:
        return ParcelList(rows=[])
    work.db.execute(update(MESSAGE).where(MESSAGE.c.id.in_(ids)).values(claimed_at=work.now))
    rows = work.db.execute(
        select(MESSAGE)
        .where(MESSAGE.c.id.in_(ids))
        .order_by(MESSAGE.c.next_attempt_at, MESSAGE.c.id)
    ).mappings()
    files = files_of_messages(work, ids)
    return ParcelList(rows=[_parcel(partner, dict(row), files.get(row["id"], ())) for row in rows])


def messages_sent(work: Work, request: MessagesSent) -> SettledList:
    """Say that messages have gone: also where a claim has lapsed, for gone they have."""
    return SettledList(rows=[_sent(work, one) for one in request.messages])


def _sent(work: Work, sent: SentMessage) -> Settled:
    message = locked_message(work, sent.message)
    is_ours = message.row["claimed_at"] == sent.claimed_at
    if message.row["state"] in {_PREPARED, MessageState.GIVEN_UP.value}:
        learn(work, message, Signal.SENT)
        end_pause(work, message.row["partner_id"])
    elif message.row["sent_at"] is None:
        # the other side has answered before we came to say so
        change(work, message, MessageState(message.row["state"]), sent_at=work.now)
    return Settled(id=message.id, state=message.row["state"], is_settled=is_ours)


def message_failed(work: Work, request: MessageFailed) -> Settled:
    """Put a message off, longer each time; after a week, or at a final refusal, give it up."""
    message = locked_message(work, request.message)
    row = message.row
    if row["state"] != _PREPARED or row["claimed_at"] != request.claimed_at:
        return Settled(id=message.id, state=row["state"], is_settled=False)
    reason = request.reason[:1000]
    attempts = row["attempts"] + 1
    if request.is_partner_down:
        pause(work, row["partner_id"])
    is_over = request.is_final or work.now - row["created_at"] > GIVEN_UP_AFTER
    state = MessageState.GIVEN_UP if is_over else MessageState.PREPARED
    next_at = None if is_over else work.now + pause_after(attempts)
    change(
        work,
        message,
        state,
        attempts=attempts,
        next_attempt_at=next_at or row["next_attempt_at"],
        claimed_at=None,
        last_error=reason,
    )
    event = JournalEvent.GIVEN_UP if is_over else JournalEvent.PUT_OFF
    note(work, message.id, event, state.value, reason)
    return Settled(id=message.id, state=state, is_settled=True, next_attempt_at=next_at)


def expire_messages(work: Work, request: ExpireMessages) -> Expired:
    """Mark letters without a receipt; each may still change to any later state.

    What could not be formed is told until somebody was told: nothing is tried of it by itself.
    """
    if request.told:
        _note_told(work, request.told)
        return Expired(undelivered=0)
    query = (
        select(*COLUMNS)
        .where(
            MESSAGE.c.organization_id == work.organization_id,
            MESSAGE.c.state == MessageState.SENT.value,
            MESSAGE.c.receipt_by < work.now,
        )
        .order_by(MESSAGE.c.receipt_by)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = [dict(row) for row in work.db.execute(query).mappings()]
    for row in rows:
        learn(work, StoredMessage(row["id"], row), Signal.TIMEOUT)
    return Expired(undelivered=len(rows), unformed=_unformed(work))


def _unformed(work: Work) -> list[UnformedMessage]:
    """Return what could not be formed and nobody was told of."""
    query = (
        select(MESSAGE.c.id, PARTNER.c.name, MESSAGE.c.last_error)
        .join(PARTNER, PARTNER.c.id == MESSAGE.c.partner_id)
        .where(*_of_unformed(work))
        .order_by(MESSAGE.c.created_at, MESSAGE.c.id)
        .limit(_AT_ONCE)
    )
    return [
        UnformedMessage(id=message, partner=name, reason=worded(why) or "")
        for message, name, why in work.db.execute(query)
    ]


def _note_told(work: Work, told: Sequence[UUID]) -> None:
    """Keep that people were told of what could not be formed: a claim says so."""
    query = update(MESSAGE).where(MESSAGE.c.id.in_(told), *_of_unformed(work))
    work.db.execute(query.values(claimed_at=work.now))


def _of_unformed(work: Work) -> tuple[ColumnElement[bool], ...]:
    return (
        MESSAGE.c.organization_id == work.organization_id,
        MESSAGE.c.state == MessageState.FORMATION_FAILED.value,
        MESSAGE.c.claimed_at.is_(None),
    )


def retry_message(work: Work, request: RetryMessage) -> Settled:
    """Let a message go at the next round, its attempts counted anew.

    What could not be formed is formed by what the partner takes now. Raises `NotFormedAgain`.
    """
    message = _outgoing(work, request.message, _RETRIED)
    partner = partner_of_id(work, message.row["partner_id"])
    require_active(partner)
    is_unformed = message.row["state"] == MessageState.FORMATION_FAILED.value
    formed = form_again(work, partner, message) if is_unformed else {}
    end_pause(work, message.row["partner_id"])
    change(
        work,
        message,
        MessageState.PREPARED,
        **formed,
        attempts=0,
        next_attempt_at=work.now,
        claimed_at=None,
        last_error=None,
    )
    note(work, message.id, JournalEvent.RETRIED, _PREPARED, work.options.reason)
    return _settled(message)


def resend_message(work: Work, request: ResendMessage) -> Settled:
    """Send a letter again under an identifier of its own, as its card stands now."""
    states = {state for state in MessageState if may_be_resent(state)}
    message = _outgoing(work, request.message, states)
    row = message.row
    if row["kind"] != MessageKind.LETTER.value:
        raise _decided(message)
    partner = partner_of_id(work, row["partner_id"])
    require_active(partner)
    addressee = work.db.scalar(
        select(col(CorrespondentTable.name)).where(
            col(CorrespondentTable.id) == partner.row["correspondent_id"]
        )
    )
    again = queue_letter(
        work,
        partner,
        row["document_id"],
        addressee or partner.name,
        dispatch_id=row["dispatch_id"],
        resend_of=message.id,
    )
    note(work, message.id, JournalEvent.RESENT, row["state"], short_id(again.id))
    work.record("resend", "exchange_message", message.id, None, {"as": str(again.id)})
    return _settled(again)


def _outgoing(work: Work, text: str, states: set[MessageState]) -> StoredMessage:
    message = locked_message(work, find_message(work, text).id)
    if message.row["direction"] != Direction.OUT.value or message.row["state"] not in states:
        raise _decided(message)
    return message


def _decided(message: StoredMessage) -> MessageDecided:
    state = _(STATE_TITLES[message.row["state"]])
    return MessageDecided(field="message", state=state, message=short_id(message.id))


def _settled(message: StoredMessage) -> Settled:
    row = message.row
    return Settled(
        id=message.id,
        state=row["state"],
        is_settled=True,
        next_attempt_at=row["next_attempt_at"] if row["state"] == _PREPARED else None,
    )


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    lapsed = or_(MESSAGE.c.claimed_at.is_(None), MESSAGE.c.claimed_at < now - CLAIM_LAPSES)
    return MESSAGE.c.next_attempt_at <= now, lapsed


def _parcel(
    partner: PartnerReference, row: dict[str, Any], files: Sequence[FileOfMessage]
) -> Parcel:
    form = FORMATS[partner.channel]
    raw: bytes = row["raw"]
    return Parcel(
        id=row["id"],
        claimed_at=row["claimed_at"],
        kind=row["kind"],
        partner=partner.code,
        channel=partner.channel,
        address=partner.row["address"],
        mailbox=partner.row["mailbox"],
        own_uid=partner.row["own_uid"],
        partner_uid=partner.uid,
        message_uid=row["message_uid"],
        zone=partner.row["zone"],
        subject=row["subject"],
        created_at=row["created_at"],
        message_file=ParcelFile(name=form.file_name, sha256=sha256(raw).hexdigest(), size=len(raw)),
        message=base64.b64encode(raw).decode(),
        files=[ParcelFile(name=one.name, sha256=one.sha256, size=one.size) for one in files],
    )
