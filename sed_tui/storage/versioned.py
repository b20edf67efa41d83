"""Rows that several people edit: kept at the version somebody saw, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.errors.references import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy import Connection


def require_seen(seen: int | None, current: int, what: str) -> None:
    """Refuse a change of what is no more as it was seen. Raises `ChangedMeanwhile`."""
    if seen is not None and seen != current:
        raise ChangedMeanwhile(field="version", what=what, seen=seen, current=current)


def keep_row(
    db: Connection,
    table: Any,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    seen: int | None,
    *,
    what: str,
    changes: Mapping[str, Any] | None = None,
) -> int:
    """Add a row or change it in one statement, and return its version.

    A row that is there takes `changes` alone where they are given. What is not there yet
    is at version 0. Raises `ChangedMeanwhile` unless the row is at the version `seen`.
    """
    version, these = col(table.version), [col(getattr(table, name)) == key[name] for name in key]
    told = values if changes is None else changes
    changed = {**told, "version": version + 1}
    if seen:
        statement: Any = update(table).where(*these, version == seen).values(**changed)
    else:
        insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
        statement = (
            insert(table)
            .values(**key, **values, version=1)
            .on_conflict_do_update(
                index_elements=list(key),
                set_=changed,
                where=version == (version if seen is None else seen),
            )
        )
    kept: int | None = db.scalar(statement.returning(version))
    if kept is None:
        columns = [col(getattr(table, name)) for name in changed]
        row = db.execute(select(*columns).where(*these)).one_or_none()
        now: dict[str, Any] = {} if row is None else row._asdict()
        raise ChangedMeanwhile(
            field="version",
            what=what,
            seen=seen,
            current=now.get("version", 0),
            differences=differing(now, told),
        )
    return kept


def differing(now: Mapping[str, Any], yours: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the fields that were to become something else than they are, both values of each.

    A reference to another row says nothing to people and is left out.
    """
    return {
        name: [now[name], value]
        for name, value in yours.items()
        if name in now and now[name] != value and not name.endswith("_id")
    }


def versions_of(db: Connection, table: Any, organization_id: UUID) -> dict[str, int]:
    """Return the versions of an organization's rows of a table by their codes."""
    query = select(col(table.code), col(table.version))
    rows = db.execute(query.where(col(table.organization_id) == organization_id))
    return {row.code: row.version for row in rows}
