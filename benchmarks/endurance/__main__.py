"""python -m benchmarks.endurance [--seconds N] [--workers N] [--engine E] [--report FILE]."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.endurance.reckoning import Verdict, reckon
from benchmarks.endurance.worker import Ledger
from benchmarks.office import postgres_office, sqlite_office
from tests import postgres

if TYPE_CHECKING:
    from sed_tui.config import Settings

_MAKE = {"sqlite": sqlite_office, "postgresql": postgres_office}
_WORKER_LIVES = (2.0, 8.0)
_SERVER_LIVES = (15.0, 40.0)
_FINISH_SECONDS = 180


@dataclass
class Run:
    """Workers over one office, each with a ledger that outlives it."""

    settings: Settings
    folder: Path
    killed: dict[str, int] = field(default_factory=lambda: {"a client": 0, "PostgreSQL": 0})
    broken: list[str] = field(default_factory=list)
    _workers: dict[Path, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def stop(self) -> Path:
        """Return the file at whose sight workers finish."""
        return self.folder / "stop"

    @property
    def ledgers(self) -> list[Path]:
        """Return the files of the clients."""
        return sorted(self.folder.glob("*.ledger"))

    def start(self, ledger: Path) -> None:
        """Let a client begin, or go on where the one before was killed."""
        environment = {
            **os.environ,
            "SED_DATABASE": self.settings.database,
            "SED_FILES": str(self.settings.files),
            "SED_USER": "admin",
        }
        command = [sys.executable, "-m", "benchmarks.endurance.worker", ledger, self.stop]
        self._workers[ledger] = subprocess.Popen(command, env=environment)

    def load(self, workers: int, seconds: float) -> None:
        """Work for so long, killing at random."""
        for number in range(workers):
            self.start(self.folder / f"{number:02}.ledger")
        end = time.monotonic() + seconds
        kill_worker, kill_server = _soon(_WORKER_LIVES), _soon(_SERVER_LIVES)
        while time.monotonic() < end:
            time.sleep(0.05)
            self._revive()
            if time.monotonic() > kill_worker:
                self._kill_worker()
                kill_worker = _soon(_WORKER_LIVES)
            if time.monotonic() > kill_server and "postgresql" in self.settings.database:
                postgres.kill_and_restart()
                self.killed["PostgreSQL"] += 1
                kill_server = _soon(_SERVER_LIVES)

    def finish(self) -> None:
        """Let everybody settle what is open, and wait."""
        self.stop.touch()
        for ledger, worker in self._workers.items():
            if worker.wait(_FINISH_SECONDS):
                self.broken.append(f"{ledger.name} ended with {worker.returncode}")

    def _kill_worker(self) -> None:
        ledger = random.choice(list(self._workers))
        worker = self._workers[ledger]
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.killed["a client"] += 1
        self.start(ledger)

    def _revive(self) -> None:
        for ledger, worker in list(self._workers.items()):
            if worker.poll() is not None:
                self.broken.append(f"{ledger.name} ended with {worker.returncode}")
                self.start(ledger)


def main() -> int:
    """Run, reckon, and tell; 1 where anything is wrong."""
    asked = _asked()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sed-endurance-")))
        stack.callback(postgres.clean_up)
        run = Run(_MAKE[asked.engine](folder), folder)
        run.load(asked.workers, asked.seconds)
        run.finish()
        lines = [json.loads(line) for path in run.ledgers for line in path.open()]
        verdict = reckon(run.settings, [Ledger(path) for path in run.ledgers], lines)
    told = _told(asked, run, verdict)
    print(told)
    if asked.report:
        asked.report.write_text(told, encoding="utf-8")
    return 1 if verdict.faults or run.broken else 0


def _told(asked: argparse.Namespace, run: Run, verdict: Verdict) -> str:
    faults = [*run.broken, *verdict.faults]
    killed = ", ".join(f"{name} × {times}" for name, times in run.killed.items() if times)
    figures: dict[str, Any] = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}, {asked.engine}, {os.cpu_count()} cores",
        "clients, seconds": f"{asked.workers}, {asked.seconds:.0f}",
        "killed with SIGKILL": killed or "nothing",
        **verdict.figures,
        "faults": len(faults),
    }
    rows = "".join(f"| {name} | {value} |\n" for name, value in figures.items())
    found = "".join(f"- {fault}\n" for fault in faults[:50])
    return f"{_HEADING}| | |\n|---|---|\n{rows}" + (f"\n{found}" if found else "")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--engine", choices=list(_MAKE), default="postgresql")
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


def _soon(lives: tuple[float, float]) -> float:
    return time.monotonic() + random.uniform(*lives)


_HEADING = """# Endurance

`make endurance` lets clients register, issue, report, attach files, page and search, while
clients and the database itself are killed at random. Each client keeps a ledger of its own: a
line before a write, a line after the answer. A client that takes over asks what was never
answered again, under the same key. Then every answer is compared with what is stored: each
acknowledged write is there once, with the number that was told; no number is lost, none is given
twice; `db check --deep` (references, files by their hashes, search, counters, the audit chain) is
clean.

The last run:

"""

if __name__ == "__main__":
    sys.exit(main())
