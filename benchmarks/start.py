"""Start-up: what a command costs before it does anything, and a small local query."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import fill_assignments, fill_documents, sqlite_office

SEDCTL = str(Path(sys.executable).with_name("sedctl"))
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        settings = sqlite_office(Path(folder))
        fill_documents(settings, 200)
        fill_assignments(settings, 200, 20)
        database = settings.database.removeprefix("sqlite:///")
        environment = {**os.environ, "SED_DATABASE": database, "SED_USER": "admin"}
        _light(environment)
        _queries(environment)


def _light(environment: dict[str, str]) -> None:
    medians = interleaved(
        {
            "python -c pass": lambda: _python("pass"),
            "import typer": lambda: _python("import typer"),
            "--version": lambda: _sedctl(environment, "--version"),
            "--help": lambda: _sedctl(environment, "--help"),
            "usage error": lambda: _sedctl(environment, "nope"),
            "completion bash": lambda: _sedctl(environment, "completion", "bash"),
            "document --help": lambda: _sedctl(environment, "document", "--help"),
        }
    )
    light = ("--version", "--help", "usage error", "completion bash")
    report("start", medians, [Comparison(name, "python -c pass", 8) for name in light])


def _queries(environment: dict[str, str]) -> None:
    queries = {
        "document list": ("document", "list", "--limit", "20"),
        "report overdue": ("report", "overdue"),
    }
    medians = interleaved(
        {
            "import sqlmodel": lambda: _python("import sqlmodel"),
            **{
                name: lambda words=words: _sedctl(environment, *words)
                for name, words in queries.items()
            },
        }
    )
    report("start: a query", medians, [Comparison(n, "import sqlmodel", 1.1) for n in queries])


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, **QUIET)


def _sedctl(environment: dict[str, str], *words: str) -> None:
    subprocess.run([SEDCTL, *words], env=environment, check=False, **QUIET)


if __name__ == "__main__":
    main()
