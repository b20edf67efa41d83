"""Reports as plain tables: on a terminal, in a pipe, in the body of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sed_tui.rendering.cells import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.rendering.printout import Printout

_SHORTEST_CELL = 6
_BETWEEN = 2


def write_table(printout: Printout, target: BinaryIO, room: int | None = None) -> None:
    """Write title, notes, rows and totals as text; with `room`, lines no longer than that."""
    for line in (printout.title, *printout.notes, ""):
        target.write(f"{line}\n".encode())
    if printout.rows:
        target.write(f"{_lines(printout, room)}\n\n".encode())
    width = max((len(name) for name, _count in printout.totals), default=0)
    for name, count in printout.totals:
        target.write(f"{readable(name):<{width}}  {count}\n".encode())


def _lines(printout: Printout, room: int | None) -> str:
    from tabulate import tabulate  # 15 ms, for tables alone

    heads = [column.title for column in printout.columns]
    cells = [
        [readable(column.shown(row[column.name])) for column in printout.columns]
        for row in printout.rows
    ]
    if room is not None:
        widths = _widths([heads, *cells], room)
        heads, *cells = (
            [_cut(text, width) for text, width in zip(line, widths, strict=True)]
            for line in [heads, *cells]
        )
    return tabulate(cells, headers=heads, tablefmt="simple", disable_numparse=True)


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the widths of columns, the widest made narrower until a line fits."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room -= _BETWEEN * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _SHORTEST_CELL:
        widest = widths.index(max(widths))
        widths[widest] = max(_SHORTEST_CELL, widths[widest] - (sum(widths) - room))
    return widths


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
