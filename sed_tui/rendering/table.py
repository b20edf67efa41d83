"""Reports as plain tables: on a terminal, in a pipe, in the body of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sed_tui.rendering.cells import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.rendering.printout import Printout

_SHORTEST_CELL = 6
_BETWEEN = 2
_HEAD_LINES = 2  # the headings of columns and the line under them


def write_table(printout: Printout, target: BinaryIO, room: int | None = None) -> None:
    """Write title, notes, rows and totals as text; with `room`, lines no longer than that."""
    for line in (printout.title, *printout.notes, ""):
        target.write(f"{line}\n".encode())
    if printout.rows:
        target.write(f"{_body(printout, room)}\n\n".encode())
    width = max((len(name) for name, _count in printout.totals), default=0)
    for name, count in printout.totals:
        target.write(f"{readable(name):<{width}}  {count}\n".encode())
    if printout.appendix is not None:
        target.write(b"\n")
        write_table(printout.appendix, target, room)


def aligned(lines: list[list[str]], room: int | None = None) -> str:
    """Return lines of cells, the first of them headings, in columns; cut to fit some room."""
    import tabulate  # 15 ms, for tables alone

    tabulate.MIN_PADDING = 0  # it widens headings past what was counted to fit
    if room is not None:
        widths = _widths(lines, room)
        lines = [
            [_cut(text, width) for text, width in zip(line, widths, strict=True)] for line in lines
        ]
    return tabulate.tabulate(
        lines, headers="firstrow", tablefmt="simple", disable_numparse=True, stralign="left"
    )


def _body(printout: Printout, room: int | None) -> str:
    columns = printout.columns
    headings: list[str | None] = [None] * _HEAD_LINES
    lines = [[column.title for column in columns]]
    for heading, row in printout.lines:
        headings.append(heading)
        lines.append([readable(column.shown(row.get(column.name))) for column in columns])
    return "\n".join(
        line if heading is None else f"\n{readable(heading)}\n{line}"
        for heading, line in zip(headings, aligned(lines, room).split("\n"), strict=True)
    )


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the widths of columns, the widest made narrower again and again until a line fits."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room -= _BETWEEN * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _SHORTEST_CELL:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
