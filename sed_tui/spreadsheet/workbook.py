"""Workbooks: XLSX, ODS and the old XLS, as people make them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, cast

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sed_tui.errors.spreadsheet import NotASpreadsheet
from sed_tui.i18n import N_, _
from sed_tui.spreadsheet.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet

    from sed_tui.spreadsheet.cells import Cell
    from sed_tui.spreadsheet.grid import Row

# a sheet of a million rows unpacks to less; a bomb to far more
_MOST_BYTES = 2 << 30
_MOST_RATIO = 200
_SMALL = 64 << 20
_DAMAGED = N_("it is damaged, or of another kind than its name says")


def open_workbook(path: Path) -> list[Grid]:
    """Open a workbook and return its visible sheets. Raises `NotASpreadsheet`."""
    refuse_bomb(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return [
            _grid(workbook.get_sheet_by_name(sheet.name))
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except PasswordError as error:
        raise NotASpreadsheet(path=path.name, reason=_("it is protected by a password")) from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotASpreadsheet(path=path.name, reason=_(_DAMAGED)) from error


def refuse_bomb(path: Path) -> None:
    """Refuse an archive that would fill the memory. Raises `NotASpreadsheet`."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise NotASpreadsheet(path=path.name, reason=_(_DAMAGED)) from error
    is_huge = unpacked > _SMALL and unpacked > _MOST_RATIO * path.stat().st_size
    if is_huge or unpacked > _MOST_BYTES:
        raise NotASpreadsheet(path=path.name, reason=_("it would unpack to an enormous size"))


def _grid(sheet: CalamineSheet) -> Grid:
    left = sheet.start[1] if sheet.start else 0
    # a tall merged cell says its value for each of its rows; a wide one belongs to its
    # first column alone
    source = {
        (row, column - left): (top, column - left)
        for (top, column), (bottom, _right) in sheet.merged_cell_ranges or []
        for row in range(top + 1, bottom + 1)
    }

    def rows() -> Iterator[Row]:
        values: dict[tuple[int, int], Cell] = {}
        tops = set(source.values())
        merged = {row for row, _column in source} | {row for row, _column in tops}
        for number, cells in enumerate(sheet.iter_rows()):
            row = cast("list[Cell]", cells)
            if number in merged:
                for column in range(len(row)):
                    place = (number, column)
                    if place in tops:
                        values[place] = row[column]
                    elif place in source:
                        row[column] = values.get(source[place])
            yield number + 1, row

    return Grid(sheet.name, rows, sheet.total_height)
