"""The index of words: FTS5 on SQLite, a tsvector on PostgreSQL, the same terms in both.

On SQLite the rowid of an entry is its place in the lists, the day above the document's
key, so that the newest hits come first without reading the others; the entry finds
itself again by a term made of its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, bindparam, cast, column, literal, select, table, text
from sqlmodel import col

from sed_tui.storage import stems
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from sed_tui.domain.query import Words

_KEY_BITS = 32
_KEY_MASK = (1 << _KEY_BITS) - 1
_LETTERS_TO_BEGIN = 3
_CHUNK = 500
_OWN = "ъъъ"  # in no term of a text

_ENTRIES: Any = table("document_search", column("rowid", BigInteger), column("document_search"))
_KEY_OF_ENTRY: Any = _ENTRIES.c.rowid.op("&")(literal(_KEY_MASK))
_VECTORS: Any = table("document_search", column("document_key", BigInteger), column("stems"))

# 1721424.5 is the Julian day before the first day that Python counts
_INSERT_SQLITE = Prepared(
    text(
        "INSERT INTO document_search (rowid, stems) "
        "SELECT (CAST(julianday(listed_on) - 1721424.5 AS INTEGER) << 32) | key, :stems "
        "FROM document WHERE key = :key"
    )
)
_REMOVE_SQLITE = text(
    "DELETE FROM document_search WHERE rowid IN "
    "(SELECT rowid FROM document_search WHERE document_search MATCH :term)"
)
_INSERTED = (
    "INSERT INTO document_search (document_key, stems) "
    "VALUES (:key, array_to_tsvector(CAST(:terms AS text[])))"
)
_INSERT_POSTGRESQL = Prepared(text(_INSERTED))
_REPLACE_POSTGRESQL = Prepared(
    text(f"{_INSERTED} ON CONFLICT (document_key) DO UPDATE SET stems = excluded.stems")
)
_READ_SQLITE = text("SELECT stems FROM document_search WHERE document_search MATCH :term")
_EXTEND_POSTGRESQL = text(
    "UPDATE document_search SET stems = stems || array_to_tsvector(CAST(:terms AS text[])) "
    "WHERE document_key = :key"
)
_REMOVE_POSTGRESQL = text("DELETE FROM document_search WHERE document_key = :key")


def index_documents(
    db: Connection, rows: Sequence[tuple[int, str]], *, is_new: bool = False
) -> None:
    """Make documents found by their words: (document.key, text), fields on lines of their own.

    An earlier entry is replaced; the texts of the document's files are added to the
    card's. A document that is stored by this very transaction, without files, has
    neither: `is_new` saves looking for them.
    """
    if not rows:
        return
    if not is_new:
        texts = _texts_of_files(db, [key for key, _text in rows])
        rows = [(key, "\n".join([card, *texts.get(key, ())])) for key, card in rows]
    if db.dialect.name == "sqlite":
        if not is_new:
            remove_documents(db, [key for key, _text in rows])
        entries = [{"key": key, "stems": _entry(key, stems.terms(text))} for key, text in rows]
        _INSERT_SQLITE.run_each(db, entries)
        return
    statement = _INSERT_POSTGRESQL if is_new else _REPLACE_POSTGRESQL
    statement.run_each(db, [{"key": key, "terms": stems.terms(text)} for key, text in rows])


def index_new_documents(db: Connection, rows: Sequence[tuple[int, date, str]]) -> None:
    """Make many documents found that this very transaction stored: key, day of lists, text.

    The same entries as `index_documents` makes, in one prepared statement.
    """
    if not rows:
        return
    if db.dialect.name == "sqlite":
        entries = [
            ((day.toordinal() << _KEY_BITS) | key, _entry(key, stems.terms(text)))
            for key, day, text in rows
        ]
        db.exec_driver_sql("INSERT INTO document_search (rowid, stems) VALUES (?, ?)", entries)
        return
    # terms are made of small letters and digits: as words of a tsvector they need no quoting
    connection: Any = db.connection.driver_connection
    with connection.cursor().copy("COPY document_search (document_key, stems) FROM STDIN") as copy:
        for key, _day, text in rows:
            copy.write_row((key, " ".join(stems.terms(text))))


def extend_document(db: Connection, key: int, text: str) -> None:
    """Add the words of a text to those a document is found by until it is indexed anew."""
    added = stems.terms(text)
    if db.dialect.name != "sqlite":
        db.execute(_EXTEND_POSTGRESQL, {"key": key, "terms": added})
        return
    known = (db.scalar(_READ_SQLITE, {"term": f'"{_own_term(key)}"'}) or "").split()
    remove_documents(db, [key])
    together = list(dict.fromkeys([*known[1:], *added]))
    _INSERT_SQLITE.run(db, {"key": key, "stems": _entry(key, together)})


def remove_documents(db: Connection, keys: Sequence[int]) -> None:
    """Let documents be found by their words no more."""
    if not keys:
        return
    if db.dialect.name == "sqlite":
        db.execute(_REMOVE_SQLITE, [{"term": f'"{_own_term(key)}"'} for key in keys])
    else:
        db.execute(_REMOVE_POSTGRESQL, [{"key": key} for key in keys])


def matching(dialect: str, wanted: Iterable[Words]) -> ColumnElement[bool] | None:
    """Return the predicate on `document` that all the words are there.

    None when there is nothing to look for: the text is a dash alone, say.
    """
    found = expression(dialect, wanted)
    return None if found is None else matches(dialect, literal(found))


def matches(dialect: str, found: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the predicate on `document` for an expression."""
    if dialect == "sqlite":
        keys = select(_KEY_OF_ENTRY).where(_ENTRIES.c.document_search.op("MATCH")(found))
    else:
        from sqlalchemy.dialects.postgresql import TSQUERY  # 37 ms, for PostgreSQL alone

        keys = select(_VECTORS.c.document_key).where(
            _VECTORS.c.stems.op("@@")(cast(found, TSQUERY))
        )
    return col(DocumentTable.key).in_(keys)


@dataclass(frozen=True, slots=True)
class NewestEntries:
    """Entries of FTS5 that match the parameter `words`, newest first as lists are."""

    @property
    def joined(self) -> Any:
        """Return the entries joined with their documents."""
        return _ENTRIES.join(DocumentTable, col(DocumentTable.key) == _KEY_OF_ENTRY)

    @property
    def condition(self) -> ColumnElement[bool]:
        """Return the predicate that the words are there."""
        found: ColumnElement[bool] = _ENTRIES.c.document_search.op("MATCH")(bindparam("words"))
        return found

    @property
    def order(self) -> ColumnElement[int]:
        """Return what to order by."""
        newest: ColumnElement[int] = _ENTRIES.c.rowid.desc()
        return newest

    @property
    def after(self) -> ColumnElement[bool]:
        """Return the predicate on entries after the place given as the parameter `entry`."""
        older: ColumnElement[bool] = _ENTRIES.c.rowid < bindparam("entry", type_=BigInteger)
        return older

    @staticmethod
    def place(day: date, key: int) -> int:
        """Return the place of a document among the entries."""
        return day.toordinal() << _KEY_BITS | key


def expression(dialect: str, wanted: Iterable[Words]) -> str | None:
    """Return what the database is asked for, every term quoted: nothing else is stemmed."""
    asked = dict.fromkeys(pair for words in wanted for pair in _asked(words))
    if not asked:
        return None
    if dialect == "sqlite":
        return " AND ".join(f'"{term}" *' if begun else f'"{term}"' for term, begun in asked)
    return " & ".join(f"'{term}':*" if begun else f"'{term}'" for term, begun in asked)


def _texts_of_files(db: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """Return the texts of the last versions of files by the document's key."""
    from sed_tui.storage.tables.file import FileTable, FileTextTable  # for changed cards alone

    last: dict[tuple[int, str], str] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = db.execute(
            select(col(DocumentTable.key), col(FileTable.name), col(FileTextTable.text))
            .join(FileTable, col(FileTable.document_id) == col(DocumentTable.id))
            .outerjoin(FileTextTable, col(FileTextTable.file_id) == col(FileTable.id))
            .where(col(DocumentTable.key).in_(keys[start : start + _CHUNK]))
            .order_by(col(FileTable.version))
        )
        last |= {(row.key, row.name): row.text or "" for row in rows}
    texts: dict[int, list[str]] = {}
    for (key, _name), text_of_file in last.items():
        texts.setdefault(key, []).append(stems.flowing(text_of_file))
    return texts


def _asked(wanted: Words) -> list[tuple[str, bool]]:
    """Return the terms to be there, and of each whether it is only begun."""
    found = stems.phrase(wanted.text) if wanted.is_phrase else stems.words(wanted.text)
    begun = wanted.is_begun and not wanted.is_phrase
    # one or two letters begin half of all words: wait for the third
    if begun and found and len(found[-1]) < _LETTERS_TO_BEGIN:
        found, begun = found[:-1], False
    if wanted.field:
        found = [stems.in_field(wanted.field, term) for term in found]
    return [(term, begun and place == len(found)) for place, term in enumerate(found, 1)]


def _own_term(key: int) -> str:
    return f"key{_OWN}{key}"


def _entry(key: int, terms: list[str]) -> str:
    return " ".join([_own_term(key), *terms])
