"""Reports as plain tables: on a terminal, in a pipe, in the body of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sed_tui.rendering.cells import readable

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout


def write_table(printout: Printout, target: BinaryIO) -> None:
    """Write title, notes, rows and totals as text."""
    for line in (printout.title, *printout.notes, ""):
        target.write(f"{line}\n".encode())
    if printout.rows:
        target.write(f"{_lines(printout)}\n\n".encode())
    width = max((len(name) for name, _count in printout.totals), default=0)
    for name, count in printout.totals:
        target.write(f"{readable(name):<{width}}  {count}\n".encode())


def _lines(printout: Printout) -> str:
    from tabulate import tabulate  # 15 ms, for tables alone

    cells = [
        [readable(column.shown(row[column.name])) for column in printout.columns]
        for row in printout.rows
    ]
    return tabulate(
        cells,
        headers=[column.title for column in printout.columns],
        tablefmt="simple",
        disable_numparse=True,
    )
