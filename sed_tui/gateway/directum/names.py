"""The file that says which of our organizations, journals and kinds foreign names mean.

```toml
[organizations]
"Наша" = "01"
[journals]
"4" = "ВХ"
[kinds]
"Приказ по основной деятельности" = "приказ"
```
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sed_tui.domain.text import folded
from sed_tui.errors.causes import toml_cause
from sed_tui.errors.directum import BadDirectumMap
from sed_tui.errors.form import NoSuchFile
from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = ("organizations", "journals", "kinds")


@dataclass(frozen=True, slots=True)
class Names:
    """Foreign names, folded, and what they mean here."""

    organizations: dict[str, str] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


def read_names(path: Path) -> Names:
    """Read the file of names. Raises `BadDirectumMap`, `NoSuchFile`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NoSuchFile(field="map", path=str(path)) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDirectumMap(field="map", path=path.name, reason=toml_cause(error)) from error
    for name, table in content.items():
        if name not in _TABLES or not _is_table(table):
            reason = _("“{name}” does not belong there").format(name=name)
            raise BadDirectumMap(field="map", path=path.name, reason=reason)
    return Names(*(_folded(content.get(name, {})) for name in _TABLES))


def _is_table(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def _folded(table: dict[str, str]) -> dict[str, str]:
    return {folded(name): value for name, value in table.items()}
