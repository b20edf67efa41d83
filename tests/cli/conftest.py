"""The command line through its real entry point: in this process, or as a program."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from commands.root import make_app, run
from tests.patience import LONGEST
from tests.served import secret_of, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings

SENT_HERE = pytest.mark.local_only("letters leave from where the database is")
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
        if status:
            advise_what_exists(args, captured.err)
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


def advise_what_exists(args: tuple[str, ...], said: str) -> None:
    """Fail where a hint names options that the command which failed does not take."""
    hints = [line for line in said.splitlines() if line.startswith("  ") and "sedctl" not in line]
    named = set(_OPTION.findall("\n".join(hints)))
    strange = named - _options_of(args) if named else set()
    assert not strange, f"sedctl {args!a}: its hint names {strange}"


_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def _options_of(args: tuple[str, ...]) -> set[str]:
    """Return the options of the command that words of a command line lead to, and of the root."""
    command = _program()
    found = _names(command)
    for word in args:
        below = getattr(command, "get_command", None)
        if below is not None and (step := below(None, word)) is not None:
            command = step
    return found | _names(command)


def _names(command: Any) -> set[str]:
    own = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    return own | {"--help"}


@cache
def _program() -> Any:
    return typer.main.get_command(make_app())


@pytest.fixture
def ready(ready_programs: Path) -> str:
    """Return the program for a test of what a process does once it has started."""
    return str(ready_programs / "sedctl")


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
    *args: str, env: dict[str, str] | None = None, at: str = PROGRAM, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run the installed program as a shell would, or the one `at` a place that stands for it."""
    return subprocess.run(
        [at, *args],
        env={**os.environ, **(env or {})},
        text=True,
        check=False,
        **{"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": LONGEST, **settings},
    )
