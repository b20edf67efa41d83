"""Whether what a database holds fits together: pages, references, files, numbers, the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, text
from sqlmodel import col

from sed_tui.storage.audit_trail import verify_trail
from sed_tui.storage.contents import fault_of
from sed_tui.storage.kept_contents import KEPT
from sed_tui.storage.room_counting import miscounted
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.numbers import CounterTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from sed_tui.storage.files import FileStore

_NOT_FOUND_BY_WORDS = {
    "sqlite": "SELECT count(*) FROM document WHERE key NOT IN "
    "(SELECT rowid & 4294967295 FROM document_search)",
    "postgresql": "SELECT count(*) FROM document d WHERE NOT EXISTS "
    "(SELECT 1 FROM document_search s WHERE s.document_key = d.key)",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how many faults there are, and the first of them."""

    id: str
    faults: int
    first: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong; bytes that a crash left behind harm nobody."""
        return self.faults == 0 or self.id == "unused_files"


def check_database(db: Connection, files: FileStore, *, deep: bool = False) -> Iterator[Check]:
    """Look at everything; with `deep` every file is read and hashed again."""
    if db.dialect.name == "sqlite":
        yield _faults("pages", _pages(db))
        yield _faults("references", _references(db))
    known, kept = named_contents(db), {name for name, _size in files.listed()}
    yield _faults("lost_files", sorted(known - kept))
    yield _faults("unused_files", sorted(kept - known))
    if deep:
        both = sorted(known & kept)
        yield _faults("damaged_files", [name for name in both if fault_of(files, name)])
    unfound = db.scalar(text(_NOT_FOUND_BY_WORDS[db.dialect.name])) or 0
    yield Check("search", unfound)
    yield _faults("counters", _counters(db))
    yield _faults("stored_bytes", miscounted(db))
    yield _faults("redirects", _redirects(db))
    yield _faults("audit", _trails(db))


def hold_contents(db: Connection) -> None:
    """Let nobody name a content until the commit; SQLite has one writer at a time anyway."""
    if db.dialect.name == "postgresql":
        tables = {column.table.name for column in KEPT}
        db.exec_driver_sql(f"LOCK TABLE {', '.join(sorted(tables))} IN SHARE MODE")


def _faults(name: str, found: list[str]) -> Check:
    return Check(name, len(found), found[0] if found else None)


def _pages(db: Connection) -> list[str]:
    said = [str(row[0]) for row in db.exec_driver_sql("PRAGMA integrity_check")]
    return [] if said == ["ok"] else said


def _references(db: Connection) -> list[str]:
    return [f"{row[0]} → {row[2]}" for row in db.exec_driver_sql("PRAGMA foreign_key_check")]


def named_contents(db: Connection) -> set[str]:
    """Return the digests of every content that rows name."""
    found: set[str] = set()
    for digests in KEPT:
        query = select(digests).where(digests.is_not(None)).distinct()
        found |= {digest for digest in db.scalars(query) if digest}
    return found


def _counters(db: Connection) -> list[str]:
    """Return the journals' counters that stand before a number already given."""
    place = (DocumentTable.journal_id, DocumentTable.period, DocumentTable.scope)
    given = (
        select(*map(col, place), func.max(col(DocumentTable.ordinal)).label("last"))
        .where(col(DocumentTable.ordinal).is_not(None))
        .group_by(*map(col, place))
        .subquery()
    )
    rows = db.execute(
        select(given.c.journal_id, given.c.period, given.c.last)
        .outerjoin(
            CounterTable,
            (col(CounterTable.journal_id) == given.c.journal_id)
            & (col(CounterTable.period) == given.c.period)
            & (col(CounterTable.scope) == given.c.scope),
        )
        .where(
            or_(
                col(CounterTable.last_ordinal).is_(None),
                col(CounterTable.last_ordinal) < given.c.last,
            )
        )
    )
    return [f"{row.journal_id} {row.period}: {row.last}" for row in rows]


def _redirects(db: Connection) -> list[str]:
    """Return the merged correspondents that do not lead to a live one at once."""
    successor = CorrespondentTable.__table__.alias("successor")  # type: ignore[attr-defined]
    rows = db.scalars(
        select(col(CorrespondentTable.id))
        .outerjoin(successor, successor.c.id == col(CorrespondentTable.merged_into))
        .where(
            col(CorrespondentTable.state) == "merged",
            or_(successor.c.id.is_(None), successor.c.state == "merged"),
        )
    )
    return [str(key) for key in rows]


def _trails(db: Connection) -> list[str]:
    organizations = db.execute(
        select(col(OrganizationTable.id), col(OrganizationTable.code)).order_by(
            col(OrganizationTable.code)
        )
    ).all()
    broken = []
    for row in organizations:
        chain, _head = verify_trail(db, row.id)
        if chain.first_broken is not None:
            broken.append(f"{row.code}: {chain.first_broken}")
    return broken
