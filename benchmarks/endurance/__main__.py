"""python -m benchmarks.endurance [--seconds N] [--clients N] [--workers N] [--engine E]."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.endurance.copying import Copying
from benchmarks.endurance.ledger import Ledger
from benchmarks.endurance.reckoning import Verdict, reckon, reckon_copy
from benchmarks.endurance.report import section, write_page
from benchmarks.endurance.run import Run
from benchmarks.endurance.serving import Server
from benchmarks.office import postgres_office, sqlite_office
from tests import postgres

_MAKE = {"sqlite": sqlite_office, "postgresql": postgres_office}
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> int:
    """Run, reckon, and tell; 1 where anything is wrong."""
    asked = _asked()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sed-endurance-")))
        stack.callback(postgres.clean_up)
        run = _run(asked, folder)
        run.load(asked.clients, asked.seconds)
        run.finish()
        lines = [json.loads(line) for path in run.ledgers for line in path.open()]
        ledgers = [Ledger(path) for path in run.ledgers]
        live = reckon(run.settings, ledgers, lines)
        copy = reckon_copy(run.copying.put_back(), ledgers, run.copying.began)
        faults = [*run.broken, *live.faults, *copy.faults]
        told = section(_title(asked), _figures(asked, run, live, copy, len(faults)), faults)
    print(told)
    if asked.report:
        write_page(asked.report, _title(asked), told)
    return 1 if faults else 0


def _run(asked: argparse.Namespace, folder: Path) -> Run:
    settings = _MAKE[asked.engine](folder)
    database = {"SED_DATABASE": settings.database, "SED_FILES": str(settings.files)}
    server = None
    if asked.workers:
        home = {"SED_HOME": str(folder / "server")}
        server = Server({**database, **home}, folder / "server.log", asked.workers)
    return Run(settings, folder, server, Copying(settings, folder))


def _figures(
    asked: argparse.Namespace, run: Run, live: Verdict, copy: Verdict, faults: int
) -> dict[str, Any]:
    killed = ", ".join(f"{name} × {times}" for name, times in run.killed.items() if times)
    figures: dict[str, Any] = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores",
        "clients, workers, seconds": f"{asked.clients}, {asked.workers}, {asked.seconds:.0f}",
        "killed with SIGKILL": killed or "nothing",
    }
    if run.server is not None:
        counted = sorted(run.server.requests().items())
        figures["answers by status"] = ", ".join(f"{code} × {n:,}" for code, n in counted)
        if run.server.replaced:
            figures["a worker replaced, the slowest"] = f"{max(run.server.replaced):.1f} s"
    tries = f"{run.copying.tries} tries, the last came off" if run.copying.tries > 1 else "at once"
    return {
        **figures,
        **live.figures,
        "backup under the load": tries,
        **copy.figures,
        "faults": faults,
    }


def _title(asked: argparse.Namespace) -> str:
    way = "through the server" if asked.workers else "on the database itself"
    return f"{_NAMES[asked.engine]}, {way}"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--workers", type=int, default=3, help="of the server; 0: no server")
    parser.add_argument("--engine", choices=list(_MAKE), default="postgresql")
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
