"""A whole report as CSV beside the database's own tool, each of them a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Comparison, interleaved, report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sed_tui.config import Settings

OURS = "ours as CSV"
SEDCTL = str(Path(sys.executable).with_name("sedctl"))
_ROUNDS = 5
_OF_THE_TOOL = 3  # how many times as long as the tool ours may take


def compare_listing(
    title: str,
    settings: Settings,
    words: list[str],
    query: str,
    peers: Mapping[str, tuple[Callable[[], object], float]],
) -> None:
    """Measure `sedctl WORDS`, the same rows by a query, and peers with the ratios they allow."""
    address = settings.database.replace("+psycopg", "").removeprefix("sqlite:///")
    environment = {**os.environ, "SED_DATABASE": address, "SED_USER": "admin"}
    contenders: dict[str, Callable[[], object]] = {OURS: lambda: run([SEDCTL, *words], environment)}
    comparisons = []
    if tool := _tool(settings, address, query):
        name, command = tool
        contenders[name] = lambda: run(command, environment)
        comparisons.append(Comparison(OURS, name, _OF_THE_TOOL))
    for name, (peer, target) in peers.items():
        contenders[name] = peer
        comparisons.append(Comparison(OURS, name, target))
    report(title, interleaved(contenders, _ROUNDS), comparisons)


def _tool(settings: Settings, address: str, query: str) -> tuple[str, list[str]] | None:
    """Return the command that writes a query as CSV, where the tool is installed."""
    is_sqlite = settings.database.startswith("sqlite")
    tool = shutil.which("sqlite3" if is_sqlite else "psql")
    if tool is None:
        return None
    if is_sqlite:
        return "sqlite3 -csv", [tool, "-csv", address, query]
    return "psql \\copy", [tool, address, "-c", f"\\copy ({query}) TO STDOUT CSV"]


def run(words: list[str], environment: dict[str, str]) -> None:
    """Run a program whose output nobody reads."""
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
