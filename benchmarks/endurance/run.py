"""Clients over one office, and what befalls them: kills of clients, workers and the database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.employee import ADD, AddEmployee
from tests import postgres
from tests.served import secret_of

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.endurance.copying import Copying
    from benchmarks.endurance.serving import Server
    from sed_tui.config import Settings

# long enough for what was killed to come back and work, on a busy machine too
_LIVES = {"a client": (12.0, 30.0), "a worker": (8.0, 20.0), "PostgreSQL": (25.0, 60.0)}
_ROLES = (Role.REGISTRAR, Role.HEAD, Role.EXECUTOR, Role.CONTROLLER)
_FINISH_SECONDS = 180


@dataclass
class Run:
    """Clients over one office, each a person with a ledger that outlives the process."""

    settings: Settings
    folder: Path
    server: Server | None
    copying: Copying
    killed: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    _clients: dict[Path, subprocess.Popen[bytes]] = field(default_factory=dict)
    _people: dict[Path, dict[str, str]] = field(default_factory=dict)

    @property
    def stop(self) -> Path:
        """Return the file at whose sight clients finish."""
        return self.folder / "stop"

    @property
    def ledgers(self) -> list[Path]:
        """Return the files of the clients."""
        return sorted(self.folder.glob("*.ledger"))

    def load(self, clients: int, seconds: float) -> None:
        """Work for so long, killing at random; a backup is made in the middle of it."""
        if self.server is not None:
            self.server.start()
        for number in range(clients):
            self._hire(self.folder / f"{number:02}.ledger", f"clerk{number:02}")
        begin = time.monotonic()
        kills = {"a client": self._kill_client, "a worker": self._kill_worker}
        if "postgresql" in self.settings.database:
            kills["PostgreSQL"] = self._kill_database
        due = {name: _soon(name) for name in kills}
        while (passed := time.monotonic() - begin) < seconds:
            time.sleep(0.1)
            self._watch()
            self.copying.go_on(is_time=passed > seconds / 2)
            for name, kill in kills.items():
                if time.monotonic() > due[name]:
                    self.killed[name] += kill()
                    due[name] = _soon(name)

    def finish(self) -> None:
        """Let everybody settle what is open, and wait; then the server has its turn."""
        self.stop.touch()
        end = time.monotonic() + _FINISH_SECONDS
        while any(one.poll() is None for one in self._clients.values()) and time.monotonic() < end:
            self.copying.go_on(is_time=True)
            time.sleep(0.1)
        for ledger, client in self._clients.items():
            if client.poll() != 0:
                client.kill()
                self.broken.append(f"{ledger.name} ended with {client.wait()}")
        self.copying.finish()
        if self.server is not None:
            self.broken += self.server.stop()

    def _hire(self, ledger: Path, login: str) -> None:
        gateway = LocalGateway(self.settings)
        gateway.call(ADD, AddEmployee(login=login, full_name=login.title(), roles=_ROLES))
        gateway.close()
        if self.server is None:
            database = {"SED_DATABASE": self.settings.database}
            who = {**database, "SED_FILES": str(self.settings.files), "SED_USER": login}
        else:
            token = secret_of(replace(self.settings, login=login))
            who = {"SED_SERVER": self.server.address, "SED_TOKEN": token}
        self._people[ledger] = who
        self._start(ledger)

    def _start(self, ledger: Path) -> None:
        """Let a client begin, or go on where the one before was killed."""
        command = [sys.executable, "-m", "benchmarks.endurance.client", str(ledger), str(self.stop)]
        home = {"SED_HOME": str(self.folder / "home")}
        environment = {**os.environ, **home, **self._people[ledger]}
        self._clients[ledger] = subprocess.Popen(command, env=environment)

    def _watch(self) -> None:
        if self.server is not None:
            self.server.watch()
        for ledger, client in list(self._clients.items()):
            if client.poll() is not None:
                self.broken.append(f"{ledger.name} ended with {client.returncode}")
                self._start(ledger)

    def _kill_client(self) -> int:
        ledger = random.choice(list(self._clients))
        client = self._clients[ledger]
        client.send_signal(signal.SIGKILL)
        client.wait()
        self._start(ledger)
        return 1

    def _kill_worker(self) -> int:
        return int(self.server is not None and self.server.kill_a_worker())

    def _kill_database(self) -> int:
        postgres.kill_and_restart()
        return 1


def _soon(name: str) -> float:
    return time.monotonic() + random.uniform(*_LIVES[name])
