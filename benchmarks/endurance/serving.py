"""`sedctl serve` as a service runs it: its workers are killed, it replaces them."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START_SECONDS = 120
_LOOK_SECONDS = 0.5


@dataclass
class Server:
    """A server over an office; with one worker it is a process, and is started anew as a unit."""

    environment: Mapping[str, str]
    log: Path
    workers: int
    killed: int = 0
    replaced: list[float] = field(default_factory=list)
    _port: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _missing_since: float | None = None
    _looked: float = 0

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self._port = self._port or _free_port()
        program = str(Path(sys.executable).with_name("sedctl"))
        command = [program, "serve", "--port", str(self._port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--workers", str(self.workers)],
                env={**os.environ, **self.environment},
                stderr=log,
            )
        end = time.monotonic() + START_SECONDS
        while not self._is_ready() or len(self._pids()) < self.workers:
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def kill_a_worker(self) -> bool:
        """Kill one of the workers that serve; not while the one before is yet to be replaced."""
        serving = self._pids()
        if self._missing_since is not None or len(serving) < self.workers:
            return False
        os.kill(random.choice(serving), signal.SIGKILL)
        if self.workers == 1 and self._process is not None:
            self._process.wait()  # it is a child of ours, and would be seen alive until then
        self.killed += 1
        self._missing_since = time.monotonic()
        return True

    def renew_workers(self) -> bool:
        """Have the workers replaced as a reload does; tell whether every call was answered."""
        assert self._process is not None
        before, answered = set(self._pids()), True
        self._process.send_signal(signal.SIGHUP)
        end = time.monotonic() + START_SECONDS
        while (serving := set(self._pids())) & before or len(serving) < self.workers:
            answered &= self._is_ready(START_SECONDS)  # late is not lost
            assert time.monotonic() < end, self.log.read_text()
        return answered

    def watch(self) -> None:
        """Note when a killed worker has been replaced; a lone one is started anew here."""
        if self._missing_since is None or time.monotonic() < self._looked + _LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        if self.workers == 1 and self._process is not None and self._process.poll() is not None:
            self.start()
        elif len(self._pids()) < self.workers:
            return
        self.replaced.append(time.monotonic() - self._missing_since)
        self._missing_since = None

    def wait_until_whole(self) -> bool:
        """Wait until every killed worker has been replaced; tell whether they were."""
        end = time.monotonic() + START_SECONDS
        while self._missing_since is not None and time.monotonic() < end:
            time.sleep(0.1)
            self.watch()
        return self._missing_since is None

    def stop(self) -> list[str]:
        """Stop it as a service manager does, and return what it did wrong in its life."""
        assert self._process is not None
        missing = [] if self.wait_until_whole() else ["a killed worker was not replaced"]
        self._process.terminate()
        status = self._process.wait(START_SECONDS)
        ended = [] if status in {0, -signal.SIGTERM} else [f"the server ended with {status}"]
        return [*missing, *ended, *self._faults()]

    def requests(self) -> dict[int, int]:
        """Count the answers of the log by their status."""
        counted: dict[int, int] = {}
        for line in self._lines():
            if line.get("event") == "request":
                counted[line["status"]] = counted.get(line["status"], 0) + 1
        return counted

    def _faults(self) -> list[str]:
        """Return errors of the log: what nobody has foreseen."""
        return [
            f"the server's log: {line.get('event')}: {line.get('trace')}"
            for line in self._lines()
            if line.get("level") == "error" or line.get("status") == 500
        ]

    def _lines(self) -> Iterator[dict[str, Any]]:
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("{") and line.endswith("}"):  # a kill may cut a line short
                yield json.loads(line)
            elif "Error" in line or "Traceback" in line:
                yield {"level": "error", "event": line}

    def _is_ready(self, seconds: float = 5) -> bool:
        try:
            return httpx.get(f"{self.address}/ready", timeout=seconds).status_code == 200
        except httpx.TransportError:
            return False

    def _pids(self) -> list[int]:
        """Return the processes that serve: children of the supervisor, or it alone."""
        assert self._process is not None
        if self.workers == 1:
            return [self._process.pid] if self._process.poll() is None else []
        told = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        rows = [line.split(None, 3) for line in told.splitlines()]
        return [
            int(pid)
            for pid, parent, state, command in (row for row in rows if len(row) == 4)
            if int(parent) == self._process.pid and state[0] != "Z" and "spawn_main" in command
        ]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
