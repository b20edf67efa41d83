"""Results written into a copy of a workbook of the Directum RX import utility."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sed_tui.spreadsheet.directum_forms import (
    REMARK_HEADINGS,
    REMARK_SHEETS,
    RESULTS,
    is_remark_sheet,
    key_of,
)
from sed_tui.spreadsheet.formulas import neutral

if TYPE_CHECKING:
    from pathlib import Path

# what a cell of a workbook takes
_MOST_CHARACTERS = 32_000
_WIDE = 60


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What became of the rows of a sheet: `rows` are the three results by row number.

    `remarks` are row, kind (`Error` or `Warning`) and text; row 1 is the sheet as a whole.
    """

    places: tuple[int, int, int]
    rows: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    remarks: list[tuple[int, str, str]] = field(default_factory=list)


def write_answers(source: Path, target: Path, answers: dict[str, SheetAnswers]) -> None:
    """Copy a workbook with the results beside its rows; every cell of its own stays.

    The rows of the sheet of remarks are those of this run: it is written anew.
    """
    from openpyxl import load_workbook  # 150 ms, for these workbooks alone

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
    part = target.with_name(f"{target.name}.part")
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
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    shown = ILLEGAL_CHARACTERS_RE.sub("", neutral(text))[:_MOST_CHARACTERS]
    sheet.cell(row, column).value = shown or None
