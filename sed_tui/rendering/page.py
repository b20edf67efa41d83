"""Reports as HTML pages to be printed, complete in one file and without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO

from sed_tui.i18n import _, active_language
from sed_tui.rendering.cells import readable
from sed_tui.rendering.printout import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.rendering.printout import Column, Printout

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 10pt "Liberation Serif", "Times New Roman", serif; color: #000; background: #fff }
h1 { font-size: 14pt; margin: 0 0 4pt }
h2 { font-size: 12pt; margin: 12pt 0 4pt; break-after: avoid }
p { margin: 0 0 2pt }
table { border-collapse: collapse; margin: 8pt 0; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 0.5pt solid #000; padding: 2pt 4pt; text-align: left; vertical-align: top }
td.number { text-align: right }
table.totals { width: auto }
tr.total td { font-weight: bold }
figure { margin: 8pt 0; break-inside: avoid }
figcaption { font-weight: bold; margin: 0 0 2pt }
"""


def write_page(printout: Printout, target: BinaryIO) -> None:
    """Write a page; every text is escaped."""
    for piece in _page(printout):
        target.write(piece.encode())


def _page(printout: Printout) -> Iterator[str]:
    title = escape(printout.title)
    yield f'<!DOCTYPE html>\n<html lang="{active_language()}">\n<head>\n<meta charset="utf-8">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    yield from _body(printout)
    if printout.appendix is not None:
        yield f"<h2>{escape(printout.appendix.title)}</h2>\n"
        yield from _body(printout.appendix)
    yield "</body>\n</html>\n"


def _body(printout: Printout) -> Iterator[str]:
    for note in printout.notes:
        yield f"<p>{_text(note)}</p>\n"
    if printout.rows:
        yield from _rows(printout)
    else:
        nothing = _("There are no rows.")
        yield f"<p>{escape(nothing)}</p>\n"
    if printout.totals:
        yield '<table class="totals">\n'
        for name, count in printout.totals:
            yield f'<tr><th>{_text(name)}</th><td class="number">{count}</td></tr>\n'
        yield "</table>\n"
    if printout.charts:
        from sed_tui.rendering.svg import drawing  # for pages with charts alone

        yield from map(drawing, printout.charts)


def _rows(printout: Printout) -> Iterator[str]:
    columns = printout.columns
    head = "".join(f"<th>{_text(column.title)}</th>" for column in columns)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
    for heading, row in printout.lines:
        if heading is not None:
            yield f'<tr><th colspan="{len(columns)}">{_text(heading)}</th></tr>\n'
        cells = "".join(
            f"<td{_class(column)}>{_text(column.shown(row.get(column.name)))}</td>"
            for column in columns
        )
        sums_up = ' class="total"' if row is printout.total else ""
        yield f"<tr{sums_up}>{cells}</tr>\n"
    yield "</tbody>\n</table>\n"


def _class(column: Column) -> str:
    return ' class="number"' if column.kind in {Kind.NUMBER, Kind.PERCENT} else ""


def _text(value: Any) -> str:
    return escape(readable(value))
