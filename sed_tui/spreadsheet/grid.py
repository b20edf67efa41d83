"""What every kind of file is to the reader: numbered rows of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sed_tui.spreadsheet.cells import Cell

Row = tuple[int, "list[Cell]"]


@dataclass(slots=True)
class Grid:
    """A sheet: its rows can be read again and again, numbered as the file's program shows.

    In a `strict` one every row has as many cells as the heading, or the columns are
    shifted; `total` is how many rows there are. A delimited file may be read with
    another delimiter, hence `alternatives`.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    total: int = 0
    strict: bool = False
    notices: list[str] = field(default_factory=list)
