"""What the interface remembers between runs: its theme."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from sed_tui.config import home

if TYPE_CHECKING:
    from pathlib import Path


def remembered(name: str) -> str | None:
    """Return what was remembered under a name, None where nothing was."""
    value = _read().get(name)
    return value if isinstance(value, str) else None


def remember(name: str, value: str) -> None:
    """Keep a choice for the next run; a home that cannot be written forgets it."""
    kept = {**_read(), name: value}
    with suppress(OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps(kept, ensure_ascii=False, indent=2), encoding="utf-8")


def _read() -> dict[str, object]:
    try:
        content = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _path() -> Path:
    return home() / "interface.json"
