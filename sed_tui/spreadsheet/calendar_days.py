"""A calendar of years read from a table: one row per day that differs from its weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.text import folded
from sed_tui.domain.written import flag
from sed_tui.errors import Invalid
from sed_tui.errors.terms import BadDayKind
from sed_tui.operations.calendar_upkeep import CalendarRow
from sed_tui.operations.import_columns import Noun
from sed_tui.spreadsheet.table import open_table

if TYPE_CHECKING:
    from pathlib import Path

_WORKING = {"рабочий", "рабочий день", "working"}
_OFF = {"выходной", "выходной день", "праздник", "праздничный", "нерабочий", "off"}


def read_calendar(path: Path, encoding: str | None = None) -> tuple[CalendarRow, ...]:
    """Return the days of a file of any kind that is read.

    Raises `BadDate`, `BadDayKind` with the row, and the failures of a table.
    """
    table = open_table(path, Noun.CALENDAR, encoding=encoding)
    rows = []
    for line in table.lines():
        cells = dict(zip(table.columns, line.values, strict=True))
        try:
            rows.append(
                CalendarRow(
                    day=parse_date(cells["day"], "day"),
                    is_working=_is_working(cells.get("is_working", "")),
                    note=cells.get("note", ""),
                )
            )
        except Invalid as error:
            error.row = line.row
            raise
    return tuple(rows)


def _is_working(text: str) -> bool:
    word = folded(text)
    if word in _WORKING or word in _OFF:
        return word in _WORKING
    try:
        return flag(text, "is_working")
    except Invalid as error:
        raise BadDayKind(field="is_working", value=text) from error
