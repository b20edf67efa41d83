"""Run every benchmark, or those named: `python -m benchmarks start page`."""

from __future__ import annotations

import subprocess
import sys

EVERY = (
    "start",
    "imports",
    "overdue",
    "reports",
    "registration",
    "page",
    "visibility",
    "search",
    "first_screen",
    "gost",
    "signing",
    "exchange",
)


def main() -> int:
    """Run each in a process of its own, so that none warms up another."""
    status = 0
    for name in sys.argv[1:] or EVERY:
        status |= subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False
        ).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
