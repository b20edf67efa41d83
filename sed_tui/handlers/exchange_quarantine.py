"""Messages in quarantine: looked at again, taken in all the same, or put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import (
    DECISIONS,
    NEVER_RELEASED,
    STATE_TITLES,
    JournalEvent,
    MessageState,
    QuarantineReason,
)
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors.exchange_messages import CannotBeReleased, MessageDecided, StillQuarantined
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.exchange.message_json import message_of_json
from sed_tui.exchange.reason_codes import worded
from sed_tui.handlers.exchange_inbox import taken_in
from sed_tui.handlers.exchange_packages import (
    HANDED_OVER,
    Arrival,
    ReadPackage,
    forced,
    read_package,
)
from sed_tui.handlers.exchange_partners import find_partner, partner_of_id
from sed_tui.handlers.exchange_receiving import Received, receive
from sed_tui.handlers.exchange_record import (
    StoredMessage,
    change,
    files_of,
    find_message,
    locked_message,
    note,
)
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.waiting_letter import staged_again
from sed_tui.i18n import _
from sed_tui.operations.exchange_inbox import PackageTaken
from sed_tui.operations.exchange_quarantine import (
    DropMessage,
    MessageDropped,
    ReleaseMessage,
    RetryQuarantined,
)

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_SEPARATOR = "/"


def plan_release_message(work: Work, request: ReleaseMessage) -> ReadPackage | None:
    """Read the kept package again while others go on writing."""
    message = find_message(work, request.message)
    arrival = _arrival(work, message)
    return read_package(work, forced(arrival, request.partner)) if arrival else None


def release_message(work: Work, request: ReleaseMessage) -> PackageTaken:
    """Take a message in against the doubts.

    Raises `CannotBeReleased`, `MessageDecided`, and `StillQuarantined` for nobody's message.
    """
    message = _quarantined(work, request.message)
    if message.row["event"] in NEVER_RELEASED:
        raise _not_releasable(message)
    return _again(work, message, request.partner, is_forced=True)


def plan_retry_quarantined(work: Work, request: RetryQuarantined) -> ReadPackage | None:
    """Read the kept package again while others go on writing."""
    arrival = _arrival(work, find_message(work, request.message))
    return read_package(work, arrival) if arrival else None


def retry_quarantined(work: Work, request: RetryQuarantined) -> PackageTaken:
    """Look at a message by the rules as they are now.

    Raises `MessageDecided`, `StillQuarantined` where nothing has changed, and
    `CannotBeReleased` for what is no message.
    """
    message = _quarantined(work, request.message)
    if message.row["event"] == QuarantineReason.AGENT_ERROR:
        raise _not_releasable(message)  # whatever lies in it, it is no letter to us
    return _again(work, message, None, is_forced=False)


def drop_message(work: Work, request: DropMessage) -> MessageDropped:
    """Put a message aside; its bytes are kept. Raises `ReasonNeeded`, `MessageDecided`."""
    message = _quarantined(work, request.message)
    reason = work.options.reason
    if not reason:
        raise ReasonNeeded(field="reason", what=_("Putting a message aside"))
    _settle(work, message, MessageState.DROPPED, JournalEvent.DROPPED, reason)
    return MessageDropped(id=message.id, state=MessageState.DROPPED, reason=reason)


def _again(
    work: Work, message: StoredMessage, partner: str | None, *, is_forced: bool
) -> PackageTaken:
    read: ReadPackage | None = work.plan
    if read is not None:
        place, _slash, name = (message.row["source"] or "").rpartition(_SEPARATOR)
        done = taken_in(work, read, place, name)
    else:
        done = _from_row(work, message, partner, is_forced=is_forced)
    if done.id == message.id:
        reason = worded(message.row["reason"]) or "—"
        raise StillQuarantined(field="message", reason=reason, message=short_id(message.id))
    _settle(work, message, MessageState.RELEASED, JournalEvent.RELEASED, short_id(done.id))
    return done


def _from_row(
    work: Work, message: StoredMessage, partner: str | None, *, is_forced: bool
) -> PackageTaken:
    """Take in what never travelled as a package: a message within the database."""
    row = message.row
    sender = find_partner(work, partner) if partner else partner_of_id(work, row["partner_id"])
    taken = receive(
        work,
        sender,
        Received(
            message=message_of_json(row["content"]),
            files=tuple(files_of(work, message.id)),
            source=row["source"] or "",
            size=row["size"],
            is_forced=is_forced,
        ),
    )
    return PackageTaken(
        id=taken.id,
        outcome=taken.outcome,
        kind=row["kind"],
        state=taken.state,
        partner=sender.code,
        message_uid=row["message_uid"],
        subject=row["subject"],
        reason=taken.reason,
    )


def _not_releasable(message: StoredMessage) -> CannotBeReleased:
    return CannotBeReleased(
        field="message",
        reason=worded(message.row["reason"]) or "—",
        command=f"sedctl exchange quarantine drop {short_id(message.id)}",
    )


def _arrival(work: Work, message: StoredMessage) -> Arrival | None:
    """Stage the kept package anew, None where a message came without one."""
    row = message.row
    if row["raw_sha256"] is None or row["state"] != MessageState.QUARANTINED.value:
        return None
    token = staged_again(work, row["raw_sha256"]).token
    place, _slash, name = (row["source"] or "").rpartition(_SEPARATOR)
    partner = partner_of_id(work, row["partner_id"]) if row["partner_id"] else None
    unknown = Channel.HTTP if place.startswith(HANDED_OVER) else Channel.MEDO
    channel = partner.channel if partner else unknown
    return Arrival(channel, token, place, name, size=row["size"])


def _quarantined(work: Work, text: str) -> StoredMessage:
    message = locked_message(work, find_message(work, text).id)
    allowed, _to = DECISIONS["drop"]
    if message.row["state"] not in allowed:
        state = _(STATE_TITLES[message.row["state"]])
        raise MessageDecided(field="message", state=state, message=short_id(message.id))
    return message


def _settle(
    work: Work, message: StoredMessage, state: MessageState, event: JournalEvent, detail: str
) -> None:
    values = {"decided_at": work.now, "decided_by": work.actor.employee_id}
    if state is MessageState.DROPPED:
        values["reason"] = detail
    change(work, message, state, **values)
    note(work, message.id, event, state.value, detail)
    told = {"state": state.value, "detail": detail}
    before = {"state": MessageState.QUARANTINED.value}
    work.record("decide", "exchange_message", message.id, before, told)
