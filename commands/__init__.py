"""The command line. This module stays cheap: it runs before anything is chosen."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

__all__ = ["main", "open_interface"]

_INTERRUPTED = 130


def main() -> None:
    """Run the `sedctl` console script and exit with its status."""
    _leave(_run(sys.argv[1:], "sedctl"))


def open_interface() -> None:
    """Run the `sed-tui` console script: `sedctl tui` with the root options before it."""
    sys.exit(_run([*sys.argv[1:], "tui"], "sed-tui"))


def _run(args: list[str], program: str) -> int:
    # a short run makes many objects that live to its end: looking for garbage among
    # them took a tenth of the start-up, so that it begins where a short run has ended
    gc.set_threshold(500_000, 20, 20)
    # looking for plugins of Pydantic reads every installed package: 10 ms, and there are none
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        from commands.root import run
    except KeyboardInterrupt:
        return _INTERRUPTED
    return run(args, program)


def _leave(status: int) -> None:
    # everything is written and closed: taking the modules apart would only cost time
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status)
