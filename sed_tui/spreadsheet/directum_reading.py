"""Workbooks of the Directum RX import utility, read in bounded memory."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.errors.directum import NothingRecognized, TooManyColumns
from sed_tui.errors.spreadsheet import NotASpreadsheet
from sed_tui.i18n import _
from sed_tui.spreadsheet.cells import text_of
from sed_tui.spreadsheet.directum_forms import (
    FORMS,
    RESULTS,
    Form,
    SheetForm,
    is_remark_sheet,
    key_of,
)
from sed_tui.spreadsheet.table import require_file
from sed_tui.spreadsheet.workbook import refuse_bomb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# a sheet may reach to column 16384 because somebody painted a row
MOST_COLUMNS = 200
_MOST_SHEET_BYTES = 400 << 20
_HEAD = 4096
_DATES = frozenset(
    {"registered_on", "their_date", "lead_date", "from", "until", "starts_on", "ends_on"}
)
# of two columns of this name the last is where the results go
_RESULT_KEYS = tuple(map(key_of, RESULTS))
_TRAILING = frozenset({*_RESULT_KEYS, key_of("Примечание")})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the sheet, and `{field: text}` of what stands in it."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class DirectumSheet:
    """A sheet that was recognized; `results` are the columns of its three results."""

    path: Path
    name: str
    form: Form
    places: dict[str, int]
    results: tuple[int, int, int]
    left_out: tuple[str, ...]

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that hold data, without those that results alone stand in."""
        book = _opened(self.path)
        try:
            for number, cells in _cells(book[self.name], first=2):
                values = {
                    field: text
                    for field, place in self.places.items()
                    if place < len(cells)
                    and (text := text_of(cells[place], is_date=field in _DATES).strip())
                }
                if values:
                    yield SheetRow(number, values)
        finally:
            book.close()


@dataclass(frozen=True, slots=True)
class DirectumWorkbook:
    """A file: its sheets that are known, and the names of those that are not."""

    path: Path
    sheets: tuple[DirectumSheet, ...]
    strangers: tuple[str, ...]


def open_directum(path: Path) -> DirectumWorkbook:
    """Open a workbook and recognize its sheets by name and headings.

    Raises `NotASpreadsheet`, and `NothingRecognized` for one without a known sheet.
    """
    require_file(path)
    refuse_bomb(path)
    _check_parts(path)
    sheets, strangers = [], []
    book = _opened(path)
    try:
        for sheet in book.worksheets:
            found = None if is_remark_sheet(sheet.title) else _recognized(path, sheet)
            if found is not None:
                sheets.append(found)
            elif not is_remark_sheet(sheet.title):
                strangers.append(sheet.title)
    finally:
        book.close()
    if not sheets:
        raise NothingRecognized(path=path.name)
    return DirectumWorkbook(path, tuple(sheets), tuple(strangers))


def _check_parts(path: Path) -> None:
    """Refuse what no office program writes: document types, and parts of enormous size."""
    damaged = _("it is damaged, or of another kind than its name says")
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if part.file_size > _MOST_SHEET_BYTES:
                    reason = _("it would unpack to an enormous size")
                    raise NotASpreadsheet(path=path.name, reason=reason)
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!" in opened.read(_HEAD).replace(b"<!--", b""):
                            raise NotASpreadsheet(path=path.name, reason=damaged)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError) as error:
        raise NotASpreadsheet(path=path.name, reason=damaged) from error


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook  # 150 ms, for these workbooks alone
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        reason = _("it is damaged, or of another kind than its name says")
        raise NotASpreadsheet(path=path.name, reason=reason) from error


def _cells(sheet: Any, *, first: int, last: int | None = None) -> Iterator[tuple[int, list[Any]]]:
    sheet.reset_dimensions()  # what it says of its size is not to be trusted
    rows = sheet.iter_rows(min_row=first, max_row=last, max_col=MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, first):
        yield number, list(cells)


def _recognized(path: Path, sheet: Any) -> DirectumSheet | None:
    name: str = sheet.title
    row = next(_cells(sheet, first=1, last=1), None)
    headings = [" ".join(text_of(cell).split()) for cell in row[1]] if row else []
    while headings and not headings[-1]:
        headings.pop()
    keys = list(map(key_of, headings))
    best: tuple[int, SheetForm, dict[str, int]] | None = None
    results = _results(keys)
    for form in FORMS:
        if key_of(name) in form.names:
            places = _places(form, keys, results)
            if set(form.needed) <= set(places) and (best is None or len(places) > best[0]):
                best = len(places), form, places
    if best is None:
        return None
    if max(results) >= MOST_COLUMNS:
        raise TooManyColumns(path=path.name, sheet=name, most=MOST_COLUMNS)
    used = {*best[2].values(), *results}
    left = tuple(text for place, text in enumerate(headings) if text and place not in used)
    return DirectumSheet(path, name, best[1].form, best[2], results, left)


def _results(keys: list[str]) -> tuple[int, int, int]:
    """Return the columns of the results: the last three, else by name, else new ones."""
    count = len(keys)
    *_data, verdict, day, details = [*([""] * len(RESULTS)), *keys]
    if verdict == _RESULT_KEYS[0] and {day, details} <= _TRAILING:
        return count - 3, count - 2, count - 1
    places = []
    free = count
    for key in _RESULT_KEYS:
        found = [place for place, other in enumerate(keys) if other == key]
        if found:
            places.append(found[-1])
        else:
            places.append(free)
            free += 1
    return places[0], places[1], places[2]


def _places(form: SheetForm, keys: list[str], results: tuple[int, ...]) -> dict[str, int]:
    """Return `{field: column}`: of equal headings the first from the left is the data."""
    data = {}
    for place in reversed(range(len(keys))):
        if keys[place] and place not in results:
            data[keys[place]] = place
    found = {}
    for field, names in form.fields.items():
        named = next((name for name in names if name in data), None)
        if named is not None:
            found[field] = data[named]
    return found
