"""The PostgreSQL of the tests: it runs, belongs to nobody, and opens no directory."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import psycopg
import pytest

from tests import postgres

FIRST_SUPPORTED = 150_000


def test_it_is_a_server_we_support() -> None:
    with psycopg.connect(postgres.server_address()) as server:
        assert server.info.server_version >= FIRST_SUPPORTED


def test_it_does_not_run_as_root() -> None:
    place = Path(os.environ["POSTGRES_OF_THE_TESTS"])
    postgres.server_address()

    assert (place / "data").stat().st_uid != 0
    assert (place / "data").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="without root no user is chosen")
def test_under_root_it_is_the_user_nobody_and_no_user_was_made() -> None:
    place = Path(os.environ["POSTGRES_OF_THE_TESTS"])
    postgres.server_address()

    assert (place / "data").stat().st_uid == pwd.getpwnam("nobody").pw_uid


def test_a_copied_database_is_apart_from_its_template() -> None:
    template = postgres.create_database()
    copy = postgres.create_database(template)
    with psycopg.connect(postgres.server_address().replace("@/postgres", f"@/{copy}")) as server:
        server.execute("CREATE TABLE sign (x integer)")
    with psycopg.connect(
        postgres.server_address().replace("@/postgres", f"@/{template}")
    ) as server:
        found = server.execute("SELECT to_regclass('sign')").fetchone()
    postgres.drop_database(copy)
    postgres.drop_database(template)

    assert found == (None,)
