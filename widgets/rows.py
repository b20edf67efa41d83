"""What a virtual table shows: columns, rows, and where the rows come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NARROWEST = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column: at least `width` wide, and its `share` of the room that is left.

    An `optional` one gives way when the screen is narrow. `copied` is the one whose
    cell `y` copies.
    """

    title: str
    width: int
    share: int = 0
    optional: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. Its key stays the same when the list is read again.

    `tone` names a component style `table--TONE`; `data` is for whoever made the row.
    """

    key: str
    cells: tuple[str, ...]
    tone: str = ""
    data: object = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are; `more` says that counting stopped there."""

    rows: int
    more: bool = False


class RowSource(Protocol):
    """Rows in pages. Both methods block, so the table calls them from threads."""

    page_size: int

    def count(self, limit: int | None) -> Total:
        """Return how many rows there are, counting up to a limit."""
        ...

    def page(self, number: int) -> Sequence[Row]:
        """Return the rows of one page, counted from zero."""
        ...


class FixedRows:
    """Rows that are all there already."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.page_size = max(1, len(rows))

    def count(self, limit: int | None) -> Total:
        """Return how many rows there are."""
        return Total(len(self._rows))

    def page(self, number: int) -> Sequence[Row]:
        """Return the rows: there is one page."""
        return self._rows if number == 0 else ()


class WholeRows:
    """Rows that are read together, once, when the first of them is asked for."""

    page_size = 10_000

    def __init__(self, read: Callable[[], Sequence[Row]]) -> None:
        self._read = read

    def count(self, limit: int | None) -> Total:
        """Return how many rows there are."""
        return Total(len(self._rows))

    def page(self, number: int) -> Sequence[Row]:
        """Return the rows of one page: lists of this sort seldom have a second."""
        start = number * self.page_size
        return self._rows[start : start + self.page_size]

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return self._read()


def fitted_widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of each column in so much room, a space between two included.

    Columns with a share grow; when there is too little room optional columns vanish
    (width 0), the last first, and then those with a share shrink.
    """
    widths = [column.width + 1 for column in columns]
    for number in reversed(range(len(columns))):
        if sum(widths) <= room:
            break
        if columns[number].optional:
            widths[number] = 0
    spare = room - sum(widths)
    shares = [column.share if width else 0 for column, width in zip(columns, widths, strict=True)]
    if spare >= 0:
        return _grown(widths, shares, spare)
    for number in sorted(range(len(widths)), key=lambda n: -shares[n]):
        if shares[number] and spare < 0:
            cut = min(-spare, widths[number] - _NARROWEST)
            widths[number] -= cut
            spare += cut
    return widths


def _grown(widths: list[int], shares: list[int], spare: int) -> list[int]:
    whole = sum(shares)
    if not whole:
        return widths
    grown = [width + spare * share // whole for width, share in zip(widths, shares, strict=True)]
    last = max(range(len(shares)), key=lambda n: shares[n])
    grown[last] += sum(widths) + spare - sum(grown)
    return grown
