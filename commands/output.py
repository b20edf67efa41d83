"""Data goes to standard output, in the form that was asked for."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

from commands.session import Format
from sed_tui.errors.usage import UnknownColumns
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import json_text, neutral, plain, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


Record = dict[str, Any]
_SHORT_ID = 8
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def write_rows(
    rows: Sequence[Record],
    columns: tuple[str, ...],
    form: Format,
    fields: tuple[str, ...] = (),
    *,
    cursor: str | None = None,
    extra: Mapping[str, Any] | None = None,
    called: Mapping[str, str] | None = None,
) -> None:
    """Print a list; where it was cut, its cursor goes with it and is never silent.

    `called` are labels of columns that mean something else here than everywhere.
    """
    if fields:
        _require(fields, rows)
        rows = [{name: row.get(name) for name in fields} for row in rows]
    shown = fields or columns
    match form:
        case Format.JSON:
            _json({"rows": rows, "next": cursor, **(extra or {})})
            return
        case Format.JSONL:
            for row in rows:
                sys.stdout.write(json_text(row) + "\n")
        case Format.CSV:
            _csv(rows, shown, ",")
        case Format.TSV:
            _csv(rows, shown, "\t")
        case Format.TABLE:
            _table(rows, shown, called or {})
    if cursor is not None and form is Format.JSONL:
        sys.stderr.write(json.dumps({"next": cursor}) + "\n")
    elif cursor is not None:
        sys.stderr.write(_("There is more: --after {cursor}").format(cursor=cursor) + "\n")


def write_object(
    record: Record,
    form: Format,
    fields: tuple[str, ...] = (),
    columns: tuple[str, ...] = (),
    called: Mapping[str, str] | None = None,
) -> None:
    """Print one object: as JSON whole, as a table a line for each field that has a value."""
    if fields:
        _require(fields, [record])
        record = {name: record[name] for name in fields}
    match form:
        case Format.JSON:
            _json(record)
        case Format.JSONL:
            sys.stdout.write(json_text(record) + "\n")
        case Format.CSV | Format.TSV:
            _csv([record], fields or columns or tuple(record), "," if form is Format.CSV else "\t")
        case Format.TABLE:
            _card(record, fields or columns, called or {})


def _json(value: Any) -> None:
    sys.stdout.write(json_text(value, indent=2) + "\n")


def _csv(rows: Sequence[Record], columns: tuple[str, ...], delimiter: str) -> None:
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(row.get(name)) for name in columns] for row in rows)


def _typeable(value: Any) -> str:
    """Return a cell of a table; of an id the beginning, which is enough to type."""
    text = _readable(value)
    return text[:_SHORT_ID] if _ID.fullmatch(text) else text


def _readable(value: Any) -> str:
    """Return a value for the eyes: a list of words, not its JSON."""
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        # reasons one after another have commas of their own
        told = list(map(plain, value))
        return ("; " if any(", " in one for one in told) else ", ").join(told)
    return plain(value)


def _label(name: str, called: Mapping[str, str]) -> str:
    return _(called[name]) if name in called else label(name)


def _table(rows: Sequence[Record], columns: tuple[str, ...], called: Mapping[str, str]) -> None:
    from sed_tui.rendering.table import aligned

    cells = [[_label(name, called) for name in columns]]
    cells += [
        [_one_line(_typeable(shown_value(name, row.get(name)))) for name in columns] for row in rows
    ]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.write(f"{aligned(cells, room)}\n")


def _one_line(text: str) -> str:
    return " ".join(printable(text).split("\n"))


def _card(record: Record, chosen: tuple[str, ...], called: Mapping[str, str]) -> None:
    columns, is_chosen = chosen or tuple(record), bool(chosen)
    lines = [
        (_label(name, called), _readable(shown_value(name, record.get(name))))
        for name in columns
        if _says_something(record.get(name), is_chosen=is_chosen)
    ]
    width = max((len(name) for name, _value in lines), default=0)
    for name, value in lines:
        indented = printable(value).replace("\n", "\n" + " " * (width + 2))
        sys.stdout.write(f"{name:<{width}}  {indented}\n")


def _says_something(value: Any, *, is_chosen: bool) -> bool:
    """Tell whether a value is worth a line: a nought is one where its field was chosen."""
    if value is None or value is False or value in ("", []):
        return False
    return bool(value) or is_chosen


def _require(fields: tuple[str, ...], rows: Sequence[Record]) -> None:
    # an empty list does not tell what columns it has
    known = tuple(rows[0]) if rows else ()
    for name in fields if rows else ():
        if name not in known:
            raise UnknownColumns(column=name, columns=", ".join(known))
