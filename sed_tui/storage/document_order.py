"""The order of every list of documents: the newest first, whatever is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, true, tuple_
from sqlmodel import col

from sed_tui.storage.search import NewestEntries, expression, matching
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from sed_tui.domain.query import Words

_DAY, _KEY = col(DocumentTable.listed_on), col(DocumentTable.key)


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """Where documents are read from, so that they come newest first without sorting them all."""

    source: Any
    condition: ColumnElement[bool]
    columns: tuple[ColumnElement[Any], ...]
    _entries: NewestEntries | None = None

    def after(self, day: date, key: int) -> ColumnElement[bool]:
        """Return the predicate on documents that come after a place in the list."""
        if self._entries is not None:
            return self._entries.after(day, key)
        # a row value is one range of the index; the form with OR reads everything before it
        return tuple_(_DAY, _KEY) < tuple_(literal(day), literal(key))


def document_order(dialect: str, wanted: Sequence[Words]) -> DocumentOrder:
    """Return the order of the documents in which all words are to be found.

    Without words, and on PostgreSQL, whose index of words has no order, it is the index
    of the list. FTS5 hands out its entries in the order of their rowids, which is ours.
    """
    table: Any = DocumentTable.__table__  # type: ignore[attr-defined]
    found = expression(dialect, wanted)
    if found is None or dialect != "sqlite":
        condition = matching(dialect, wanted)
        return DocumentOrder(
            table, true() if condition is None else condition, (_DAY.desc(), _KEY.desc())
        )
    entries = NewestEntries(found)
    return DocumentOrder(entries.joined, entries.condition, (entries.order,), entries)
