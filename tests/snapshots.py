"""The state of an office kept by a worker: walked to once, put back wherever a test begins there.

What it takes a test to come to its own subject, a joined organization above all, is hundreds
of calls; their rows and files are the same every time.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.engine import make_url

from sed_tui.gateway.local import LocalGateway
from tests.postgres_copies import Rows, rows_of, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

Found = TypeVar("Found")
# by the engine and a name: the state, and what the walk to it returned
_REACHED: dict[tuple[str, str], tuple[Snapshot, Any]] = {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows and the files of an office at one moment."""

    rows: Path | Rows
    files: Path

    def put(self, settings: Settings) -> None:
        """Make another office like this one, whatever gateways of it are open."""
        if isinstance(self.rows, Path):
            with (
                closing(sqlite3.connect(self.rows)) as kept,
                closing(sqlite3.connect(_place_of(settings))) as there,
            ):
                kept.backup(there)
        else:
            write_rows(_place_of(settings), self.rows)
        if self.files.exists():
            shutil.copytree(self.files, settings.files, dirs_exist_ok=True)


def snapshot_of(settings: Settings) -> Snapshot:
    """Keep what an office holds now."""
    folder = Path(tempfile.mkdtemp())
    rows: Path | Rows
    if settings.database.startswith("sqlite"):
        rows = folder / "sed.db"
        with (
            closing(sqlite3.connect(_place_of(settings))) as here,
            closing(sqlite3.connect(rows)) as kept,
        ):
            here.backup(kept)
    else:
        rows = rows_of(_place_of(settings))
    if settings.files.exists():
        shutil.copytree(settings.files, folder / "files")
    return Snapshot(rows, folder / "files")


def reached(name: str, gateway: Any, settings: Settings, walk: Callable[[], Found]) -> Found:
    """Bring a new office to a state by walking there once in a worker, and return what is found.

    Over a server, whose sessions lie in the database too, every test walks.
    """
    if not isinstance(gateway, LocalGateway):
        return walk()
    key = settings.database.partition(":")[0], name
    if key not in _REACHED:
        walked = walk()
        _REACHED[key] = snapshot_of(settings), walked
        return walked
    snapshot, found = _REACHED[key]
    snapshot.put(settings)
    known: Found = found
    return known


def _place_of(settings: Settings) -> str:
    """Return the file of an SQLite database, the name of another."""
    return str(make_url(settings.database).database)
