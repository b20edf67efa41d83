"""python -m benchmarks.fuzz [--seconds N] [--examples N] [--seed N] [--report PAGE]: `make fuzz`.

Schemathesis makes requests out of the OpenAPI description of a server over PostgreSQL. It has
an environment of its own: it is no part of what is installed to work or to test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks.endurance.serving import Server
from sed_tui.config import Settings
from sed_tui.gateway.example import make_example
from tests import postgres
from tests.served import secret_of

_PROGRAM = Path(__file__).parent.parent / ".venv" / "fuzz" / "bin" / "schemathesis"
_INTRODUCTION = """# What a server answers to anything

`make fuzz` serves the example office on PostgreSQL with two workers and lets
[Schemathesis](https://schemathesis.io) make requests out of the server's own description
(`/openapi.json`): its examples, the bounds of every field, and what is made at random, both what
the description allows and what it does not. The administrator asks. A run fails where an answer
is an error of the server, has a status or a content type that is not described, or a body that
does not fit the described one. `FUZZ='--seconds 60 --seed 7'` bounds it otherwise. The last run:
"""
_CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    "response_schema_conformance",
)


def main() -> int:
    """Serve, ask, and tell; 1 where an answer was a server error or not as described."""
    asked = _asked()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sed-fuzz-")))
        stack.callback(postgres.clean_up)
        settings = _office(folder)
        server = _server(settings, folder)
        server.start()
        try:
            status = _ask(asked, server, secret_of(replace(settings, login="admin")))
        finally:
            faults = server.stop()
        faults += [] if status == 0 else [f"Schemathesis ended with {status}"]
        told = _told(asked, server.requests(), faults)
    print(told)
    if asked.report:
        asked.report.write_text(f"{_INTRODUCTION}\n{told}", encoding="utf-8")
    return 1 if faults else 0


def _office(folder: Path) -> Settings:
    address = postgres.database_address(postgres.create_database())
    settings = Settings(address, files=folder / "files")
    make_example(settings)
    return settings


def _server(settings: Settings, folder: Path) -> Server:
    database = {"SED_DATABASE": settings.database, "SED_FILES": str(settings.files)}
    return Server({**database, "SED_HOME": str(folder / "server")}, folder / "server.log", 2)


def _ask(asked: argparse.Namespace, server: Server, token: str) -> int:
    # fetched here: Schemathesis gives a description of two megabytes ten seconds, busy or not
    description = httpx.get(f"{server.address}/openapi.json", timeout=60).raise_for_status()
    command = [
        *(str(_PROGRAM), "run", "openapi.json", "--url", server.address),
        *("--header", f"Authorization: Bearer {token}", "--checks", ",".join(_CHECKS)),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", str(asked.examples)),
        *("--seed", str(asked.seed), "--max-time", str(asked.seconds), "--workers", "2"),
        # it would end the session that all others ask with
        *("--exclude-path", "/v1/sign-out"),
        *("--continue-on-failure", "--no-shrink", "--warnings", "off"),
        *("--suppress-health-check", "all", "--request-timeout", "30", "--no-color"),
        *asked.options,
    ]
    # its configuration and its reports are nobody's here
    with tempfile.TemporaryDirectory() as beside:
        Path(beside, "openapi.json").write_bytes(description.content)
        return subprocess.run(command, cwd=beside, check=False, env=dict(os.environ)).returncode


def _told(asked: argparse.Namespace, answers: dict[int, int], faults: list[str]) -> str:
    by_status = ", ".join(f"{code} × {n:,}" for code, n in sorted(answers.items()))
    wrong = sum(n for code, n in answers.items() if code >= 500)
    bounds = f"{asked.seed}, {asked.examples}, {asked.seconds}"
    rows = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores",
        "seed, examples a route, seconds at most": bounds,
        "answers": f"{sum(answers.values()):,}",
        "answers by status": by_status,
        "server errors": str(wrong),
        "faults": str(len(faults)),
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return f"| | |\n|---|---|\n{table}\n" + "".join(f"\n- {fault}\n" for fault in faults)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="requests made out of the OpenAPI description")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    parser.add_argument("options", nargs="*", help="more options for Schemathesis, after --")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
