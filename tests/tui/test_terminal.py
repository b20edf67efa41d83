"""The interface in a real pseudo-terminal, which keys reach in packets and which can vanish."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui import __version__
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("engine", ["sqlite"])]


class Terminal:
    """A pseudo-terminal with the interface in it, in a session that gets no SIGHUP from it."""

    def __init__(self, settings: Settings, home: Path) -> None:
        home.mkdir(exist_ok=True)
        (home / "interface.json").write_text(
            f'{{"tour": "shown", "seen_version": "{__version__}"}}'
        )
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("sed-tui"))],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={
                "SED_DATABASE": settings.database.removeprefix("sqlite:///"),
                "SED_USER": "admin",
                "SED_HOME": str(home),
                "SED_LANG": "en",
                "TERM": "xterm-256color",
                "PATH": os.environ["PATH"],
            },
        )
        os.close(slave)
        self._seen = b""

    def send(self, text: str) -> None:
        """Send keys as one packet."""
        os.write(self._master, text.encode())

    def wait_for(self, sign: str) -> None:
        """Read until something has been written since the last time."""
        end = time.monotonic() + LONGEST
        while sign.encode() not in self._seen:
            assert time.monotonic() < end, self._seen[-3000:]
            if select.select([self._master], [], [], 1)[0]:
                self._seen += os.read(self._master, 65536)
        self._seen = b""

    def vanish(self) -> None:
        """Close the terminal as its killed emulator or a lost connection does."""
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)


@pytest.fixture
def terminal(gateway: LocalGateway, settings: Settings, tmp_path: Path) -> Iterator[Terminal]:
    """Open the interface on an office."""
    opened = Terminal(settings, tmp_path / "home")
    yield opened
    opened.close()


def test_keys_of_one_packet_go_where_the_ones_before_lead(terminal: Terminal) -> None:
    terminal.wait_for("Nothing waits for you")
    terminal.send("2тРомашка\t145/n\t")

    terminal.wait_for("145/n")


def test_a_terminal_that_vanishes_ends_the_interface_and_the_draft_is_kept(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait_for("Nothing waits for you")
    terminal.send("2n")
    terminal.wait_for("name or INN")
    terminal.send("Ромашка")
    terminal.wait_for("Ромашка")
    terminal.vanish()

    assert terminal.process.wait(LONGEST) == 129
    [draft] = (tmp_path / "home" / "drafts").rglob("*.json")
    assert "Ромашка" in draft.read_text(encoding="utf-8")
