"""An application for accession in a file: TOML, JSON, or one row of a table under its heading.

A table is read as the register of organizations is: XLSX, ODS, CSV, TSV or JSON lines, headings
in words, zeros that a spreadsheet has lost put back.
"""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain import written
from sed_tui.domain.joining_application import FIELDS
from sed_tui.errors.causes import json_cause, toml_cause
from sed_tui.errors.input import UnreadableText
from sed_tui.errors.joining import BadApplicationFile
from sed_tui.gateway.disk_files import opened
from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1 << 20
_ENCODINGS = ("utf-8-sig", "cp1251")
_TEXTS = {".toml", ".json"}
_RESTORED = {"inn": written.restored_inn, "kpp": written.restored_kpp}


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """What a file tells: the fields, and the code of the organization where a table has one."""

    fields: dict[str, str | None]
    code: str | None = None


def read_application(file: Path) -> ApplicationFile:
    """Return the application in a file. Raises `BadApplicationFile` and what tables raise."""
    if file.suffix.lower() in _TEXTS:
        return ApplicationFile(_of_text(file))
    return _of_table(file)


def _of_text(file: Path) -> dict[str, str | None]:
    with opened(file) as source:
        text = _decoded(source.read(_LARGEST))
    try:
        found = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise BadApplicationFile(file=file.name, reason=json_cause(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadApplicationFile(file=file.name, reason=toml_cause(error)) from error
    if not isinstance(found, dict) or any(isinstance(one, dict | list) for one in found.values()):
        reason = _("one value for each field is expected")
        raise BadApplicationFile(file=file.name, reason=reason)
    return {name: None if value is None else str(value) for name, value in found.items()}


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise UnreadableText(field="file", encoding=", ".join(_ENCODINGS))


def _of_table(file: Path) -> ApplicationFile:
    from sed_tui.operations.import_columns import Noun  # readers of tables, for tables alone
    from sed_tui.spreadsheet.table import open_table

    with opened(file):
        table = open_table(file, Noun.ORGANIZATIONS)
    lines = list(table.lines())
    if len(lines) != 1:
        reason = _("one row below the heading is expected, there are {count}").format(
            count=len(lines)
        )
        raise BadApplicationFile(file=file.name, reason=reason)
    told = dict(zip(table.columns, lines[0].values, strict=True))
    fields: dict[str, str | None] = {name: told[name] for name in FIELDS if told.get(name)}
    for name, restore in _RESTORED.items():
        if name in fields:
            fields[name] = restore(told[name])
    return ApplicationFile(fields, told.get("code") or None)
