"""Writing the audit trail: entries of one transaction, chained in one lock of the head."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import col

from sed_tui.domain.audit import PERSONAL, canonical, chain_hash, difference, hashed_moment, salted
from sed_tui.storage import bulk
from sed_tui.storage.tables.audit import AuditEventTable, AuditHeadTable, AuditPersonalTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection, Insert, Select, Update

# from so many entries on they are written like an import's rows
_MANY = 50
# columns in which the entries of one transaction differ
_OWN = (
    *("seq", "on_behalf_of", "event", "object_type", "object_id", "changes", "prev_hash", "hash"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, before it has a place in the chain."""

    event: str
    object_type: str
    object_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all entries of a transaction share."""

    organization_id: UUID
    at: datetime
    actor: str
    source: str
    operation: str
    reason: str | None


def append(db: Connection, circumstances: Circumstances, entries: Sequence[Entry]) -> None:
    """Chain entries to the organization's trail; the head's row is locked from here to commit."""
    if not entries:
        return
    head = db.execute(_head(), {"organization": circumstances.organization_id}).one_or_none()
    seq, previous = (0, "") if head is None else (head.seq, head.hash)
    events: list[dict[str, Any]] = []
    personal: list[dict[str, Any]] = []
    shared = _shared(circumstances)
    for entry in entries:
        seq += 1
        changes = difference(entry.before, entry.after)
        for path, salt, value in _hide(entry.object_type, changes):
            personal.append({"seq": seq, "path": path, "salt": salt, "value": value})
        row = {
            **shared,
            "seq": seq,
            "on_behalf_of": entry.on_behalf_of,
            "event": entry.event,
            "object_type": entry.object_type,
            "object_id": entry.object_id,
            "changes": canonical(changes),
        }
        row["prev_hash"], row["hash"] = previous, chain_hash(previous, row)
        previous = row["hash"]
        events.append(row)
    for row in events:
        row["at"] = circumstances.at
        row["organization_id"] = circumstances.organization_id
        del row["organization"]
    _store(db, circumstances.organization_id, events, personal, new=head is None)


def _shared(circumstances: Circumstances) -> dict[str, Any]:
    return {
        "organization": str(circumstances.organization_id),
        "at": hashed_moment(circumstances.at),
        "actor": circumstances.actor,
        "source": circumstances.source,
        "host": _host(),
        "operation": circumstances.operation,
        "reason": circumstances.reason,
    }


def _hide(object_type: str, changes: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    hidden = []
    for name in PERSONAL.get(object_type, frozenset()) & changes.keys():
        for place, value in enumerate(changes[name]):
            if value is None:
                continue
            salt = secrets.token_hex(16)
            changes[name][place] = salted(salt, str(value))
            hidden.append((f"{name}.{'after' if place else 'before'}", salt, str(value)))
    return hidden


def _store(
    db: Connection,
    organization_id: UUID,
    events: list[dict[str, Any]],
    personal: list[dict[str, Any]],
    *,
    new: bool,
) -> None:
    if len(events) < _MANY:
        db.execute(_events_added(), events)
    else:
        own = itemgetter(*_OWN)
        shared = {name: value for name, value in events[0].items() if name not in _OWN}
        bulk.insert_rows(db, AuditEventTable, _OWN, [own(row) for row in events], shared)
    if personal:
        rows = [{"organization_id": organization_id, **row} for row in personal]
        db.execute(insert(AuditPersonalTable), rows)
    end = {"seq": events[-1]["seq"], "hash": events[-1]["hash"]}
    if new:
        db.execute(insert(AuditHeadTable).values(organization_id=organization_id, **end))
    else:
        db.execute(_head_moved(), {"organization": organization_id, **end})


@cache
def _head() -> Select[int, str]:
    """Return the query of the end of a chain, built once: every change asks it."""
    return (
        select(col(AuditHeadTable.seq), col(AuditHeadTable.hash))
        .where(col(AuditHeadTable.organization_id) == bindparam("organization"))
        .with_for_update()
    )


@cache
def _events_added() -> Insert:
    return insert(AuditEventTable)


@cache
def _head_moved() -> Update:
    return update(AuditHeadTable).where(
        col(AuditHeadTable.organization_id) == bindparam("organization")
    )


@cache
def _host() -> str:
    return socket.gethostname()[:100]
