"""What a run imports: the cost of starting is the cost of its imports."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from commands.root import COMMANDS
from tests.patience import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"sqlmodel", "sqlalchemy", "textual", "httpx", "rich", "alembic", "psycopg", "holidays"}
NEVER_FOR_A_READ = {
    *("alembic", "holidays", "textual", "httpx", "pypdf", "docx", "babel", "rich", "xlsxwriter"),
    *("python_calamine", "Stemmer", "dateutil"),
    *("asn1crypto", "cryptography", "gostcrypto", "pyhanko_certvalidator", "aiohttp"),
}
_PROBE = """
import json, sys
from commands.root import run
status = run(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""


def imported(*args: str) -> tuple[int, set[str]]:
    """Run a command in a fresh interpreter; return its status and what it had imported."""
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *args],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=LONGEST,
    )
    status, modules = json.loads(done.stderr.splitlines()[-1])
    return status, set(modules)


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
def test_a_short_run_imports_neither_pydantic_nor_a_database(args: list[str]) -> None:
    _status, modules = imported(*args)

    assert not packages(modules) & (HEAVY | {"pydantic", "tabulate"})


@pytest.mark.parametrize("group", COMMANDS)
def test_the_help_of_a_group_imports_no_database_and_no_interface(group: str) -> None:
    status, modules = imported(group, "--help")

    assert status == 0
    assert not packages(modules) & HEAVY


def test_the_help_of_all_imports_no_group() -> None:
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
def test_a_read_imports_its_noun_alone(args: tuple[str, str], office: Path) -> None:
    status, modules = imported("--database", str(office), "--as", "admin", *args)
    tables = {
        name.rpartition(".")[2] for name in modules if name.startswith("sed_tui.storage.tables.")
    }

    assert status == 0
    assert packages(modules) & NEVER_FOR_A_READ == set()
    assert tables <= READS[args]
    assert args not in EVERY_DAY or "sqlalchemy.dialects.postgresql" not in modules
