"""The order of every list of documents: the newest first, whatever is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, String, bindparam, true, tuple_
from sqlmodel import col

from sed_tui.storage.search import NewestEntries, matches
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement

_DAY, _KEY = col(DocumentTable.listed_on), col(DocumentTable.key)


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """Where documents are read from, so that they come newest first without sorting them all.

    Statements made of it take parameters: `words`, and where `after`, the predicate on
    documents after a place in the list, is used, what `at` gives for the place.
    """

    source: Any
    condition: ColumnElement[bool]
    columns: tuple[ColumnElement[Any], ...]
    after: ColumnElement[bool]
    _by_entry: bool = False

    def at(self, place: tuple[date, int] | None) -> dict[str, Any]:
        """Return the parameters that stand for a place."""
        if place is None:
            return {}
        if self._by_entry:
            return {"entry": NewestEntries.place(*place)}
        return {"day": place[0], "key": place[1]}


@lru_cache(maxsize=4)
def document_order(dialect: str, *, has_words: bool) -> DocumentOrder:
    """Return the order of all documents, or of those in which `words` are to be found.

    Without words, and on PostgreSQL, whose index of words has no order, it is the index
    of the list. FTS5 hands out its entries in the order of their rowids, which is ours.
    """
    if has_words and dialect == "sqlite":
        entries = NewestEntries()
        return DocumentOrder(
            entries.joined, entries.condition, (entries.order,), entries.after, _by_entry=True
        )
    place = tuple_(bindparam("day", type_=Date), bindparam("key", type_=BigInteger))
    return DocumentOrder(
        DocumentTable.__table__,  # type: ignore[attr-defined]
        matches(dialect, bindparam("words", type_=String)) if has_words else true(),
        (_DAY.desc(), _KEY.desc()),
        # a row value is one range of the index; the form with OR reads everything before it
        tuple_(_DAY, _KEY) < place,
    )
