"""Names of people and numbers of documents, as they were recorded at the end of a past day.

The audit trail knows what each was before a later change; nothing is kept twice for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from sed_tui.storage.raw import raw
from sed_tui.storage.tables.audit import AuditEventTable, AuditPersonalTable
from sed_tui.storage.tables.journal import GapTable
from sed_tui.storage.tables.organization import EmployeeTable, UnitTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

_AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class Person:
    """A person as reports name him."""

    login: str
    name: str
    department: str | None


def named_people(*more: Any) -> Select[*tuple[Any, ...]]:
    """Return the query of people with the names of their departments."""
    employee = EmployeeTable
    return select(
        *map(col, (employee.id, employee.login, employee.full_name, employee.unit_id)),
        col(UnitTable.name).label("unit"),
        *more,
    ).outerjoin_from(employee, UnitTable, col(UnitTable.id) == col(employee.unit_id))


def find_people(db: Connection, people: Collection[UUID]) -> list[Row[*tuple[Any, ...]]]:
    """Return the rows of people by their ids."""
    among = col(EmployeeTable.id).in_
    parts = _parts(sorted(people))
    return [row for part in parts for row in db.execute(named_people().where(among(part)))]


def as_recorded(
    db: Connection,
    organization_id: UUID,
    rows: Sequence[Row[*tuple[Any, ...]]],
    cutoff: datetime | None,
) -> dict[UUID, Person]:
    """Return people as they are; with a cutoff, named and placed as recorded then."""
    if cutoff is None:
        return {row.id: Person(row.login, row.full_name, row.unit) for row in rows}
    earlier = _earlier(db, organization_id, [row.id for row in rows], cutoff)
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


def _units(db: Connection, organization_id: UUID) -> dict[UUID, str]:
    rows = db.execute(
        select(col(UnitTable.id), col(UnitTable.name)).where(
            col(UnitTable.organization_id) == organization_id
        )
    )
    return {row.id: row.name for row in rows}


def _earlier(
    db: Connection, organization_id: UUID, people: Collection[UUID], cutoff: datetime
) -> dict[UUID, dict[str, Any]]:
    """Return the values that the first changes after the cutoff replaced."""
    event = AuditEventTable
    found: dict[UUID, dict[str, Any]] = {}
    for part in _parts(sorted(people)):
        rows = db.execute(
            select(*map(col, (event.seq, event.object_id, event.changes)))
            .where(
                col(event.organization_id) == organization_id,
                col(event.object_id).in_([str(person) for person in part]),
                col(event.at) > cutoff,
            )
            .order_by(col(event.seq))
        )
        for row in rows:
            old = found.setdefault(UUID(row.object_id), {})
            changes = json.loads(row.changes)
            for name in ("full_name", "unit_id"):
                if name in changes and name not in old:
                    old[name] = changes[name][0]
                    if name == "full_name":
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


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
