"""What the foundation and the assignments promise, gone over a server with unchanged commands."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings
from sed_tui.gateway.example import ADMINISTRATOR, make_example
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.password import SET, SetPassword
from tests import postgres
from tests.docs.test_documents import ROOT, commands_of, go
from tests.served import secret_of
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_DAY = ROOT / "docs" / "tutorial" / "first-day.md"
# one office lives through them in this order
SUBJECTS = (
    *("number-documents", "take-letters", "import-a-register", "script", "links"),
    *("mail-documents", "verify-signatures", "control-assignments", "terms-and-calendar"),
    *("acquaint-people", "report", "serve"),
)
PASSWORD = "берёза у причала 7"
pytestmark = pytest.mark.slow


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Settings]:
    """Return the settings of a database of PostgreSQL in which there is nothing yet."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    name = postgres.create_database()
    yield Settings(postgres.database_address(name), files=tmp_path / "files")
    postgres.drop_database(name)


@contextmanager
def served(settings: Settings, login: str) -> Iterator[dict[str, str]]:
    """Serve a database; yield the environment in which a login works with the server."""
    with running(settings) as server:
        yield {"SED_SERVER": server, "SED_TOKEN": secret_of(replace(settings, login=login))}


def signing_in(settings: Settings, people: set[str]) -> list[str]:
    """Give people a password, and return the commands by which they sign in beside each other."""
    office = LocalGateway(replace(settings, login=ADMINISTRATOR))
    for login in people:
        office.call(SET, SetPassword(employee=login, password=PASSWORD))
    office.close()
    secret = f"printf '%s\\n' '{PASSWORD}'"
    return [
        f'{secret} | sedctl --profile {one} login "$SED_SERVER" --login {one} --stdin --no-keyring'
        for one in sorted(people)
    ]


def test_the_pages_are_gone_over_a_server(empty: Settings, tmp_path: Path, programs: str) -> None:
    make_example(empty)
    pages = [commands_of(ROOT / "docs" / "how-to" / f"{name}.md") for name in SUBJECTS]
    people = {login for page in pages for login in re.findall(r"--as (\w+)", "\n".join(page))}
    signed_in = signing_in(empty, people)
    assert len(signed_in) > 1

    with served(empty, ADMINISTRATOR) as environment:
        for commands in (signed_in, *pages):
            go(commands, tmp_path, PATH=programs, **environment)


def test_a_first_day_is_gone_over_a_server(empty: Settings, tmp_path: Path, programs: str) -> None:
    makes_the_database, *rest = commands_of(FIRST_DAY)
    local = {"SED_DATABASE": empty.database, "SED_FILES": str(empty.files)}
    go([makes_the_database], tmp_path, PATH=programs, **local)

    with served(empty, "ivanova") as environment:
        go(rest, tmp_path, PATH=programs, **environment)
