"""Reports as data: JSON, JSON lines, CSV and TSV, with English names and raw values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from sed_tui.rendering.cells import escaped_json, neutral

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout


def write_json(printout: Printout, target: BinaryIO) -> None:
    """Write the whole report as one object, a row on a line."""
    head, *rest = printout.data.items()
    target.write(f"{{\n{_pair(*head)},\n".encode())
    rows = ",\n".join(map(_line, printout.rows))
    target.write(f'"rows": [\n{rows}\n]'.encode() if rows else b'"rows": []')
    for name, value in rest:
        target.write(f",\n{_pair(name, value)}".encode())
    target.write(b"\n}\n")


def write_jsonl(printout: Printout, target: BinaryIO) -> None:
    """Write the rows alone, an object on a line."""
    target.writelines(f"{_line(row)}\n".encode() for row in printout.rows)


def write_csv(printout: Printout, target: BinaryIO) -> None:
    """Write the rows for spreadsheets and scripts; a cell never starts a formula."""
    _delimited(printout, target, ",")


def write_tsv(printout: Printout, target: BinaryIO) -> None:
    """Write the rows with tabs between cells."""
    _delimited(printout, target, "\t")


def _delimited(printout: Printout, target: BinaryIO, delimiter: str) -> None:
    cells = _Cells(delimiter)
    names = [column.name for column in printout.columns]
    target.write(f"{delimiter.join(map(cells.__getitem__, names))}\n".encode())
    # 70,000 rows of the csv module take twice as long
    target.write(
        "".join(
            delimiter.join(
                [cells[v] if v.__class__ is str else cells.other(v) for v in map(row.get, names)]
            )
            + "\n"
            for row in printout.rows
        ).encode()
    )


class _Cells(dict[str, str]):
    """Cells by their values, neutral and quoted: most repeat, as people, units and days do."""

    def __init__(self, delimiter: str) -> None:
        super().__init__()
        self._delimiter = delimiter

    def __missing__(self, value: str) -> str:
        harmless = value.isprintable() and value[:1].isalnum()
        if not harmless or self._delimiter in value or '"' in value:
            cell = self._quoted(neutral(value))
        else:
            cell = value
        self[value] = cell
        return cell

    def other(self, value: Any) -> str:
        """Return the cell of a value that is no text."""
        return str(value) if value.__class__ is int else self._quoted(neutral(value))

    def _quoted(self, text: str) -> str:
        if self._delimiter in text or '"' in text or "\n" in text:
            return '"' + text.replace('"', '""') + '"'
        return text


def _pair(name: str, value: Any) -> str:
    return f"{json.dumps(name)}: {_line(value)}"


def _line(value: Any) -> str:
    return escaped_json(_ENCODER.encode(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
