"""PostgreSQL servers that a test has for itself: a primary, its standby, one of the past."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from tests import postgres

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the servers of a test lie: their folder, their programs, and who runs them."""

    folder: Path
    programs: Path
    identity: dict[str, Any]

    def run(self, program: str, *words: str | Path) -> None:
        """Run a program of PostgreSQL as its user. Raises `RuntimeError` with what it said."""
        log = self.folder / f"{program}.log"
        with log.open("w") as said:  # a server would hold a pipe open
            done = subprocess.run(
                [self.programs / program, *words],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=_SECONDS,
                check=False,
                **self.identity,
            )
        if done.returncode:
            raise RuntimeError(f"{program}: {log.read_text()}")

    def remove(self) -> None:
        """Stop what runs and remove everything."""
        for lock in self.folder.glob("*/postmaster.pid"):
            with suppress(RuntimeError):
                self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", lock.parent)
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server over its own data, reached by a socket."""

    ground: Ground
    name: str
    port: int

    @property
    def data(self) -> Path:
        """Return the folder of its data."""
        return self.ground.folder / self.name

    def make(self, settings: str) -> None:
        """Make new data, and settings after those of PostgreSQL."""
        locale = ("-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.ground.run("initdb", "-U", "postgres", *locale, "-D", self.data)
        self.configure(settings)

    def configure(self, settings: str) -> None:
        """Add settings."""
        own = f"listen_addresses = ''\nunix_socket_directories = '{self.ground.folder}'\n"
        own += f"port = {self.port}\nfsync = off\n"
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"\n{settings}\n{own}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.ground.run("pg_ctl", "start", "-w", "-l", self.data / "log", "-D", self.data)

    def promote(self) -> None:
        """Make a primary of a standby."""
        self.ground.run("pg_ctl", "promote", "-w", "-D", self.data)

    def stop(self) -> None:
        """Stop it as a crash would."""
        self.ground.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def ask(self, statement: str, database: str = "postgres") -> Any:
        """Run one statement and return the first value of its answer."""
        place = f"host={self.ground.folder} port={self.port} user=postgres dbname={database}"
        with psycopg.connect(place, autocommit=True) as session:
            found = session.execute(statement.encode())
            row = found.fetchone() if found.description else None
        return row[0] if row else None

    def wait_for(self, statement: str, expected: object) -> None:
        """Ask until the answer is the expected one."""
        end = time.monotonic() + _SECONDS
        while (found := self.ask(statement)) != expected:
            assert time.monotonic() < end, f"{statement}: {found}"
            time.sleep(0.05)


def new_ground() -> Ground:
    """Return ground for the servers of a test."""
    return Ground(*postgres.for_clusters())
