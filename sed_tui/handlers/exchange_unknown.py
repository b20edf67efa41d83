"""What came and is no message: kept once, with all its bytes, until a clerk puts it aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import (
    Direction,
    JournalEvent,
    MessageKind,
    MessageState,
    QuarantineReason,
)
from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.exchange.reason_codes import in_codes, worded
from sed_tui.handlers.exchange_queue import queue_receipt, repeat_receipt
from sed_tui.handlers.exchange_receiving import PARTNERS_LANGUAGE, Taken, known_message
from sed_tui.handlers.exchange_record import note, store_message
from sed_tui.i18n import speaking
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.storage.locks import lock_name

if TYPE_CHECKING:
    from typing import Any

    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes that nobody understands, where they came from and why they are kept apart."""

    package: StagedContent
    source: str
    reason: QuarantineReason
    detail: str | None


def keep_unknown(
    work: Work, unknown: Unknown, partner: PartnerReference | None = None, message_uid: str = ""
) -> Taken:
    """Keep bytes that nobody understands; the same ones are kept once.

    A partner whose message is known by `message_uid` is told by a receipt that refuses it
    (exchange states, receiver's view).
    """
    identity = f"kept:{unknown.package.sha256}"
    lock_name(work.db, work.organization_id, identity)
    known = known_message(work, identity)
    if known is not None:
        state = MessageState(known.row["state"])
        note(work, known.id, JournalEvent.REPEATED, state.value)
        repeat_receipt(work, known.id)
        return Taken(known.id, TakeOutcome.ALREADY, state)
    told = in_codes(unknown.reason, unknown.detail)
    row = _row(unknown, partner, message_uid)
    row |= {"identity": identity, "reason": told}
    stored = store_message(work, row)
    work.keep(unknown.package)
    note(work, stored, JournalEvent.QUARANTINED, MessageState.QUARANTINED.value, told)
    shown = {
        "state": "quarantined",
        "reason": unknown.reason.value,
        "source": unknown.source[:500],
    }
    work.record("quarantine", "exchange_message", stored, None, shown)
    if partner is not None and message_uid and partner.row["state"] == PartnerState.ACTIVE.value:
        with speaking(PARTNERS_LANGUAGE):
            refusal = worded(told)
        queue_receipt(work, partner, message_uid, stored, refusal)
    return Taken(stored, TakeOutcome.QUARANTINED, MessageState.QUARANTINED, worded(told))


def _row(unknown: Unknown, partner: PartnerReference | None, message_uid: str) -> dict[str, Any]:
    return {
        "direction": Direction.IN.value,
        "kind": MessageKind.UNKNOWN.value,
        "partner_id": partner.id if partner else None,
        "message_uid": message_uid[:36] or None,
        "digest": unknown.package.sha256,
        "state": MessageState.QUARANTINED.value,
        "event": unknown.reason.value,
        "subject": "",
        "source": unknown.source[:1000],
        "content": "{}",
        "raw_sha256": unknown.package.sha256,
        "size": unknown.package.size,
    }
