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
from sed_tui.storage.audit_trail import Head
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.audit import AuditEventTable, AuditHeadTable, AuditPersonalTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection

# from so many entries on they are written like an import's rows
MANY = 50
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


def lock_head(db: Connection, organization_id: UUID) -> Head:
    """Return the end of the organization's trail; its row is locked from here to the commit."""
    row = _head().one_or_none(db, {"organization": organization_id})
    return Head() if row is None else Head(row.seq, row.hash)


def append(
    db: Connection,
    circumstances: Circumstances,
    entries: Sequence[Entry],
    head: Head | None = None,
) -> None:
    """Chain entries to the end of the organization's trail, which may be locked already."""
    if not entries:
        return
    head = head or lock_head(db, circumstances.organization_id)
    chain = _Chain(circumstances, head.seq, head.hash)
    shared = {
        **_shared(circumstances),
        "organization_id": circumstances.organization_id,
        "at": circumstances.at,
    }
    del shared["organization"]
    events = chain.events(entries)
    if len(entries) < MANY:
        _events_added().run_each(db, [{**shared, **event} for event in events])
    else:
        bulk.insert_rows(db, AuditEventTable, _OWN, map(itemgetter(*_OWN), events), shared)
    if chain.personal:
        rows = [{"organization_id": circumstances.organization_id, **row} for row in chain.personal]
        db.execute(insert(AuditPersonalTable), rows)
    end = {"seq": chain.seq, "hash": chain.hash}
    if not head.seq:
        first = {"organization_id": circumstances.organization_id, **end}
        db.execute(insert(AuditHeadTable).values(first))
    else:
        _head_moved().run(db, {"organization": circumstances.organization_id, **end})


class _Chain:
    """The end of a chain, and the personal values that were kept out of it."""

    def __init__(self, circumstances: Circumstances, seq: int, last_hash: str) -> None:
        self._shared = _shared(circumstances)
        self.seq = seq
        self.hash = last_hash
        self.personal: list[dict[str, Any]] = []

    def events(self, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
        """Yield what is an entry's own: of many, the first are stored while the next are made."""
        for entry in entries:
            self.seq += 1
            changes = difference(entry.before, entry.after)
            for path, salt, value in _hide(entry.object_type, changes):
                self.personal.append({"seq": self.seq, "path": path, "salt": salt, "value": value})
            own = {
                "seq": self.seq,
                "on_behalf_of": entry.on_behalf_of,
                "event": entry.event,
                "object_type": entry.object_type,
                "object_id": entry.object_id,
                "changes": canonical(changes),
            }
            own["prev_hash"], self.hash = self.hash, chain_hash(self.hash, {**self._shared, **own})
            own["hash"] = self.hash
            yield own


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


@cache
def _head() -> Prepared:
    """Return the query of the end of a chain: every change asks it."""
    return Prepared(
        select(col(AuditHeadTable.seq), col(AuditHeadTable.hash))
        .where(col(AuditHeadTable.organization_id) == bindparam("organization"))
        .with_for_update()
    )


@cache
def _events_added() -> Prepared:
    return Prepared(insert(AuditEventTable), AuditEventTable.model_fields)


@cache
def _head_moved() -> Prepared:
    of_organization = col(AuditHeadTable.organization_id) == bindparam("organization")
    return Prepared(update(AuditHeadTable).where(of_organization), ("seq", "hash"))


@cache
def _host() -> str:
    return socket.gethostname()[:100]
