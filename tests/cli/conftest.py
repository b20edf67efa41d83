"""The command line through its real entry point: in this process, or as a program."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from commands.root import run
from tests.served import secret_of, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings

PROGRAM = str(Path(sys.executable).with_name("sedctl"))


@dataclass
class Outcome:
    """What a run printed, and its status."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)


Run = Callable[..., Outcome]


@pytest.fixture
def anywhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Run `sedctl` in this process, without a database of its own."""

    def call(*args: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = run(list(args))
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call


@pytest.fixture
def sedctl(
    settings: Settings,
    anywhere: Callable[..., Outcome],
    is_served: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., Outcome]]:
    """Run `sedctl` in this process as the administrator of an office, or over a server of it."""
    place = address(settings)

    def call(*args: str, stdin: bytes = b"") -> Outcome:
        return anywhere("--database", place, "--as", "admin", *args, stdin=stdin)

    if not is_served:
        yield call
        return
    with serving(settings, None) as server:

        def call_server(*args: str, stdin: bytes = b"") -> Outcome:
            # a server is told who calls by a token, and by nothing else
            words, who = list(args), "admin"
            while "--as" in words:
                begin = words.index("--as")
                who = words[begin + 1]
                del words[begin : begin + 2]
            monkeypatch.setenv("SED_TOKEN", secret_of(replace(settings, login=who)))
            return anywhere("--server", server, *words, stdin=stdin)

        yield call_server


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Path:
    """Return the SQLite file of an office of its own, for programs that run beside the test."""
    path = tmp_path / "office.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


def address(settings: Settings) -> str:
    """Return a database as users name it."""
    return settings.database.replace("+psycopg", "").removeprefix("sqlite:///")


def program(
    *args: str, env: dict[str, str] | None = None, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run the installed program as a shell would."""
    return subprocess.run(
        [PROGRAM, *args],
        env={**os.environ, **(env or {})},
        text=True,
        check=False,
        **{"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60, **settings},
    )
