"""What a run imports: the cost of starting is the cost of its imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from commands.root import COMMANDS
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAVY = {"sqlmodel", "sqlalchemy", "textual", "httpx", "rich", "alembic", "psycopg", "holidays"}
NEVER_FOR_A_READ = {
    *("alembic", "holidays", "textual", "httpx", "pypdf", "docx", "babel", "rich", "xlsxwriter"),
    *("python_calamine", "Stemmer", "dateutil"),
    *("asn1crypto", "cryptography", "gostcrypto", "pyhanko_certvalidator", "aiohttp"),
}
# what every run imports is imported once; a run forks from there, and nothing else has run before
_PROBE = """
import json, os, sys
from commands.root import run
for line in sys.stdin:
    place, words, environment = json.loads(line)
    if os.fork():
        os.wait()
        print("done", flush=True)
        continue
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.environ.clear()
    os.environ.update(environment)
    status = run(words)
    with open(place, "w", encoding="utf-8") as answer:
        json.dump([status, sorted(sys.modules)], answer)
    os._exit(0)
"""
Imported = Callable[..., tuple[int, set[str]]]


@pytest.fixture(scope="module")
def interpreter() -> Iterator[subprocess.Popen[str]]:
    """Start an interpreter that has imported what no run does without."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROBE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        yield started
        assert started.stdin is not None
        started.stdin.close()
        assert started.wait(timeout=LONGEST) == 0


@pytest.fixture
def imported(interpreter: subprocess.Popen[str], tmp_path: Path) -> Imported:
    """Return what runs a command on its own and returns its status and what it had imported."""

    def run(*args: str) -> tuple[int, set[str]]:
        assert interpreter.stdin is not None
        assert interpreter.stdout is not None
        place = tmp_path / "imported.json"
        interpreter.stdin.write(json.dumps([str(place), args, dict(os.environ)]) + "\n")
        interpreter.stdin.flush()
        assert interpreter.stdout.readline() == "done\n"
        status, modules = json.loads(place.read_text(encoding="utf-8"))
        return status, set(modules)

    return run


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    "args",
    [
        ["--version"],
        ["--help"],
        ["completion", "bash"],
        ["frob"],
        ["--nope"],
        ["init"],
        ["init", "--help"],
    ],
)
def test_a_short_run_imports_neither_pydantic_nor_a_database(
    imported: Imported, args: list[str]
) -> None:
    _status, modules = imported(*args)

    assert not packages(modules) & (HEAVY | {"pydantic", "tabulate"})


@pytest.mark.parametrize("group", COMMANDS)
def test_the_help_of_a_group_imports_no_database_and_no_interface(
    imported: Imported, group: str
) -> None:
    status, modules = imported(group, "--help")

    assert status == 0
    assert not packages(modules) & HEAVY


def test_the_help_of_all_imports_no_group(imported: Imported) -> None:
    _status, modules = imported("--help")

    assert not modules & {module for module, _text in COMMANDS.values()}


READS = {
    ("organization", "list"): {"organization", "unit"},
    ("user", "list"): {"organization", "unit"},
    ("correspondent", "list"): {"organization", "correspondent"},
    ("journal", "list"): {
        *("organization", "unit", "journal", "numbers"),
        *("document", "document_kind", "correspondent"),
    },
    ("document", "list"): {"organization", "journal", "document", "correspondent"},
    ("report", "overdue"): {"organization", "unit", "document", "assignment", "calendar"},
}
# read every day by everybody: on SQLite they do without the dialect of PostgreSQL
EVERY_DAY = {("document", "list"), ("report", "overdue")}


@pytest.mark.parametrize("args", READS, ids=" ".join)
def test_a_read_imports_its_noun_alone(
    imported: Imported, args: tuple[str, str], office: Path
) -> None:
    status, modules = imported("--database", str(office), "--as", "admin", *args)
    tables = {
        name.rpartition(".")[2] for name in modules if name.startswith("sed_tui.storage.tables.")
    }

    assert status == 0
    assert packages(modules) & NEVER_FOR_A_READ == set()
    assert tables <= READS[args]
    assert args not in EVERY_DAY or "sqlalchemy.dialects.postgresql" not in modules
