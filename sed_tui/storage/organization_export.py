"""Everything of one organization, written to a folder: rows as JSON lines, originals as files."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import null, select
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.domain.signature_files import signature_name
from sed_tui.errors.files import ContentDamaged, ContentLost, FileDamaged, FileLost
from sed_tui.i18n import N_, _
from sed_tui.storage.contents import pieces
from sed_tui.storage.kept_contents import DOCUMENT_FILES, KEPT
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable
from sed_tui.storage.tables.signature import SignatureTable
from sed_tui.storage.transfer import (
    NEIGHBOUR,
    ORGANIZATION,
    columns_of,
    own_tables,
    references_to,
    table_named,
    written,
)
from sed_tui.storage.transfer_manifest import ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Generator
    from uuid import UUID

    from sqlalchemy import Column, Connection, Select, Table

    from sed_tui.storage.files import FileStore
    from sed_tui.storage.transfer_manifest import SumsWriter

_AT_ONCE = 1000
_F, _S = FileTable, SignatureTable
OTHER_FILES = {
    "assignment_result": N_("a result of an assignment"),
    "legal_edition": N_("the text of an act"),
    "intake_file": N_("a file of a letter that came by mail"),
    "intake_letter": N_("a letter that came by mail"),
    "joining_paper": N_("a paper of joining"),
    "joining_signature": N_("a signature of a paper of joining"),
    "joining_person": N_("a consent to the processing of personal data"),
    "exchange_file": N_("a file of a message of the exchange"),
    "exchange_message": N_("a message of the exchange as it came"),
}


def write_rows(db: Connection, organization_id: UUID, sums: SumsWriter) -> dict[str, int]:
    """Write every row of an organization, and what its rows need of others; count them."""
    people = _people_around(db, organization_id)
    calendar, days = table_named("calendar_year"), table_named("calendar_day")
    offices = table_named(ORGANIZATION)
    queries: dict[str, Select[Any]] = {
        "common/calendar_year": select(calendar).order_by(calendar.c.year),
        "common/calendar_day": select(days)
        .where(days.c.organization_id.is_(None))
        .order_by(days.c.day),
        "neighbours/organization": _organizations_around(db, organization_id, people),
        "neighbours/employee": _shown_of(people),
        f"tables/{ORGANIZATION}": select(offices).where(offices.c.id == organization_id),
        **{f"tables/{table.name}": _own(table, organization_id) for table in own_tables()},
    }
    return {path: _write(db, query, sums, f"{path}.jsonl") for path, query in queries.items()}


def write_originals(
    db: Connection, organization_id: UUID, store: FileStore, sums: SumsWriter
) -> int:
    """Write the bytes of every file, signatures beside what they sign; count them.

    Each is compared with its digest on the way: the list vouches for nothing that the store
    has spoiled. Raises `FileLost` and `FileDamaged`, which name the document and the file.
    """
    count = 0
    with closing(_originals(db, organization_id)) as originals:
        for one in originals:
            try:
                with store.open(one.sha256) as source:
                    _write_original(source, one, sums)
            except ContentLost as fault:
                raise FileLost(place=one.place, name=one.name) from fault
            except ContentDamaged as fault:
                raise FileDamaged(place=one.place, name=one.name) from fault
            count += 1
    return count


def _write_original(source: BinaryIO, one: _Original, sums: SumsWriter) -> None:
    with sums.open(f"{ORIGINALS}/{one.path}") as target:
        for piece in pieces(source, one.sha256):
            target.write(piece)


def _write(db: Connection, query: Select[Any], sums: SumsWriter, path: str) -> int:
    count = 0
    with sums.open(path) as file:
        for row in db.execute(query.execution_options(yield_per=_AT_ONCE)).mappings():
            line = json.dumps(written(dict(row)), ensure_ascii=False, separators=(",", ":"))
            file.write(f"{line}\n".encode())
            count += 1
    return count


def _own(table: Table, organization_id: UUID) -> Select[Any]:
    query = select(*columns_of(table)).where(table.c.organization_id == organization_id)
    return query.order_by(*table.primary_key.columns)


def _people_around(db: Connection, organization_id: UUID) -> set[UUID]:
    """Return who works elsewhere and is named by rows of the organization."""
    people = table_named("employee")
    found: set[UUID] = set()
    for column in references_to("employee"):
        found.update(
            db.scalars(
                select(column)
                .join(people, people.c.id == column)
                .where(
                    column.table.c.organization_id == organization_id,
                    people.c.organization_id != organization_id,
                )
                .distinct()
            )
        )
    return found


def _shown_of(people: set[UUID]) -> Select[Any]:
    table = table_named("employee")
    shown = [
        column if column.name in NEIGHBOUR or not column.nullable else null().label(column.name)
        for column in table.columns
    ]
    return select(*shown).where(table.c.id.in_(people)).order_by(table.c.id)


def _organizations_around(db: Connection, organization_id: UUID, people: set[UUID]) -> Select[Any]:
    """Return those above the organization, and those that its rows and their people name."""
    table, worker = OrganizationTable, EmployeeTable
    homes = select(col(worker.organization_id)).where(col(worker.id).in_(people)).distinct()
    named = {organization_id, *db.scalars(homes)}
    for column in references_to(ORGANIZATION):
        own = column.table.c.organization_id == organization_id
        named.update(one for one in db.scalars(select(column).where(own).distinct()) if one)
    tree = db.execute(select(col(table.id), col(table.parent_id)))
    parents: dict[UUID, UUID | None] = {row.id: row.parent_id for row in tree}
    wanted: dict[UUID, None] = {}
    for one in sorted(named):
        above: UUID | None = one
        while above is not None and above not in wanted:
            wanted[above] = None
            above = parents[above]
    wanted.pop(organization_id)
    rows = select(table.__table__).where(col(table.id).in_(list(wanted)))  # type: ignore[attr-defined]
    return rows.order_by(col(table.code))


@dataclass(frozen=True, slots=True)
class _Original:
    """A content of the store: where it goes to, and what it is for people."""

    path: str
    sha256: str
    place: str
    name: str


def _originals(db: Connection, organization_id: UUID) -> Generator[_Original, None, None]:
    """Return every file with its place, then what else the store keeps of the organization."""
    folder, names = None, _Names()
    signed = _files(organization_id).execution_options(yield_per=_AT_ONCE)
    with closing(db.execute(signed)) as files:
        for row in files:
            if row.document_id != folder:
                folder, names = row.document_id, _Names()
            place = _("document {number}").format(number=row.number or row.document_id.hex[:8])
            yield _Original(f"{folder}/{names.take(row)}", row.sha256, place, row.name)
    for column in KEPT:
        if column is not DOCUMENT_FILES:
            yield from _others(db, organization_id, column)


def _others(
    db: Connection, organization_id: UUID, column: Column[Any]
) -> Generator[_Original, None, None]:
    """Return what is no file of a document: results, letters, acts."""
    table = column.table
    query = (
        select(column)
        .where(table.c.organization_id == organization_id, column.is_not(None))
        .order_by(column)
        .distinct()
        .execution_options(yield_per=_AT_ONCE)
    )
    with closing(db.execute(query)) as rows:
        for (sha256,) in rows:
            yield _Original(f"{table.name}/{sha256}", sha256, _(OTHER_FILES[table.name]), sha256)


class _Names:
    """The names within the folder of a document; a later version has a folder of its own."""

    def __init__(self) -> None:
        self._places: dict[UUID, str] = {}
        self._taken: set[str] = set()

    def take(self, row: Any) -> str:
        """Return the name of a file, of a signature after the file that it signs."""
        name = str(row.name if row.version == 1 else f"{row.version}/{row.name}")
        if row.content_id in self._places:
            name = signature_name(self._places[row.content_id], self._taken)
        if name.casefold() in {one.casefold() for one in self._taken}:
            name = f"{row.id}/{row.name}"
        self._taken.add(name)
        self._places[row.id] = name
        return name


def _files(organization_id: UUID) -> Select[*tuple[Any, ...]]:
    """Return the files of an organization by document, those that are signed first."""
    signed = (
        select(col(_S.content_id))
        .where(col(_S.file_id) == col(_F.id))
        .order_by(col(_S.position))
        .limit(1)
        .scalar_subquery()
        .label("content_id")
    )
    named = (_F.id, _F.document_id, _F.name, _F.version, _F.sha256)
    document = DocumentTable
    return (
        select(*map(col, named), col(document.number), signed)
        .join(document, col(document.id) == col(_F.document_id))
        .where(col(_F.organization_id) == organization_id)
        .order_by(
            col(_F.document_id),
            col(_F.role) == FileRole.SIGNATURE.value,
            col(_F.added_at),
            col(_F.id),
        )
    )
