"""What came and is no message: kept once, with all its bytes, until a clerk puts it aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import (
    Direction,
    JournalEvent,
    MessageKind,
    MessageState,
    QuarantineReason,
)
from sed_tui.exchange.reason_codes import worded
from sed_tui.handlers.exchange_receiving import Taken, in_codes, known_message
from sed_tui.handlers.exchange_record import note, store_message
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.storage.locks import lock_name

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent


def keep_unknown(
    work: Work,
    package: StagedContent,
    source: str,
    reason: QuarantineReason,
    detail: str | None,
    partner_id: UUID | None = None,
) -> Taken:
    """Keep bytes that nobody understands; the same ones are kept once."""
    identity = f"kept:{package.sha256}"
    lock_name(work.db, work.organization_id, identity)
    known = known_message(work, identity)
    if known is not None:
        state = MessageState(known.row["state"])
        note(work, known.id, JournalEvent.REPEATED, state.value)
        return Taken(known.id, TakeOutcome.ALREADY, state)
    told = in_codes(reason, detail)
    row = _row(package, source, reason, partner_id)
    row |= {"identity": identity, "reason": told}
    stored = store_message(work, row)
    work.keep(package)
    note(work, stored, JournalEvent.QUARANTINED, MessageState.QUARANTINED.value, told)
    shown = {"state": "quarantined", "reason": reason.value, "source": source[:500]}
    work.record("quarantine", "exchange_message", stored, None, shown)
    return Taken(stored, TakeOutcome.QUARANTINED, MessageState.QUARANTINED, worded(told))


def _row(
    package: StagedContent, source: str, reason: QuarantineReason, partner_id: UUID | None
) -> dict[str, Any]:
    return {
        "direction": Direction.IN.value,
        "kind": MessageKind.UNKNOWN.value,
        "partner_id": partner_id,
        "digest": package.sha256,
        "state": MessageState.QUARANTINED.value,
        "event": reason.value,
        "subject": "",
        "source": source[:1000],
        "content": "{}",
        "raw_sha256": package.sha256,
        "size": package.size,
    }
