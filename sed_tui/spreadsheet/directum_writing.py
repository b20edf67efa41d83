"""Results written into a copy of a workbook of the Directum RX import utility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.spreadsheet.directum_forms import (
    REMARK_HEADINGS,
    REMARK_SHEETS,
    RESULTS,
    is_remark_sheet,
    key_of,
)
from sed_tui.spreadsheet.directum_streaming import SheetAnswers, copy_large, shown

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 20_000
"""A workbook of more rows is never held in memory whole."""
_WIDE = 60


def write_answers(source: Path, target: Path, answers: dict[str, SheetAnswers]) -> None:
    """Copy a workbook with the results beside its rows; every cell of its own stays.

    The rows of the sheet of remarks are those of this run: it is written anew. A workbook of
    more rows than fit comfortably into memory is copied row by row: its values stay, their
    fonts and colours do not.
    """
    from openpyxl import load_workbook  # 150 ms, for these workbooks alone

    part = target.with_name(f"{target.name}.part")
    if sum(len(answer.rows) for answer in answers.values()) > LARGE:
        copy_large(source, part, answers)
        part.replace(target)
        return
    book = load_workbook(source)
    for name, answer in answers.items():
        sheet = book[name]
        keys = [key_of(str(cell.value or "")) for cell in sheet[1]]
        for place, heading in zip(answer.places, RESULTS, strict=True):
            if place >= len(keys) or not keys[place]:
                sheet.cell(1, place + 1, heading)
        for row, values in answer.rows.items():
            for place, text in zip(answer.places, values, strict=True):
                _put(sheet, row, place + 1, text)
    _write_remarks(book, answers)
    book.save(part)
    part.replace(target)


def _write_remarks(book: Any, answers: dict[str, SheetAnswers]) -> None:
    found = [one for one in book.worksheets if is_remark_sheet(one.title)]
    if not found and not any(answer.remarks for answer in answers.values()):
        return
    sheet = found[0] if found else book.create_sheet(REMARK_SHEETS[0])
    sheet.delete_rows(2, sheet.max_row)
    for column, heading in enumerate(REMARK_HEADINGS, 1):
        sheet.cell(1, column, heading)
    sheet.column_dimensions["C"].width = _WIDE
    several = len(answers) > 1
    line = 2
    for name, answer in answers.items():
        for row, kind, text in answer.remarks:
            sheet.cell(line, 1, row)
            sheet.cell(line, 2, kind)
            _put(sheet, line, 3, f"{name}: {text}" if several else text)
            line += 1


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    sheet.cell(row, column).value = shown(text)
