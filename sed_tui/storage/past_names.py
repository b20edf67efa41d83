"""Names of people and numbers of documents, as they were recorded at the end of a past day.

The audit trail knows what each was before a later change; nothing is kept twice for it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.storage.names import Person, in_parts
from sed_tui.storage.raw import raw
from sed_tui.storage.tables.audit import AuditEventTable, AuditPersonalTable
from sed_tui.storage.tables.numbers import GapTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

_PERSONAL = {"full_name", "name"}
_CARD_CHANGES = ("edit", "cancel", "renumber")
# entries are numbered when their transactions end, and bear the time they began at
_SLACK = timedelta(hours=1)


def people_before(
    db: Connection,
    organization_id: UUID,
    rows: Sequence[Row[*tuple[Any, ...]]],
    cutoff: datetime,
) -> dict[UUID, Person]:
    """Return people named and placed as recorded at the cutoff."""
    names = ("full_name", "unit_id")
    earlier = _earlier(db, organization_id, [row.id for row in rows], cutoff, names)
    units = _units(db, organization_id)
    named = {}
    for row in rows:
        old = earlier.get(row.id, {})
        unit_id = old.get("unit_id", row.unit_id)
        unit = units.get(UUID(str(unit_id))) if unit_id else None
        named[row.id] = Person(row.login, old.get("full_name") or row.full_name, unit)
    return named


def numbers_before(db: Connection, organization_id: UUID, cutoff: datetime) -> dict[str, str]:
    """Return the numbers that documents carried at the cutoff and do not carry now, by raw id."""
    gap = GapTable
    rows = db.execute(
        select(raw(gap.document_id).label("key"), col(gap.number))
        .where(
            col(gap.organization_id) == organization_id,
            col(gap.document_id).is_not(None),
            col(gap.made_at) > cutoff,
        )
        .order_by(col(gap.made_at).desc())
    )
    # the first change after the cutoff comes last and stays
    return {row.key: row.number for row in rows}


def correspondents_before(
    db: Connection, organization_id: UUID, correspondents: Collection[UUID], cutoff: datetime
) -> dict[UUID, str]:
    """Return the names that correspondents had at the cutoff and have not now."""
    earlier = _earlier(db, organization_id, correspondents, cutoff, ("name",))
    return {key: old["name"] for key, old in earlier.items() if old.get("name")}


def documents_before(
    db: Connection, organization_id: UUID, cutoff: datetime
) -> dict[UUID, dict[str, Any]]:
    """Return the values that the first changes of cards after the cutoff replaced."""
    return _replaced_since(db, organization_id, cutoff, "document", _CARD_CHANGES)


def texts_before(db: Connection, organization_id: UUID, cutoff: datetime) -> dict[str, str]:
    """Return the texts that assignments had at the cutoff and have not now, by raw id."""
    found = _replaced_since(db, organization_id, cutoff, "assignment", ("amend",))
    texts = {key: old["text"] for key, old in found.items() if old.get("text")}
    # the engines write ids in different ways
    return {form: text for key, text in texts.items() for form in (key.hex, str(key))}


def _replaced_since(
    db: Connection, organization_id: UUID, cutoff: datetime, kind: str, events: Sequence[str]
) -> dict[UUID, dict[str, Any]]:
    event = AuditEventTable
    rows = db.execute(
        select(*map(col, (event.object_id, event.changes)))
        .where(
            col(event.organization_id) == organization_id,
            col(event.seq) > _last_before(db, organization_id, cutoff - _SLACK),
            col(event.at) > cutoff,
            col(event.object_type) == kind,
            col(event.event).in_(events),
        )
        .order_by(col(event.seq))
    )
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        old = found.setdefault(UUID(row.object_id), {})
        for name, change in json.loads(row.changes).items():
            old.setdefault(name, change[0])
    return found


def _last_before(db: Connection, organization_id: UUID, moment: datetime) -> int:
    """Return the number of the last entry up to a moment, halving: entries follow in time."""
    event = AuditEventTable
    within = col(event.organization_id) == organization_id
    low, high = 0, db.scalar(select(func.max(col(event.seq))).where(within)) or 0
    while low < high:
        middle = (low + high + 1) // 2
        at = db.scalar(select(col(event.at)).where(within, col(event.seq) == middle))
        if at is None or at <= moment:
            low = middle
        else:
            high = middle - 1
    return low


def _units(db: Connection, organization_id: UUID) -> dict[UUID, str]:
    rows = db.execute(
        select(col(UnitTable.id), col(UnitTable.name)).where(
            col(UnitTable.organization_id) == organization_id
        )
    )
    return {row.id: row.name for row in rows}


def _earlier(
    db: Connection,
    organization_id: UUID,
    objects: Collection[UUID],
    cutoff: datetime,
    names: Sequence[str],
) -> dict[UUID, dict[str, Any]]:
    """Return the values that the first changes after the cutoff replaced."""
    event = AuditEventTable
    found: dict[UUID, dict[str, Any]] = {}
    for part in in_parts(sorted(objects)):
        rows = db.execute(
            select(*map(col, (event.seq, event.object_id, event.changes)))
            .where(
                col(event.organization_id) == organization_id,
                col(event.object_id).in_([str(key) for key in part]),
                col(event.at) > cutoff,
            )
            .order_by(col(event.seq))
        )
        for row in rows:
            old = found.setdefault(UUID(row.object_id), {})
            changes = json.loads(row.changes)
            for name in names:
                if name in changes and name not in old:
                    old[name] = changes[name][0]
                    if name in _PERSONAL:
                        old[name] = _unhashed(db, organization_id, row.seq, f"{name}.before")
    return found


def _unhashed(db: Connection, organization_id: UUID, seq: int, path: str) -> str | None:
    personal = AuditPersonalTable
    return db.scalar(
        select(col(personal.value)).where(
            col(personal.organization_id) == organization_id,
            col(personal.seq) == seq,
            col(personal.path) == path,
        )
    )
