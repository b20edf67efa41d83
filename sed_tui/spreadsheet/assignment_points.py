"""The table of a protocol as points: № , what, who, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.operations.import_columns import Noun
from sed_tui.operations.resolution import PointGiven
from sed_tui.spreadsheet.table import open_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sed_tui.spreadsheet.mapping import Mapping


def read_points(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    encoding: str | None = None,
) -> tuple[tuple[PointGiven, ...], Sequence[str]]:
    """Return a point for every row, and what the reader has to tell.

    A blank cell says nothing. Where no column numbers the rows they are numbered in
    order, so that the same table means the same points again. Raises the failures of
    `open_table`.
    """
    table = open_table(path, Noun.ASSIGNMENTS, sheet=sheet, mapping=mapping, encoding=encoding)
    points = []
    for place, line in enumerate(table.lines(), 1):
        values = {
            column: text
            for column, text in zip(table.columns, line.values, strict=True)
            if text and not text.isspace()
        }
        if "number" not in table.columns:
            values["number"] = str(place)
        points.append(PointGiven(row=line.row, **values))
    return tuple(points), table.notices
