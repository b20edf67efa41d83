"""Which terminal driver an application is to use."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def terminal_driver() -> type[Driver] | None:
    """Return the driver for this terminal, None to leave the choice to Textual."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from widgets.terminal import TerminalDriver  # what it imports does not exist on Windows

    return TerminalDriver
