"""A terminal driver that asks for keys which plain terminals cannot tell apart."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

_ASK = "\x1b[>4;1m"
_STOP = "\x1b[>4;0m"
# others may take the request for a colour
_UNDERSTANDS = ("xterm", "tmux", "screen", "alacritty", "foot", "rxvt", "mintty", "konsole")


def terminal_driver() -> type[Driver] | None:
    """Return the driver for this terminal, None to leave the choice to Textual.

    It turns on xterm's modifyOtherKeys: Ctrl+Enter, and Ctrl with a Cyrillic letter,
    arrive as keys of their own in xterm and, with `extended-keys on`, in tmux.
    """
    if sys.platform == "win32" or not os.environ.get("TERM", "").startswith(_UNDERSTANDS):
        return None
    from textual.drivers.linux_driver import LinuxDriver  # it does not exist on Windows

    class ExtendedKeysDriver(LinuxDriver):
        """The usual driver, with modifyOtherKeys on while it runs."""

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.write(_ASK)
            self.flush()

        def stop_application_mode(self) -> None:
            self.write(_STOP)
            super().stop_application_mode()

    return ExtendedKeysDriver
