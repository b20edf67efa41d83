"""A terminal driver that asks for more keys, and ends the program when its terminal is gone.

It turns on xterm's modifyOtherKeys: Ctrl+Enter, and Ctrl with a Cyrillic letter, arrive
as keys of their own in xterm and, with `extended-keys on`, in tmux. From a terminal that
vanishes without a signal Textual reads nothing for ever, at the full speed of a core;
here the program ends.
"""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from typing import TextIO

HUNG_UP = 129  # the exit status of a program that a hangup ends
_ASK = "\x1b[>4;1m"
_STOP = "\x1b[>4;0m"
# others may take the request for a colour
_UNDERSTANDS = ("xterm", "tmux", "screen", "alacritty", "foot", "rxvt", "mintty", "konsole")


class LosableTerminal:
    """The file of a terminal to which writing never fails: one that is gone says nothing.

    Textual's writing thread would end at the first failure, and whoever writes after that
    would wait for it for ever, the end of the program included.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write what can be written."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Send it to the terminal."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Return the number of the file."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """The usual driver, with more keys and an end."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._file = LosableTerminal(cast("TextIO", sys.__stderr__))  # type: ignore[assignment]
        self._terminals = [number for number in range(3) if os.isatty(number)]
        self._is_watched = False

    def start_application_mode(self) -> None:
        """Take the terminal, again after it was left for another program."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if _understands():
            self.write(_ASK)
            self.flush()
        if self.input_tty and not self._is_watched:
            self._is_watched = True
            Thread(target=self._end_with_terminal, name="hangup", daemon=True).start()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if _understands():
            self.write(_STOP)
        super().stop_application_mode()

    def _end_with_terminal(self) -> None:
        _wait_for_hangup(self.fileno)
        _silence(self._terminals)
        self.exit_event.set()  # the reading thread has nothing to read any more
        with suppress(RuntimeError):  # the program has ended already
            self._loop.call_soon_threadsafe(self._app.exit, None, HUNG_UP)


def _understands() -> bool:
    return os.environ.get("TERM", "").startswith(_UNDERSTANDS)


def _wait_for_hangup(terminal: int) -> None:
    watch = select.poll()
    watch.register(terminal, 0)  # a hangup is reported unasked; until then this costs nothing
    watch.poll()


def _silence(files: list[int]) -> None:
    """Turn what reads from the terminal or writes to it, Python at its end too, to nothing."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for file in files:
        os.dup2(nothing, file)
