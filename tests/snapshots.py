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
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from tests.postgres_copies import Rows, rows_of, write_rows

if TYPE_CHECKING:
    from sed_tui.config import Settings


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


def _place_of(settings: Settings) -> str:
    """Return the file of an SQLite database, the name of another."""
    return str(make_url(settings.database).database)
