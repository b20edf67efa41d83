"""Files of results: a JSON line per row, or the refused rows as a workbook to be mended."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TextIO

from sed_tui.errors.imports import BadResultName
from sed_tui.i18n import _
from sed_tui.operations.imports import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.operations.imports import RowResult
    from sed_tui.spreadsheet.table import Line, Table

# the same rows give the same bytes
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_WIDTH = 40


def open_results(path: Path, table: Table) -> Results:
    """Return the results for a file name. Raises `BadResultName`."""
    match path.suffix.lower():
        case ".jsonl":
            return Results(path)
        case ".xlsx":
            return RefusedRows(path, table)
        case _:
            raise BadResultName(field="result", path=str(path), kinds=".jsonl, .xlsx")


class Results:
    """A JSON line for every row, written as batches are committed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def begin(self, resumed_after: int) -> int:
        """Open the file and return the last row that it holds already.

        A new import starts it anew; a resumed one keeps the whole lines up to the row
        that is done.
        """
        kept = list(self._kept(resumed_after)) if resumed_after else []
        self._file = self._draft.open("w", encoding="utf-8")
        for line in kept:
            self._file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
        return max((line["row"] for line in kept), default=0)

    def add(self, lines: Sequence[Line], results: Sequence[RowResult]) -> None:
        """Write the answers to a batch."""
        if self._file is None:
            self.begin(0)
        assert self._file is not None
        for line, result in zip(lines, results, strict=True):
            record = self._record(line, result)
            if record is not None:
                self._file.write(f"{json.dumps(record, ensure_ascii=False, default=str)}\n")
        self._file.flush()

    def finish(self) -> None:
        """Complete the file: every row was answered."""
        if self._file is not None:
            self._file.close()

    @property
    def _draft(self) -> Path:
        return self._path

    def _record(self, _line: Line, result: RowResult) -> dict[str, Any] | None:
        return result.model_dump(mode="json")

    def _kept(self, last: int) -> Iterator[dict[str, Any]]:
        try:
            with self._draft.open(encoding="utf-8") as file:
                for text in file:
                    line = json.loads(text)
                    if line["row"] <= last:
                        yield line
        except (FileNotFoundError, ValueError, KeyError):
            return  # the process was killed in the middle of a line


class RefusedRows(Results):
    """The refused rows under the table's own heading, and what is wrong with each."""

    def __init__(self, path: Path, table: Table) -> None:
        super().__init__(path)
        self._names = table.header.names

    def add(self, lines: Sequence[Line], results: Sequence[RowResult]) -> None:
        """Keep the refused rows of a batch, and how far the draft came."""
        super().add(lines, results)
        if self._file is not None and lines:
            self._file.write(f'{{"row": {lines[-1].row}}}\n')
            self._file.flush()

    @property
    def _draft(self) -> Path:
        return self._path.with_name(f"{self._path.name}.part")

    def finish(self) -> None:
        """Write the workbook and drop the draft."""
        super().finish()
        self._write()
        self._draft.unlink(missing_ok=True)

    def _record(self, line: Line, result: RowResult) -> dict[str, Any] | None:
        errors = "; ".join(error.message for error in result.errors)
        if result.outcome is Outcome.REFUSED:
            return {"row": result.row, "cells": [_kept_cell(c) for c in line.cells], "e": errors}
        return None

    def _write(self) -> None:
        import xlsxwriter  # 60 ms, for workbooks alone

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(self._path), options) as workbook:
            workbook.set_properties({"created": _CREATED})
            sheet = workbook.add_worksheet()
            bold = workbook.add_format({"bold": True})
            day = workbook.add_format({"num_format": "dd.mm.yyyy"})
            sheet.set_column(0, len(self._names), _WIDTH / 2)
            sheet.freeze_panes(1, 0)
            for place, name in enumerate((*self._names, _("Error"))):
                sheet.write_string(0, place, name, bold)
            refused = (line for line in self._kept(1 << 62) if "cells" in line)
            for number, line in enumerate(refused, 1):
                cells = line["cells"][: len(self._names)]
                for place, cell in enumerate(cells):
                    _write_cell(sheet, number, place, cell, day)
                sheet.write_string(number, len(self._names), line["e"])


def _kept_cell(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"day": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell


def _write_cell(sheet: Any, row: int, place: int, cell: Any, day: Any) -> None:
    if isinstance(cell, dict):
        sheet.write_datetime(row, place, datetime.fromisoformat(cell["day"]), day)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, place, cell)
    elif cell not in (None, ""):
        sheet.write_string(row, place, str(cell))
