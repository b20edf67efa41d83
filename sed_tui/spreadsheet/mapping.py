"""The mapping file: what columns are called in a file that is like no other.

```toml
sheet = "2014"
header_row = 4
[columns]
number = "Индекс"
[defaults]
flow = "incoming"
historic = "yes"
[values.delivery]
"эл.п." = "электронная почта"
```
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sed_tui.errors.causes import toml_cause
from sed_tui.errors.form import NoSuchFile
from sed_tui.errors.spreadsheet import BadMapping
from sed_tui.i18n import _
from sed_tui.operations.import_columns import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.operations.import_columns import Noun


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one file is to be read: field -> heading, values for blanks, values for values."""

    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    text: str = ""


def read_mapping(path: Path, noun: Noun) -> Mapping:
    """Read a mapping file. Raises `NoSuchFile`, `BadMapping` that says what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError as error:
        raise NoSuchFile(field="map", path=str(path)) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(field="map", path=path.name, reason=toml_cause(error)) from error
    reason = _mistake(content, noun)
    if reason is not None:
        raise BadMapping(field="map", path=path.name, reason=reason)
    return Mapping(
        columns=dict(content.get("columns", {})),
        defaults={name: _text(value) for name, value in content.get("defaults", {}).items()},
        values=dict(content.get("values", {})),
        sheet=content.get("sheet"),
        header_row=content.get("header_row"),
        text=text,
    )


def _mistake(content: dict[str, Any], noun: Noun) -> str | None:
    shapes = {"columns": dict, "defaults": dict, "values": dict, "sheet": str, "header_row": int}
    for name, value in content.items():
        if name not in shapes or not isinstance(value, shapes[name]):
            return _("“{name}” does not belong there").format(name=name)
    for table in ("columns", "defaults", "values"):
        for name, value in content.get(table, {}).items():
            if name not in COLUMNS[noun]:
                return _("there is no column “{name}”").format(name=name)
            if not _fits(table, value):
                return _("the value of “{name}” has a wrong shape").format(name=name)
    return None


def _fits(table: str, value: Any) -> bool:
    if table == "values":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return isinstance(value, str) or (table == "defaults" and isinstance(value, (bool, int)))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
