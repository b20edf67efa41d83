"""Reading the audit trail back, in the form in which it was hashed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.audit import HASHED, Chain, hashed_moment
from sed_tui.storage.tables.audit import AuditEventTable, AuditHeadTable, AuditPersonalTable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Result

Personal = dict[str, dict[str, str]]
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries it has, and the hash of the last one."""

    seq: int = 0
    hash: str = ""


def head_of(db: Connection, organization_id: UUID) -> Head:
    """Return the end of an organization's chain."""
    row = db.execute(
        select(col(AuditHeadTable.seq), col(AuditHeadTable.hash)).where(
            col(AuditHeadTable.organization_id) == organization_id
        )
    ).one_or_none()
    return Head() if row is None else Head(row.seq, row.hash)


def read_entries(
    db: Connection, organization_id: UUID, after: int = 0, until: int | None = None
) -> Generator[tuple[dict[str, Any], Personal], None, None]:
    """Return entries in their order, with the personal values kept of each.

    They are read in pieces: the memory taken does not grow with the trail. Who does
    not read to the end closes the iterator.
    """
    with (
        closing(_events(db, organization_id, after, until)) as events,
        closing(_personal(db, organization_id, after)) as values,
    ):
        yield from with_values(events.mappings(), values.mappings())


def with_values(
    events: Iterable[Mapping[Any, Any]], values: Iterable[Mapping[Any, Any]]
) -> Generator[tuple[dict[str, Any], Personal], None, None]:
    """Return rows of entries as they were hashed, each with its values; both in their order."""
    personal = groupby(values, key=lambda row: int(row["seq"]))
    waiting = next(personal, None)
    for row in events:
        while waiting is not None and waiting[0] < row["seq"]:
            waiting = next(personal, None)
        kept: Personal = {}
        if waiting is not None and waiting[0] == row["seq"]:
            kept = _by_path(waiting[1])
            waiting = next(personal, None)
        yield _hashed_form(row), kept


def verify_trail(db: Connection, organization_id: UUID) -> tuple[Chain, Head]:
    """Follow an organization's chain from its first entry to its head."""
    head = head_of(db, organization_id)
    chain = Chain()
    with closing(read_entries(db, organization_id)) as entries:
        for entry, personal in entries:
            # what was added since the head was read is for the next time
            if entry["seq"] > head.seq and head_of(db, organization_id).seq >= entry["seq"]:
                break
            chain.take(entry, personal)
    chain.finish(head.seq, head.hash)
    return chain, head


def personal_values(
    db: Connection, organization_id: UUID, numbers: Sequence[int]
) -> dict[int, Personal]:
    """Return the personal values that are still kept of some entries."""
    rows = db.execute(
        select(AuditPersonalTable.__table__)  # type: ignore[attr-defined]
        .where(
            col(AuditPersonalTable.organization_id) == organization_id,
            col(AuditPersonalTable.seq).in_(numbers),
        )
        .order_by(col(AuditPersonalTable.seq), col(AuditPersonalTable.path))
    )
    found = groupby(rows.mappings(), key=lambda row: int(row["seq"]))
    return {seq: _by_path(group) for seq, group in found}


def _events(
    db: Connection, organization_id: UUID, after: int, until: int | None
) -> Result[*tuple[Any, ...]]:
    table: Any = AuditEventTable.__table__  # type: ignore[attr-defined]
    query = select(table).where(table.c.organization_id == organization_id, table.c.seq > after)
    if until is not None:
        query = query.where(table.c.seq <= until)
    return db.execute(query.order_by(table.c.seq).execution_options(yield_per=_AT_ONCE))


def _personal(db: Connection, organization_id: UUID, after: int) -> Result[*tuple[Any, ...]]:
    table: Any = AuditPersonalTable.__table__  # type: ignore[attr-defined]
    return db.execute(
        select(table)
        .where(table.c.organization_id == organization_id, table.c.seq > after)
        .order_by(table.c.seq, table.c.path)
        .execution_options(yield_per=_AT_ONCE)
    )


def _by_path(rows: Iterable[Mapping[Any, Any]]) -> Personal:
    return {row["path"]: {"salt": row["salt"], "value": row["value"]} for row in rows}


def _hashed_form(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    entry = {name: mapping[name] for name in HASHED if name not in {"organization", "at"}}
    return {
        **entry,
        "organization": str(mapping["organization_id"]),
        "at": hashed_moment(mapping["at"]),
        "prev_hash": mapping["prev_hash"],
        "hash": mapping["hash"],
    }
