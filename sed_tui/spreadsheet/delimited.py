"""Files of delimited values: CSV with commas or semicolons, TSV."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, cast

from sed_tui.errors.spreadsheet import UnbalancedQuotes
from sed_tui.spreadsheet.encoding import detect
from sed_tui.spreadsheet.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sed_tui.spreadsheet.cells import Cell
    from sed_tui.spreadsheet.grid import Row

_DELIMITERS = ";,\t|"
_LOOKED_AT = 50


def open_delimited(
    path: Path, declared: str | None, recognized: Callable[[list[Cell]], int]
) -> Grid:
    """Open a delimited file with the delimiter that makes its heading readable.

    `recognized` counts the headings known in a row. Raises the failures of encodings, and
    `UnbalancedQuotes`.
    """
    decoding = detect(path, declared)
    text = _head(path, decoding.encoding)
    delimiter = max(_DELIMITERS, key=lambda mark: _score(text, mark, recognized))

    def rows() -> Iterator[Row]:
        with path.open(encoding=decoding.encoding, newline="") as file:
            number = 0
            try:
                for number, cells in enumerate(
                    csv.reader(file, delimiter=delimiter, strict=True), 1
                ):
                    yield number, cast("list[Cell]", cells)
            except csv.Error as error:
                raise UnbalancedQuotes(row=number + 1) from error

    notices = [decoding.notice] if decoding.notice else []
    return Grid(path.name, rows, strict=True, notices=notices)


def _head(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as file:
        return list(islice(file, _LOOKED_AT))


def _score(
    lines: list[str], delimiter: str, recognized: Callable[[list[Cell]], int]
) -> tuple[int, int]:
    rows = list(csv.reader(lines, delimiter=delimiter))
    best = max((recognized(cast("list[Cell]", row)) for row in rows), default=0)
    return best, max((len(row) for row in rows), default=0)
