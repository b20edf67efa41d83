"""JSON lines: an object per line, whose keys are the columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sed_tui.errors.causes import json_cause
from sed_tui.errors.spreadsheet import BadJsonLine
from sed_tui.i18n import _
from sed_tui.spreadsheet.encoding import detect
from sed_tui.spreadsheet.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.spreadsheet.grid import Row


def open_json_lines(path: Path, declared: str | None) -> Grid:
    """Open a file of JSON lines; its heading is every key, in the order they come up.

    Raises `BadJsonLine` for a line that is no flat object.
    """
    decoding = detect(path, declared)
    keys: dict[str, None] = {}
    total = 0
    for _number, record in _objects(path, decoding.encoding):
        keys.update(dict.fromkeys(record))
        total += 1
    names = list(keys)

    def rows() -> Iterator[Row]:
        yield 0, [*names]
        for number, record in _objects(path, decoding.encoding):
            yield number, [_plain(record.get(name)) for name in names]

    notices = [decoding.notice] if decoding.notice else []
    return Grid(path.name, rows, total, notices=notices)


def _objects(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadJsonLine(row=number, reason=json_cause(error)) from error
            if not isinstance(record, dict) or not all(map(_is_plain, record.values())):
                raise BadJsonLine(row=number, reason=_("a value is a table itself"))
            yield number, record


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return value is None or isinstance(value, (str, int, float, bool))


def _plain(value: Any) -> Any:
    # files and roles may be lists of names
    return "; ".join(value) if isinstance(value, list) else value
