"""The interface in a real terminal: first paint and a page down, against an empty app."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.office import fill_documents, sqlite_office

if TYPE_CHECKING:
    from sed_tui.config import Settings

ROUNDS = 5
PAGES = 20
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    BINDINGS = [("j", "noop", "")]
    n = 0
    def compose(self):
        yield Static("ready-0", id="s")
    def on_key(self, event):
        self.n += 1
        self.query_one("#s").update(f"ready-{self.n}")
Empty().run()
"""


def main() -> None:
    """Print the medians of an empty app and of ours at a thousand and a million cards."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        offices = {}
        for count in (1_000, 1_000_000):
            offices[count] = sqlite_office(Path(folder) / str(count))
            fill_documents(offices[count], count)
        paints: dict[str, list[float]] = {}
        keys: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            _turn(paints, keys, "empty app", [sys.executable, "-c", EMPTY], {}, "ready-0", "j")
            for count, settings in offices.items():
                name = f"ours at {count:,}"
                _turn(paints, keys, name, _program(), _environment(settings), "01-23/", "\x1b[6~")
        _print(paints, keys)


def _program() -> list[str]:
    return [str(Path(sys.executable).with_name("sed-tui")), "--screen", "documents"]


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "SED_DATABASE": settings.database.removeprefix("sqlite:///"),
        "SED_USER": "admin",
        "SED_LANG": "ru",
    }


def _turn(
    paints: dict[str, list[float]],
    keys: dict[str, list[float]],
    name: str,
    words: list[str],
    environment: dict[str, str],
    sign: str,
    key: str,
) -> None:
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(environment, TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execv(words[0], words)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    _read_until(terminal, sign.encode())
    paints.setdefault(name, []).append(time.perf_counter() - start)
    _drain(terminal)
    for _ in range(PAGES):
        pressed = time.perf_counter()
        os.write(terminal, key.encode())
        _read_some(terminal)
        keys.setdefault(name, []).append(time.perf_counter() - pressed)
        _drain(terminal)
    os.write(terminal, b"\x11")
    _drain(terminal)
    os.kill(process, 9)
    os.waitpid(process, 0)
    os.close(terminal)


def _read_until(terminal: int, sign: bytes) -> None:
    seen = b""
    end = time.perf_counter() + 60
    while sign not in seen:
        if time.perf_counter() > end:
            raise TimeoutError(seen[-2000:])
        seen += _read_some(terminal)


def _read_some(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], 10)
    return os.read(terminal, 65536) if ready else b""


def _drain(terminal: int) -> None:
    while select.select([terminal], [], [], 0.15)[0]:
        os.read(terminal, 65536)


def _print(paints: dict[str, list[float]], keys: dict[str, list[float]]) -> None:
    print("\n## first screen, through a real terminal")
    medians = {name: statistics.median(values) * 1000 for name, values in paints.items()}
    presses = {name: statistics.median(values) * 1000 for name, values in keys.items()}
    for name, paint in medians.items():
        print(f"  {name:<20} first paint {paint:7.0f} ms, a key {presses[name]:6.1f} ms")
    empty, small, large = medians
    for name in (small, large):
        print(f"  {name} / {empty} = {medians[name] / medians[empty]:.2f}  (target ≤ 1.5)")
    print(f"  {large} / {small} = {medians[large] / medians[small]:.2f}  (target ≈ 1)")
    print(f"  page down / a key = {presses[large] / presses[empty]:.2f}  (target ≤ 4)")


if __name__ == "__main__":
    main()
