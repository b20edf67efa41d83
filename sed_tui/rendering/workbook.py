"""Reports as XLSX, the same bytes for the same report."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

import xlsxwriter

from sed_tui.rendering.cells import plain, printable
from sed_tui.rendering.printout import Kind

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Column, Printout

_SHEET_NAME = 31
_LONGEST = 32_767


def write_workbook(printout: Printout, target: BinaryIO) -> None:
    """Write a sheet, two with an appendix: title, notes, a heading that stays, rows, totals."""
    content = BytesIO()
    # text is never taken for a formula, a link or a number
    book = xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": True})
    book.set_properties({"created": datetime.combine(printout.day, time()), "author": ""})
    book.set_size(2400, 1200)
    for table in filter(None, (printout, printout.appendix)):
        _Sheet(book, book.add_worksheet(_sheet_name(table.title))).fill(table)
    book.close()
    target.write(content.getvalue())


class _Sheet:
    """Writes the rows of one sheet from top to bottom."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._sheet = sheet
        self._row = 0
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        self._number = book.add_format({"valign": "top"})

    def fill(self, printout: Printout) -> None:
        for place, column in enumerate(printout.columns):
            self._sheet.set_column(place, place, column.width)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._line(printout.title, self._bold)
        for note in printout.notes:
            self._line(note, None)
        self._row += 1
        for place, column in enumerate(printout.columns):
            self._sheet.write_string(self._row, place, column.title, self._head)
        self._row += 1
        self._sheet.freeze_panes(self._row, 0)
        self._sheet.repeat_rows(self._row - 1)
        for heading, row in printout.lines:
            if heading is not None:
                self._line(heading, self._bold)
            for place, column in enumerate(printout.columns):
                self._cell(place, column, column.shown(row.get(column.name)))
            self._row += 1
        self._totals(printout)

    def _totals(self, printout: Printout) -> None:
        self._row += 1
        for name, count in printout.totals:
            self._sheet.write_string(self._row, 0, _safe(name), self._bold)
            self._sheet.write_number(self._row, 1, count, self._bold)
            self._row += 1

    def _line(self, text: str, style: Any) -> None:
        self._sheet.write_string(self._row, 0, _safe(text), style)
        self._row += 1

    def _cell(self, place: int, column: Column, value: Any) -> None:
        if value is None:
            return
        if column.kind in {Kind.NUMBER, Kind.PERCENT} and isinstance(value, int):
            self._sheet.write_number(self._row, place, value, self._number)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._row, place, value, self._day)
        else:
            self._sheet.write_string(self._row, place, _safe(plain(value)), self._text)


def _safe(text: str) -> str:
    return printable(text)[:_LONGEST]


def _sheet_name(title: str) -> str:
    return "".join(symbol for symbol in title if symbol not in "[]:*?/\\'")[:_SHEET_NAME]
