"""Cells of a workbook as the text a person sees, so that every kind of file reads alike."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

# serial numbers of days in workbooks: 1954 to 2119, so that no year and no count is one
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_DAY_ZERO = date(1899, 12, 30)
# a float holds whole numbers exactly up to here: beyond it digits are lost already
_EXACT = 10**15


def text_of(cell: Cell, *, is_date: bool = False) -> str:
    """Return a cell as text: whole floats without `.0`, dates as ISO.

    In a column of dates a bare number is the serial number of a day.
    """
    if isinstance(cell, str):
        return _serial(cell) if is_date and cell.isdecimal() else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        text = _number(cell)
        return _serial(text) if is_date else text
    if isinstance(cell, datetime):
        return cell.date().isoformat() if is_date or cell.time() == time() else cell.isoformat(" ")
    return str(cell)


def is_blank(cells: list[Cell]) -> bool:
    """Tell whether nothing stands in a row."""
    return not any(cell.strip() if isinstance(cell, str) else cell is not None for cell in cells)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    # the exponent tells the reader of the field that digits are gone
    return f"{value:.15E}" if abs(value) >= _EXACT else repr(value)


def _serial(text: str) -> str:
    if text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return (_DAY_ZERO + timedelta(days=int(text))).isoformat()
    return text
