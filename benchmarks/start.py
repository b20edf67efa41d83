"""Start-up: what a command costs before it does anything, and a small query, local and remote.

In processor time, which hangs less on what else runs, and of compiled modules, as `make install`
leaves them: where nothing may write `.pyc` files every run would compile the program anew.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.http import served
from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import fill_assignments, fill_documents, sqlite_office
from sed_tui.server.app import make_app
from tests.served import secret_of

PROGRAM = ("sed_tui", "commands", "widgets")
LIST = ("document", "list", "--limit", "20")
ROUNDS = 15
SEDCTL = str(Path(sys.executable).with_name("sedctl"))
QUIET: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


def main() -> None:
    """Print the three tables."""
    home = Path(__file__).parent.parent
    compiled = [sys.executable, "-m", "compileall", "-q", *(str(home / part) for part in PROGRAM)]
    subprocess.run(compiled, check=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = sqlite_office(Path(folder))
        fill_documents(settings, 200)
        fill_assignments(settings, 200, 20)
        database = settings.database.removeprefix("sqlite:///")
        environment = {**os.environ, "SED_DATABASE": database, "SED_USER": "admin"}
        _light(environment)
        _queries(environment)
        with served(make_app, settings, 8493) as server:
            _remote({**os.environ, "SED_SERVER": server.address, "SED_TOKEN": secret_of(settings)})


def _light(environment: dict[str, str]) -> None:
    medians = interleaved(
        {
            "python -c pass": lambda: _python("pass"),
            "import typer": lambda: _python("import typer"),
            "--version": lambda: _sedctl(environment, "--version"),
            "--help": lambda: _sedctl(environment, "--help"),
            "usage error": lambda: _sedctl(environment, "nope", status=2),
            "completion bash": lambda: _sedctl(environment, "completion", "bash"),
            "document --help": lambda: _sedctl(environment, "document", "--help"),
        },
        ROUNDS,
        _spent,
    )
    light = ("--version", "--help", "usage error", "completion bash")
    report("start", medians, [Comparison(name, "python -c pass", 8) for name in light])


def _queries(environment: dict[str, str]) -> None:
    medians = interleaved(
        {
            "import sqlmodel": lambda: _python("import sqlmodel"),
            "document list": lambda: _sedctl(environment, *LIST),
            "report overdue": lambda: _sedctl(environment, "report", "overdue"),
        },
        ROUNDS,
        _spent,
    )
    compared = [Comparison(name, "import sqlmodel", 1.1) for name in list(medians)[1:]]
    report("start: a query", medians, compared)


def _remote(environment: dict[str, str]) -> None:
    limit = "import httpx, typer, pydantic"
    medians = interleaved(
        {
            limit: lambda: _python(limit),
            "remote document list": lambda: _sedctl(environment, *LIST),
        },
        ROUNDS,
        _spent,
    )
    report("start: a remote query", medians, [Comparison("remote document list", limit, 1.6)])


def _spent() -> float:
    """Return the processor time of all that was started and has ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, **QUIET)


def _sedctl(environment: dict[str, str], *words: str, status: int = 0) -> None:
    done = subprocess.run([SEDCTL, *words], env=environment, check=False, **QUIET)
    assert done.returncode == status, f"sedctl {words}: {done.returncode}"


if __name__ == "__main__":
    main()
