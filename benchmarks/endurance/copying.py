"""A backup with its files, made under the load, and put back into an empty place afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.gateway.upkeep import restore
from tests import postgres

if TYPE_CHECKING:
    from sed_tui.config import Settings


@dataclass
class Copying:
    """`sedctl db backup --with-files`, until it has come off once."""

    settings: Settings
    folder: Path
    tries: int = 0
    said: list[str] = field(default_factory=list)
    began: float = 0
    _process: subprocess.Popen[str] | None = None

    @property
    def file(self) -> Path:
        """Return where the backup is."""
        return self.folder / "copy.backup"

    @property
    def is_made(self) -> bool:
        """Tell whether it is whole."""
        return self._process is not None and self._process.poll() == 0

    def go_on(self, *, is_time: bool) -> None:
        """Begin when it is time; a killed database cuts a backup short, which is made anew."""
        if not is_time or self.is_made or (self._process and self._process.poll() is None):
            return
        if self._process is not None and self._process.stderr is not None:
            self.said.append(self._process.stderr.read().strip())
        self.tries, self.began = self.tries + 1, time.time()
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name("sedctl"), "db", "backup", self.file, "--with-files"],
            env={
                **os.environ,
                "SED_DATABASE": self.settings.database,
                "SED_FILES": str(self.settings.files),
                "PATH": with_tools(),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self) -> None:
        """Wait until it is made; the load is over, so that nothing cuts it short."""
        for _ in range(3):
            if self._process is not None:
                self._process.wait(600)
            self.go_on(is_time=True)

    def put_back(self) -> Settings:
        """Restore it into an empty database with a folder of files of its own."""
        os.environ["PATH"] = with_tools()
        if "postgresql" in self.settings.database:
            address = postgres.database_address(postgres.create_database())
        else:
            address = f"sqlite:///{self.folder / 'restored.db'}"
        restored = replace(self.settings, database=address, files=self.folder / "restored.files")
        restore(restored, self.file)
        return restored


def with_tools() -> str:
    """Return the search path with the programs of PostgreSQL first."""
    return f"{postgres._programs()}{os.pathsep}{os.environ['PATH']}"
