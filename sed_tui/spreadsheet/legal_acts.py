"""The legal reference as a file: read from any table or JSON, written as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from sed_tui.domain.dates import parse_date
from sed_tui.domain.legal import ActArea, ActLevel, ActStatus
from sed_tui.domain.text import folded
from sed_tui.errors import Invalid
from sed_tui.errors.form import UnreadableFile
from sed_tui.errors.legal import BadActCell
from sed_tui.operations.import_columns import COLUMNS, Noun
from sed_tui.operations.law_upkeep import SetAct
from sed_tui.operations.values import shown_value
from sed_tui.spreadsheet.formulas import neutral
from sed_tui.spreadsheet.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sed_tui.operations.law import ActRow

KindT = TypeVar("KindT", bound=StrEnum)
_COLUMNS = COLUMNS[Noun.LAW]
_KINDS = {"level": ActLevel, "area": ActArea, "status": ActStatus}
_DAYS = frozenset({"dated", "checked_on"})
# what people write whatever the language of the program
_WRITTEN = {
    "действует": ActStatus.IN_FORCE,
    "изменен": ActStatus.CHANGED,
    "действует с изменениями": ActStatus.CHANGED,
    "утратил силу": ActStatus.REPEALED,
    "отменен": ActStatus.REPEALED,
    "не проверен": ActStatus.NOT_CHECKED,
    "не проверено": ActStatus.NOT_CHECKED,
    "федеральный": ActLevel.FEDERAL,
    "региональный": ActLevel.REGIONAL,
    "оператора": ActLevel.OPERATOR,
    "свой": ActLevel.OWN,
}


def read_acts(
    path: Path, encoding: str | None = None, *, force: bool = False
) -> tuple[SetAct, ...]:
    """Return the acts of a file; an empty cell changes nothing.

    Raises `BadActCell` and `BadDate` with the row, and the failures of a table.
    """
    acts = []
    for row, cells in _json_rows(path) if path.suffix.lower() == ".json" else _rows(path, encoding):
        try:
            acts.append(_act(cells, force=force))
        except Invalid as error:
            error.row = row
            raise
    return tuple(acts)


def written(rows: Sequence[ActRow], path: Path) -> bytes:
    """Return acts as JSON for a .json file, else as CSV that no spreadsheet runs."""
    records = [row.model_dump(mode="json", include=set(_COLUMNS)) for row in rows]
    if path.suffix.lower() == ".json":
        return (json.dumps({"rows": records}, ensure_ascii=False, indent=2) + "\n").encode()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([neutral(record[name] or "") for name in _COLUMNS] for record in records)
    return text.getvalue().encode()


def _act(cells: Mapping[str, str], *, force: bool) -> SetAct:
    values: dict[str, Any] = {"code": cells.get("code", "")}
    for name, text in cells.items():
        if name == "code" or not text.strip():
            continue
        if name in _DAYS:
            values[name] = parse_date(text, name)
        elif name in _KINDS:
            values[name] = _kind(name, text, _KINDS[name])
        else:
            values[name] = text
    return SetAct(**values, force=force)


def _kind(name: str, text: str, kinds: type[KindT]) -> KindT:
    """Return the value that a cell names, in English or in the user's words."""
    for member in kinds:
        shown = folded(str(shown_value(name, member.value)))
        if folded(text) in {member.value, shown} or _WRITTEN.get(folded(text)) is member:
            return member
    expected = ", ".join(member.value for member in kinds)
    raise BadActCell(field=name, value=text, expected=expected)


def _rows(path: Path, encoding: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    table = open_table(path, Noun.LAW, encoding=encoding)
    for line in table.lines():
        yield line.row, dict(zip(table.columns, line.values, strict=True))


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(field="file", path=str(path), reason=str(error)) from error
    rows = content.get("rows", []) if isinstance(content, dict) else content
    for number, row in enumerate(rows, 1):
        known = {name: str(row[name]) for name in _COLUMNS if row.get(name) not in (None, "")}
        yield number, known
