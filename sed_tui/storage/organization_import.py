"""What an export holds, put into a database: rows, then contents, all or nothing.

Nothing of an organization that lives here is touched: rows go in behind its wall
(`tenancy`), an id that somebody has is a conflict, and no row refers to another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from sed_tui.errors.transfer import ExportTampered, OrganizationHere, RowsHere
from sed_tui.i18n import _
from sed_tui.storage.exported_rows import batches, file_of, foreign, require_owner
from sed_tui.storage.imported_ties import require_own_reminders, tied_parts
from sed_tui.storage.room_counting import recount
from sed_tui.storage.tenancy import enter, look_everywhere
from sed_tui.storage.transfer import (
    ELSEWHERE,
    NEIGHBOUR,
    ORGANIZATION,
    OUTWARD,
    own_tables,
    owner_of,
    references_within,
    table_named,
)
from sed_tui.storage.transfer_manifest import ORIGINALS, listed

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from sed_tui.storage.files import FileStore
    from sed_tui.storage.transfer_manifest import Manifest

    Rows = list[dict[str, Any]]

# rows that may be here already as those of a neighbour: they are completed
_COMPLETED = frozenset({ORGANIZATION, "employee"})
# what people call a row by, beside its key
_NAMES = ("login", "code", "number", "name")


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
    """Store every row of an export, and count the organization's own.

    Raises `ForeignRows` for what belongs or refers to another organization, and `RowsHere`.
    """
    if not _others_live(db, organization_id):
        _load_common(db, folder)
    _load_neighbours(db, folder)
    enter(db, organization_id)
    tables = (table_named(ORGANIZATION), *own_tables())
    count = sum(_load(db, table, folder, organization_id) for table in tables)
    for table in tables:
        path = file_of(folder, "tables", table)
        for rows in batches(table, path):
            _refer(db, table, rows)
    look_everywhere(db)
    _require_own_references(db, folder, organization_id)
    reminders = file_of(folder, "tables", table_named("reminder"))
    require_own_reminders(db, reminders, organization_id)
    recount(db, organization_id)
    return count


def _others_live(db: Connection, organization_id: UUID) -> bool:
    table = table_named(ORGANIZATION)
    here = select(table.c.id).where(table.c.state != ELSEWHERE, table.c.id != organization_id)
    return db.execute(here.limit(1)).first() is not None


def _load_common(db: Connection, folder: Path) -> None:
    """Bring the production calendars of the years that the database lacks.

    Only where nobody else lives: the terms of the others are not for an export to move.
    """
    years, days = table_named("calendar_year"), table_named("calendar_day")
    known = set(db.scalars(select(years.c.year)))
    path = file_of(folder, "common", years)
    for rows in batches(years, path):
        _insert(db, years, path, [row for row in rows if row["year"] not in known])
    path = file_of(folder, "common", days)
    for rows in batches(days, path):
        require_owner(days, path, rows, None)
        _insert(db, days, path, [row for row in rows if row["day"].year not in known])


def _load_neighbours(db: Connection, folder: Path) -> None:
    """Bring the names of organizations and people that are unknown here; known ones stay."""
    offices, people = table_named(ORGANIZATION), table_named("employee")
    path = file_of(folder, "neighbours", offices)
    new: Rows = []
    for rows in batches(offices, path):
        fresh = [{**row, "state": ELSEWHERE} for row in _absent(db, offices, rows)]
        _insert(db, offices, path, _without_references(offices, fresh))
        new += fresh
    _refer(db, offices, new)
    path = file_of(folder, "neighbours", people)
    for rows in batches(people, path):
        fresh = [_name_alone(people, row) for row in _absent(db, people, rows)]
        _require_elsewhere(db, path, fresh)
        _insert(db, people, path, fresh)


def _name_alone(people: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Leave of somebody who works elsewhere what an export shows of him."""
    hidden = [one.name for one in people.c if one.nullable and one.name not in NEIGHBOUR]
    return {**row, **dict.fromkeys(hidden)}


def _require_elsewhere(db: Connection, path: Path, people: Rows) -> None:
    """Refuse new people for an organization that lives here: it hires its own."""
    table = table_named(ORGANIZATION)
    homes = {row["organization_id"] for row in people}
    living = select(table.c.id).where(table.c.id.in_(homes), table.c.state != ELSEWHERE)
    if db.execute(living.limit(1)).first() is not None:
        raise foreign(path)


def _load(db: Connection, table: Table, folder: Path, organization_id: UUID) -> int:
    path, count = file_of(folder, "tables", table), 0
    for rows in batches(table, path):
        require_owner(table, path, rows, organization_id)
        count += len(rows)
        plain = _without_references(table, _inward(db, table, path, rows, organization_id))
        if table.name not in _COMPLETED:
            _insert(db, table, path, plain)
            continue
        # who is here as somebody else's is not completed: his id is taken
        fresh = _absent(db, table, plain, organization_id)
        new = {row["id"] for row in fresh}
        _insert(db, table, path, fresh)
        _complete(db, table, path, [row for row in plain if row["id"] not in new])
    return count


def _complete(db: Connection, table: Table, path: Path, rows: Rows) -> None:
    for row in rows:
        own = (table.c.id == row["id"]) & (owner_of(table) == row[owner_of(table).name])
        try:
            db.execute(update(table).where(own).values(**row))
        except IntegrityError as error:
            raise _here(table, path, row) from error


def _refer(db: Connection, table: Table, rows: Rows) -> None:
    """Set what refers to rows of the same table, which are all there now."""
    for column in references_within(table):
        pairs = [
            {"own_id": row["id"], "other_id": row[column.name]}
            for row in rows
            if row[column.name] is not None
        ]
        if pairs:
            statement = update(table).where(table.c.id == bindparam("own_id"))
            db.execute(statement.values({column.name: bindparam("other_id")}), pairs)


def _require_own_references(db: Connection, folder: Path, organization_id: UUID) -> None:
    """Refuse rows that hang on another organization's: its journals, documents, letters.

    People and organizations are named across, and `OUTWARD` says what else is.
    """
    for table in own_tables():
        for key in table.foreign_keys:
            target = key.column.table.alias()
            outward = (table.name, key.parent.name) in OUTWARD
            if outward or "organization_id" not in target.c or key.column.table.name == "employee":
                continue
            both = table.join(target, key.parent == target.c[key.column.name])
            theirs = (
                select(literal(1))
                .select_from(both)
                .where(
                    table.c.organization_id == organization_id,
                    target.c.organization_id != organization_id,
                )
            )
            if db.execute(theirs.limit(1)).first() is not None:
                raise foreign(file_of(folder, "tables", table))


def _without_references(table: Table, rows: Rows) -> Rows:
    later: dict[str, Any] = {column.name: None for column in references_within(table)}
    return [{**row, **later} for row in rows] if later else rows


def _inward(db: Connection, table: Table, path: Path, rows: Rows, organization_id: UUID) -> Rows:
    """Leave out references to what stayed in the other database. Raises `ForeignRows`."""
    if table.name not in {name for name, _column in OUTWARD}:
        return rows
    look_everywhere(db)
    tied = tied_parts(db, path, rows)
    enter(db, organization_id)
    return tied


def _absent(db: Connection, table: Table, rows: Rows, owner: UUID | None = None) -> Rows:
    """Return the rows that are not here, or not as the owner's."""
    query = select(table.c.id).where(table.c.id.in_([row["id"] for row in rows]))
    if owner is not None:
        query = query.where(owner_of(table) == owner)
    known = set(db.scalars(query))
    return [row for row in rows if row["id"] not in known]


def _insert(db: Connection, table: Table, path: Path, rows: Rows) -> None:
    if not rows:
        return
    try:
        with db.begin_nested():
            db.execute(insert(table), rows)
    except IntegrityError as error:
        raise _here(table, path, _refused_among(db, table, rows)) from error


def _refused_among(db: Connection, table: Table, rows: Rows) -> dict[str, Any]:
    """Return the first of rows that the database refuses: of many it does not tell which."""
    for row in rows:
        try:
            with db.begin_nested():
                db.execute(insert(table), row)
        except IntegrityError:
            return row
    return rows[0]


def _here(table: Table, path: Path, row: dict[str, Any]) -> RowsHere:
    key = [one.name for one in table.primary_key if one.name != "organization_id"]
    told = ["id"] if "id" in row else key
    told += [name for name in _NAMES if name in row and row[name] and name not in told]
    name = ", ".join(f"{one} {row[one]}" for one in told or ["organization_id"])
    return RowsHere(path=f"{path.parent.name}/{path.name}", name=name)
