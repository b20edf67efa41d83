"""Writing tables: CSV and workbooks that no spreadsheet runs, JSON lines."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from sed_tui.errors.imports import BadResultName
from sed_tui.operations.import_columns import DATES
from sed_tui.spreadsheet.formulas import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_WIDTH = 18


class Writer(Protocol):
    """Writes rows as they come; the file is whole once it is closed."""

    def write(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """Complete the file."""
        ...


def open_writer(path: Path, columns: Sequence[str], draft: Path) -> Writer:
    """Return the writer for the end of a file's name, over a draft of the file.

    Raises `BadResultName`.
    """
    match path.suffix.lower():
        case ".csv":
            return CsvWriter(draft.open("w", encoding="utf-8", newline=""), columns)
        case ".jsonl":
            return JsonLinesWriter(draft.open("w", encoding="utf-8"), columns)
        case ".xlsx":
            return WorkbookWriter(draft, columns)
        case _:
            raise BadResultName(field="file", path=str(path), kinds=".csv, .xlsx, .jsonl")


class CsvWriter:
    """Comma-separated values in UTF-8."""

    def __init__(self, file: TextIO, columns: Sequence[str]) -> None:
        self._file = file
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(columns)

    def write(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows."""
        self._writer.writerows([neutral(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """Complete the file."""
        self._file.close()


class JsonLinesWriter:
    """An object per row, without its empty fields."""

    def __init__(self, file: TextIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns

    def write(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows."""
        for row in rows:
            record = {name: cell for name, cell in zip(self._columns, row, strict=True) if cell}
            self._file.write(f"{json.dumps(record, ensure_ascii=False)}\n")

    def close(self) -> None:
        """Complete the file."""
        self._file.close()


class WorkbookWriter:
    """A sheet whose cells are texts and dates, never formulas."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        import xlsxwriter  # 60 ms, for workbooks alone

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": _CREATED})
        self._sheet: Any = self._book.add_worksheet()
        self._day: Any = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._sheet.set_column(0, len(columns) - 1, _WIDTH)
        self._sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        for place, name in enumerate(columns):
            self._sheet.write_string(0, place, name, bold)
        self._dates = {place for place, name in enumerate(columns) if name in DATES}
        self._next = 1

    def write(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows."""
        for row in rows:
            for place, cell in enumerate(row):
                if cell and place in self._dates:
                    self._sheet.write_datetime(
                        self._next, place, date.fromisoformat(cell), self._day
                    )
                elif cell:
                    self._sheet.write_string(self._next, place, cell)
            self._next += 1

    def close(self) -> None:
        """Complete the file."""
        self._book.close()
