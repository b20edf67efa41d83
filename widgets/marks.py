"""Rows marked in a table, be it one by one or everything the filter lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from widgets.rows import Row, RowSource


class Marks:
    """Marked rows by their keys, so that they survive reading the list again."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._everything = False

    def __contains__(self, key: str) -> bool:
        """Tell whether a row is marked."""
        return (key in self._rows) is not self._everything

    def __bool__(self) -> bool:
        """Tell whether there is any mark."""
        return self._everything or bool(self._rows)

    def count(self, total: int) -> int:
        """Return how many of so many rows are marked."""
        return total - len(self._rows) if self._everything else len(self._rows)

    def toggle(self, row: Row) -> None:
        """Mark a row, or take its mark away."""
        if self._rows.pop(row.key, None) is None:
            self._rows[row.key] = row

    def everything(self) -> None:
        """Mark every row, those not read yet included."""
        self._rows.clear()
        self._everything = True

    def clear(self) -> None:
        """Take every mark away."""
        self._rows.clear()
        self._everything = False

    def drop(self, keys: Collection[str]) -> None:
        """Take the marks of some rows away; of everything, which they are a part of, all."""
        if self._everything:
            self.clear()
        for key in keys:
            self._rows.pop(key, None)

    def rows(self, source: RowSource, limit: int) -> Iterator[Row]:
        """Return the marked rows, at most so many. Reads the source, so it may block."""
        if not self._everything:
            yield from list(self._rows.values())[:limit]
            return
        number = given = 0
        while given < limit and (page := source.page(number)):
            for row in page:
                if row.key in self and given < limit:
                    given += 1
                    yield row
            number += 1
