"""What an export holds, put into a database: contents first, then rows, all or nothing."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from sed_tui.errors.transfer import ExportTampered, NotAnExport, OrganizationHere
from sed_tui.i18n import _
from sed_tui.storage.room_counting import recount
from sed_tui.storage.transfer import (
    ELSEWHERE,
    ORGANIZATION,
    OUTWARD,
    own_tables,
    read_back,
    references_within,
    table_named,
)
from sed_tui.storage.transfer_manifest import ORIGINALS, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from sed_tui.storage.files import FileStore
    from sed_tui.storage.transfer_manifest import Manifest

    Rows = list[dict[str, Any]]

_AT_ONCE = 1000
# rows that may be here already as those of a neighbour: they are completed
_COMPLETED = frozenset({ORGANIZATION, "employee"})


def keep_originals(folder: Path, store: FileStore) -> int:
    """Put the bytes of every file into the store, and count them. Raises `ExportTampered`."""
    count = 0
    for path, digest in listed(folder):
        if not path.startswith(f"{ORIGINALS}/"):
            continue
        with (folder / path).open("rb") as source:
            staged = store.stage(source)
        try:
            if staged.sha256 != digest:
                raise ExportTampered(path=path, reason=_("the digest differs"))
            store.keep(staged.token)
        finally:
            store.discard(staged.token)
        count += 1
    return count


def require_absent(db: Connection, manifest: Manifest) -> None:
    """Refuse an organization that is in the database. Raises `OrganizationHere`."""
    table = table_named(ORGANIZATION)
    row = db.execute(
        select(table.c.id, table.c.state).where(
            (table.c.id == UUID(manifest.organization_id)) | (table.c.code == manifest.code)
        )
    ).first()
    if row is None:
        return
    if row.state != ELSEWHERE or row.id != UUID(manifest.organization_id):
        raise OrganizationHere(code=manifest.code)


def load_rows(db: Connection, folder: Path, organization_id: UUID) -> int:
    """Store every row of an export, and count the organization's own."""
    _load_common(db, folder)
    _load_neighbours(db, folder)
    tables = (table_named(ORGANIZATION), *own_tables())
    count = sum(_load(db, table, _file(folder, "tables", table)) for table in tables)
    for table in tables:
        _refer(db, table, _file(folder, "tables", table))
    recount(db, organization_id)
    return count


def _load_common(db: Connection, folder: Path) -> None:
    """Bring the production calendars of the years that the database lacks."""
    years, days = table_named("calendar_year"), table_named("calendar_day")
    known = set(db.scalars(select(years.c.year)))
    for rows in _batches(years, _file(folder, "common", years)):
        _insert(db, years, [row for row in rows if row["year"] not in known])
    for rows in _batches(days, _file(folder, "common", days)):
        _insert(db, days, [row for row in rows if row["day"].year not in known])


def _load_neighbours(db: Connection, folder: Path) -> None:
    offices, people = table_named(ORGANIZATION), table_named("employee")
    for table in (offices, people):
        path = _file(folder, "neighbours", table)
        for rows in _batches(table, path):
            fresh = _absent(db, table, rows)
            if table is offices:
                fresh = [{**row, "state": ELSEWHERE} for row in fresh]
            _insert(db, table, _without_references(table, fresh))
        if table is offices:
            _refer(db, table, path)


def _load(db: Connection, table: Table, path: Path) -> int:
    count = 0
    for rows in _batches(table, path):
        count += len(rows)
        plain = _without_references(table, _inward(db, table, rows))
        if table.name not in _COMPLETED:
            _insert(db, table, plain)
            continue
        fresh = _absent(db, table, plain)
        new = {row["id"] for row in fresh}
        _insert(db, table, fresh)
        for row in plain:
            if row["id"] not in new:
                db.execute(update(table).where(table.c.id == row["id"]).values(**row))
    return count


def _refer(db: Connection, table: Table, path: Path) -> None:
    """Set what refers to rows of the same table, which are all there now."""
    for column in references_within(table):
        for rows in _batches(table, path):
            pairs = [
                {"own_id": row["id"], "other_id": row[column.name]}
                for row in rows
                if row[column.name] is not None
            ]
            if pairs:
                statement = update(table).where(table.c.id == bindparam("own_id"))
                db.execute(statement.values({column.name: bindparam("other_id")}), pairs)


def _without_references(table: Table, rows: Rows) -> Rows:
    later: dict[str, Any] = {column.name: None for column in references_within(table)}
    return [{**row, **later} for row in rows] if later else rows


def _inward(db: Connection, table: Table, rows: Rows) -> Rows:
    """Leave out references to what stayed in the other database."""
    for key in table.foreign_keys:
        name = key.parent.name
        if (table.name, name) not in OUTWARD:
            continue
        asked = [row[name] for row in rows if row[name] is not None]
        known = set(db.scalars(select(key.column).where(key.column.in_(asked))))
        rows = [{**row, name: row[name] if row[name] in known else None} for row in rows]
    return rows


def _absent(db: Connection, table: Table, rows: Rows) -> Rows:
    known = set(db.scalars(select(table.c.id).where(table.c.id.in_([r["id"] for r in rows]))))
    return [row for row in rows if row["id"] not in known]


def _insert(db: Connection, table: Table, rows: Rows) -> None:
    if rows:
        db.execute(insert(table), rows)


def _batches(table: Table, path: Path) -> Iterator[Rows]:
    try:
        with path.open("rb") as lines:
            rows = (read_back(table, json.loads(line)) for line in lines)
            while batch := list(islice(rows, _AT_ONCE)):
                yield batch
    except (KeyError, TypeError, ValueError, FileNotFoundError) as error:
        reason = _("{file} cannot be read").format(file=path.name)
        raise NotAnExport(folder=str(path.parent.parent), reason=reason) from error


def _file(folder: Path, part: str, table: Table) -> Path:
    return folder / part / f"{table.name}.jsonl"
