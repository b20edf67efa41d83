"""The PostgreSQL of the tests: it runs, belongs to nobody, and opens no directory."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import psycopg

from tests import postgres
from tests.postgres_copies import Copies
from tests.postgres_sessions import Sessions

FIRST_SUPPORTED = 150_000


def test_it_is_a_server_we_support() -> None:
    with psycopg.connect(postgres.server_address()) as server:
        assert server.info.server_version >= FIRST_SUPPORTED


def test_it_runs_as_nobody_where_root_starts_it_and_else_as_whoever_does() -> None:
    place = Path(os.environ["POSTGRES_OF_THE_TESTS"])
    postgres.server_address()
    found = (place / "data").stat()

    assert found.st_uid == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)
    assert found.st_mode & 0o077 == 0


def test_nobody_but_its_owner_may_enter_the_home_directory_more_than_before() -> None:
    before = Path.home().stat().st_mode
    postgres.server_address()

    assert Path.home().stat().st_mode == before


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


def test_a_database_that_was_used_is_like_its_template_again() -> None:
    template = made("CREATE TABLE letter (id integer GENERATED ALWAYS AS IDENTITY, subject text)")
    on(template, "INSERT INTO letter (subject) VALUES ('of the template')")
    copies = Copies(template, Sessions())
    used = copies.take()
    on(used, "INSERT INTO letter (subject) VALUES ('of a test')")
    on(used, "UPDATE letter SET subject = 'changed'")
    copies.give_back(used)

    assert copies.take() == used
    on(used, "SELECT 1 / (count(*) = 1)::integer FROM letter WHERE subject = 'of the template'")
    on(used, "INSERT INTO letter (subject) VALUES ('next')")
    copies.give_back(used)
    copies.drop_all()
    postgres.drop_database(template)


def test_a_database_whose_definitions_were_changed_is_not_used_again() -> None:
    template = made("CREATE TABLE letter (subject text)")
    copies = Copies(template, Sessions())
    used = copies.take()
    on(used, "ALTER TABLE letter ADD COLUMN number text")
    copies.give_back(used)

    other = copies.take()
    assert other != used
    copies.give_back(other)
    copies.drop_all()
    postgres.drop_database(template)


def made(definition: str) -> str:
    name = postgres.create_database()
    on(name, definition)
    return name


def on(database: str, statement: str) -> None:
    address = postgres.server_address().replace("@/postgres", f"@/{database}")
    with psycopg.connect(address) as server:
        server.execute(statement.encode())
