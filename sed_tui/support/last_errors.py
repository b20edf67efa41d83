"""The last failures of this user, for a ticket: their codes and places, no word of a document.

What is kept of a failure is the message before anything was filled into it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sed_tui import __version__
from sed_tui.config import home
from sed_tui.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.errors import SedError

_KEPT = 20
# the command line was wrong, or the user stopped it: nothing to report
_NOT_KEPT = {"interrupted", "usage", "needs_terminal", "confirmation_needed", "no_database"}
_USAGE = 2


@dataclass(frozen=True, slots=True)
class LastError:
    """A failure; `id` is the same whenever the same thing goes wrong at the same place."""

    id: str
    at: str
    code: str
    message: str
    place: str
    program: str
    version: str


def remember(error: SedError, program: str) -> None:
    """Keep a failure; one that cannot be kept is not worth another failure."""
    of_support = type(error).__module__ == "sed_tui.errors.support"
    if error.exit_code == _USAGE or error.code in _NOT_KEPT or of_support:
        return
    # of our own bugs the class and the line are told, which hold nothing of a user
    place = str(error.details.get("error", "")) if error.code == "internal" else ""
    key = hashlib.sha256(f"{error.code}\n{place}\n{error.field}".encode()).hexdigest()[:8]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    one = LastError(key, at, error.code, error.message, place, program, __version__)
    kept = [other for other in last_errors() if other.id != key][: _KEPT - 1]
    try:
        _write([one, *kept])
    except OSError:
        return


def last_errors() -> list[LastError]:
    """Return the failures that are kept, the last first."""
    try:
        rows = json.loads(_path().read_text(encoding="utf-8"))
        return [LastError(**row) for row in rows]
    except (OSError, ValueError, TypeError):
        return []


def _write(errors: list[LastError]) -> None:
    path = _path()
    if not path.parent.is_dir():
        return  # nothing was ever set up here
    rows = [asdict(one) for one in errors]
    write_private(path, json.dumps(rows, ensure_ascii=False).encode())


def _path() -> Path:
    return home() / "last-errors.json"
