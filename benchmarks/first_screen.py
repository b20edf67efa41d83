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
MOST = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
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
    with tempfile.TemporaryDirectory() as folder:
        offices = {}
        for count in (1_000, MOST):
            offices[count] = sqlite_office(Path(folder) / str(count))
            fill_documents(offices[count], count)
        times: dict[str, dict[str, list[float]]] = {}
        program = [str(Path(sys.executable).with_name("sed-tui"))]
        for _ in range(ROUNDS):
            _turn(times, "empty app", [sys.executable, "-c", EMPTY], {}, ("ready-0", "", "", "j"))
            for count, settings in offices.items():
                signs = ("F1", "2", "01-23/", "\x1b[6~")
                _turn(times, f"ours at {count:,}", program, _environment(settings), signs)
        _print(times)


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "SED_DATABASE": settings.database.removeprefix("sqlite:///"),
        "SED_USER": "admin",
        "SED_LANG": "ru",
    }


def _turn(
    times: dict[str, dict[str, list[float]]],
    name: str,
    words: list[str],
    environment: dict[str, str],
    signs: tuple[str, str, str, str],
) -> None:
    """Start a program; wait for its first paint, for its list, then press a key many times."""
    first, opens, listed, key = signs
    mine = times.setdefault(name, {"paint": [], "list": [], "key": []})
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(environment, TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execv(words[0], words)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    _read_until(terminal, first.encode())
    mine["paint"].append(time.perf_counter() - start)
    _drain(terminal)
    if opens:
        pressed = time.perf_counter()
        os.write(terminal, opens.encode())
        _read_until(terminal, listed.encode())
        mine["list"].append(time.perf_counter() - pressed)
        _drain(terminal)
    for _ in range(PAGES):
        pressed = time.perf_counter()
        os.write(terminal, key.encode())
        _read_some(terminal)
        mine["key"].append(time.perf_counter() - pressed)
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


def _print(times: dict[str, dict[str, list[float]]]) -> None:
    print("\n## first screen, through a real terminal")
    medians = {
        name: {what: statistics.median(values) * 1000 for what, values in mine.items() if values}
        for name, mine in times.items()
    }
    for name, mine in medians.items():
        shown = ", ".join(f"{what} {value:.0f} ms" for what, value in mine.items())
        print(f"  {name:<20} {shown}")
    empty, small, large = medians.values()
    print(f"  first paint / empty app = {large['paint'] / empty['paint']:.2f}  (target ≤ 1.5)")
    print(f"  list at {MOST:,} / at 1,000 = {large['list'] / small['list']:.2f}  (target ≈ 1)")
    print(f"  page down / a key = {large['key'] / empty['key']:.2f}  (target ≤ 4)")


if __name__ == "__main__":
    main()
