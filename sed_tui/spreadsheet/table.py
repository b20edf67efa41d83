"""A file as a table of known columns: what an import sends, row by row."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from sed_tui.domain.media_type import sniffed
from sed_tui.errors.causes import system_cause
from sed_tui.errors.form import EmptyFile, NoSuchFile, NotARegularFile, UnreadableFile
from sed_tui.errors.spreadsheet import NoHeading, NoSuchSheet, NotASpreadsheet, ShiftedColumns
from sed_tui.i18n import _
from sed_tui.operations.import_columns import COLUMNS, DATES
from sed_tui.spreadsheet.cells import text_of
from sed_tui.spreadsheet.encoding import digest
from sed_tui.spreadsheet.formulas import original
from sed_tui.spreadsheet.header import Header, find_header, known_headings, recognized
from sed_tui.spreadsheet.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sed_tui.operations.import_columns import Noun
    from sed_tui.spreadsheet.cells import Cell
    from sed_tui.spreadsheet.grid import Grid

_TOTAL = re.compile(r"(итого|всего|total)\b", re.IGNORECASE)
_LEAST_COUNTED = 3
_NEVER = ("image/", "application/pdf", "application/x-", "application/vnd.rar", "application/gzip")
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


class Line(NamedTuple):
    """A row: its number in the file, its values in the order of columns, its own cells."""

    row: int
    values: tuple[str, ...]
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was looked through and can be read in batches.

    `fingerprint` is the same for the same bytes read the same way.
    """

    path: Path
    noun: Noun
    columns: tuple[str, ...]
    header: Header
    total: int
    fingerprint: str
    notices: tuple[str, ...]
    _grid: Grid
    _mapping: Mapping

    def lines(self, after: int = 0) -> Iterator[Line]:
        """Return the rows below the heading and after a row, without blank and total ones."""
        read = _reader(self)
        start = max(after, self.header.row)
        for number, cells in _data(self._grid, self.header):
            if number > start:
                yield Line(number, read(cells), cells)


def open_table(
    path: Path,
    noun: Noun,
    *,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    encoding: str | None = None,
) -> Table:
    """Open a file of any kind, find its heading and look its structure through.

    Raises the failures of `sed_tui.errors.spreadsheet`; nothing has been sent by then.
    """
    chosen = mapping or Mapping()
    require_file(path)
    grids = _grids(path, noun, chosen, encoding)
    grid, header, others = _choose(path, grids, noun, chosen, sheet or chosen.sheet)
    total = _look_through(grid, header)
    parts = header.name_parts(noun)
    known = {*header.places, *chosen.defaults, *([parts[0]] if parts is not None else [])}
    columns = tuple(column for column in COLUMNS[noun] if column in known)
    notices = [*grid.notices, *_notices(header, others)]
    made_of = "\n".join((digest(path), noun, grid.name, chosen.text, ",".join(columns)))
    return Table(
        path=path,
        noun=noun,
        columns=columns,
        header=header,
        total=total,
        fingerprint=hashlib.sha256(made_of.encode()).hexdigest(),
        notices=tuple(notices),
        _grid=grid,
        _mapping=chosen,
    )


def require_file(path: Path) -> None:
    """Refuse what is no file that can be read, each case by its own failure.

    Raises `EmptyFile`, `NoSuchFile`, `NotARegularFile`, `UnreadableFile`.
    """
    try:
        if not path.exists():
            raise NoSuchFile(field="file", path=str(path))
        if not path.is_file():
            raise NotARegularFile(field="file", path=str(path))
        if not path.stat().st_size:
            raise EmptyFile(field="file", path=str(path))
        path.open("rb").close()
    except OSError as error:
        raise UnreadableFile(field="file", path=str(path), reason=system_cause(error)) from error


def _grids(path: Path, noun: Noun, mapping: Mapping, encoding: str | None) -> list[Grid]:
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(_MAGIC):
        from sed_tui.spreadsheet.workbook import open_workbook  # the reader of workbooks: 5 ms

        return open_workbook(path)
    if (
        path.suffix.lower() in {".jsonl", ".ndjson"}
        or head.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"{"
    ):
        from sed_tui.spreadsheet.json_lines import open_json_lines

        return [open_json_lines(path, encoding)]
    if sniffed(head).startswith(_NEVER):
        reason = _("it is damaged, or of another kind than its name says")
        raise NotASpreadsheet(path=path.name, reason=reason)
    from sed_tui.spreadsheet.delimited import open_delimited

    known = known_headings(noun, mapping)
    return [open_delimited(path, encoding, lambda cells: recognized(cells, known))]


def _choose(
    path: Path, grids: list[Grid], noun: Noun, mapping: Mapping, sheet: str | None
) -> tuple[Grid, Header, list[str]]:
    wanted = _named(grids, sheet) if sheet is not None and len(grids) != 1 else grids
    if sheet is not None and len(grids) == 1 and not grids[0].strict:
        wanted = _named(grids, sheet)
    found = [
        (grid, header)
        for grid in wanted
        if (header := find_header(grid, noun, mapping)) is not None
    ]
    if not found:
        raise NoHeading(path=path.name, columns=", ".join(COLUMNS[noun]))
    grid, header = max(found, key=lambda pair: len(pair[1].places))
    return grid, header, [other.name for other, _header in found if other is not grid]


def _named(grids: list[Grid], sheet: str) -> list[Grid]:
    for grid in grids:
        if grid.name.casefold() == sheet.casefold():
            return [grid]
    raise NoSuchSheet(field="sheet", sheet=sheet, sheets=", ".join(grid.name for grid in grids))


def _look_through(grid: Grid, header: Header) -> int:
    """Read everything once before anything is sent. Raises `ShiftedColumns`."""
    width, total = len(header.names), 0
    for number, cells in _data(grid, header):
        total += 1
        if grid.strict and len(cells) != width:
            spare = [cell for cell in cells[width:] if cast("str", cell).strip()]
            if spare or len(cells) < width:
                raise ShiftedColumns(row=number, found=len(cells), expected=width)
    return total


def _data(grid: Grid, header: Header) -> Iterator[tuple[int, list[Cell]]]:
    rows = iter(grid.rows())
    for number, _cells in rows:
        if number >= header.row:
            break
    first = True
    for number, cells in rows:
        if _is_blank(cells) or _is_total(cells) or (first and _numbers_columns(cells)):
            continue
        first = False
        yield number, cells


def _is_blank(cells: list[Cell]) -> bool:
    for cell in cells:
        if cell is not None and not (isinstance(cell, str) and (not cell or cell.isspace())):
            return False
    return True


def _is_total(cells: list[Cell]) -> bool:
    first = next((cell for cell in cells if cell not in (None, "")), None)
    if not isinstance(first, str) or not _TOTAL.match(first.strip()):
        return False
    filled = sum(1 for cell in cells if cell not in (None, ""))
    return filled <= max(2, len(cells) // 2)


def _numbers_columns(cells: list[Cell]) -> bool:
    """Tell whether a row under the heading counts the columns, as printed forms do."""
    texts = [text_of(cell).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return len(texts) >= _LEAST_COUNTED and texts == [str(n + 1) for n in range(len(texts))]


def _reader(table: Table) -> Callable[[list[Cell]], tuple[str, ...]]:
    """Return the function that picks the values of a row."""
    columns, mapping, plain = table.columns, table._mapping, table._grid.strict
    parts = table.header.name_parts(table.noun)
    places = [table.header.places.get(column) for column in columns]
    simple = parts is None and not mapping.defaults and not mapping.values
    if plain and simple and len(columns) > 1:
        return _plain_reader(columns, cast("list[int]", places))
    steps = [
        (place, column in DATES, mapping.values.get(column, {}), mapping.defaults.get(column, ""))
        for place, column in zip(places, columns, strict=True)
    ]

    def read(cells: list[Cell]) -> tuple[str, ...]:
        values = []
        for place, is_date, replaced, default in steps:
            cell = cells[place] if place is not None and place < len(cells) else ""
            text = text_of(cell, is_date=is_date)
            text = original(text) if plain else text
            text = replaced.get(text.strip(), text) if replaced else text
            values.append(text if text and not text.isspace() else default)
        if parts is not None:
            name = " ".join(text_of(cells[part]).strip() for part in parts[1])
            values[columns.index(parts[0])] = " ".join(name.split())
        return tuple(values)

    return read


def _plain_reader(
    columns: tuple[str, ...], places: list[int]
) -> Callable[[list[Cell]], tuple[str, ...]]:
    """Return the reader of cells that are texts already and mostly mean what they say."""
    pick = itemgetter(*places)
    dates = [place for place, column in zip(places, columns, strict=True) if column in DATES]

    def read(cells: list[Cell]) -> tuple[str, ...]:
        for place in dates:
            cells[place] = text_of(cells[place], is_date=True)
        values = cast("tuple[str, ...]", pick(cells))
        if any(text[:1] == "'" for text in values):
            return tuple([original(text) for text in values])
        return values

    return read


def _notices(header: Header, others: list[str]) -> Iterator[str]:
    if header.unknown:
        names = ", ".join(f"«{name}»" for name in header.unknown)
        yield _("Columns left out: {names}").format(names=names)
    if others:
        yield _("Other sheets with a heading were left out: {names}").format(
            names=", ".join(others)
        )
