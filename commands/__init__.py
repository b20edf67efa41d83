"""The command line. This module stays cheap: it runs before anything is chosen."""

from __future__ import annotations

import sys

__all__ = ["main", "open_interface"]


def main() -> None:
    """Run the `sedctl` console script and exit with its status."""
    from commands.root import run

    sys.exit(run(sys.argv[1:]))


def open_interface() -> None:
    """Run the `sed-tui` console script: `sedctl tui` with the root options before it."""
    from commands.root import run

    sys.exit(run([*sys.argv[1:], "tui"], program="sed-tui"))
