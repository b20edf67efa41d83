"""Results written into a copy of a large workbook, row by row, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sed_tui.spreadsheet.directum_forms import (
    REMARK_HEADINGS,
    REMARK_SHEETS,
    RESULTS,
    is_remark_sheet,
)
from sed_tui.spreadsheet.directum_reading import MOST_COLUMNS
from sed_tui.spreadsheet.formulas import neutral

if TYPE_CHECKING:
    from pathlib import Path

# what a cell of a workbook takes
_MOST_CHARACTERS = 32_000


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What became of the rows of a sheet: `rows` are the three results by row number.

    `remarks` are row, kind (`Error` or `Warning`) and text; row 1 is the sheet as a whole.
    """

    places: tuple[int, int, int]
    rows: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    remarks: list[tuple[int, str, str]] = field(default_factory=list)


def shown(text: str) -> str | None:
    """Return a text as a cell takes it: no formula, no control characters, not too long."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", neutral(text))[:_MOST_CHARACTERS] or None


def copy_large(source: Path, target: Path, answers: dict[str, SheetAnswers]) -> None:
    """Copy the values of a workbook with the results beside its rows; remarks come anew."""
    from openpyxl import Workbook, load_workbook  # 150 ms, for these workbooks alone

    there = load_workbook(source, read_only=True)
    made = Workbook(write_only=True)
    remarks = REMARK_SHEETS[0]
    try:
        for sheet in there.worksheets:
            if is_remark_sheet(sheet.title):
                remarks = sheet.title
                continue
            sheet.reset_dimensions()
            _copy(sheet, made.create_sheet(sheet.title), answers.get(sheet.title))
    finally:
        there.close()
    _write_remarks(made.create_sheet(remarks), answers)
    made.save(target)


def _copy(source: Any, target: Any, answer: SheetAnswers | None) -> None:
    rows = source.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for number, values in enumerate(rows, 1):
        cells = list(values)
        while cells and cells[-1] is None:
            cells.pop()
        if answer is not None:
            _fill_in(cells, number, answer)
        target.append(cells)


def _fill_in(cells: list[Any], number: int, answer: SheetAnswers) -> None:
    """Put the results, over the first row their headings, where they belong."""
    given = RESULTS if number == 1 else answer.rows.get(number)
    if given is None:
        return
    cells += [None] * (max(answer.places) + 1 - len(cells))
    for place, text in zip(answer.places, given, strict=True):
        if number > 1 or cells[place] is None:
            cells[place] = shown(text)


def _write_remarks(sheet: Any, answers: dict[str, SheetAnswers]) -> None:
    sheet.append(REMARK_HEADINGS)
    several = len(answers) > 1
    for name, answer in answers.items():
        for row, kind, text in answer.remarks:
            sheet.append((row, kind, shown(f"{name}: {text}" if several else text)))
