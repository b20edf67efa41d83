"""Rows that several people edit: kept at the version somebody saw, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.errors.references import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection


def require_seen(
    seen: int | None,
    current: int,
    what: str | None,
    differences: Callable[[], Mapping[str, Sequence[Any]]] = dict,
) -> None:
    """Refuse a change of what is no more as it was seen. Raises `ChangedMeanwhile`.

    `differences` is asked for both values of the fields only when it is refused.
    """
    if seen is not None and seen != current:
        raise ChangedMeanwhile(
            field="version", what=what, seen=seen, current=current, differences=differences()
        )


def change_row(
    db: Connection,
    table: Any,
    key: UUID,
    values: Mapping[str, Any],
    read: int | None,
    seen: int | None = None,
    *,
    what: str | None,
    told: Mapping[str, Any] | None = None,
) -> int:
    """Change the row of an id in one statement, and return its version.

    Raises `ChangedMeanwhile` unless it is at the version that somebody has `seen`; where
    nobody says what he saw, at the version this transaction has `read`; where it has read
    none, the row changes as it stands. The failure compares the fields `told` with the row.
    """
    version, this = col(table.version), [col(table.id) == key]
    known = read if seen is None else seen
    same = version == (version if known is None else known)
    statement = update(table).where(*this, same).values(**values, version=version + 1)
    kept: int | None = db.scalar(statement.returning(version))
    if kept is None:
        current, differences = _standing(db, table, this, told or {})
        field = None if seen is None else "version"
        raise ChangedMeanwhile(
            field=field, what=what, seen=known, current=current, differences=differences
        )
    return kept


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
        current, differences = _standing(db, table, these, told)
        raise ChangedMeanwhile(
            field="version", what=what, seen=seen, current=current, differences=differences
        )
    return kept


def _standing(
    db: Connection, table: Any, these: Sequence[ColumnElement[bool]], told: Mapping[str, Any]
) -> tuple[int, dict[str, list[Any]]]:
    """Return the version a row is at, 0 of one that is not there, and what differs from it."""
    columns = [col(getattr(table, name)) for name in {**told, "version": None}]
    row = db.execute(select(*columns).where(*these)).one_or_none()
    now: dict[str, Any] = {} if row is None else row._asdict()
    return now.get("version", 0), differing(now, told)


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
