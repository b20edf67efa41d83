"""A database that cannot be worked with is named in one sentence, with its exit status."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from sed_tui.config import Settings, database_url
from sed_tui.errors.causes import database_cause
from sed_tui.errors.installation import (
    DatabaseUnavailable,
    LockHeld,
    NoDatabase,
    NotADatabase,
    ReadOnlyStorage,
    UnsupportedDatabase,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.refusals import refusal
from sed_tui.operations.correspondent import ADD, AddCorrespondent
from sed_tui.operations.organization import LIST, ListOrganizations
from sed_tui.storage.database import open_database
from sed_tui.storage.writer_queue import turn
from tests import postgres
from tests.conftest import settings_of

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from tests.conftest import FixedClock

_HOLDER = """
import sys
from pathlib import Path
from sed_tui.storage.writer_queue import turn
with turn(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_there_is_no_database_yet(tmp_path: Path) -> None:
    failure = refused(settings_of(tmp_path / "none.db", "admin"), NoDatabase)

    assert failure.exit_code == 6
    assert "sedctl init" in failure.advice
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("content", ["this is a letter, not a database" * 100, "short"])
def test_a_text_file_is_not_a_database(tmp_path: Path, content: str) -> None:
    (tmp_path / "letter.txt").write_text(content)

    failure = refused(settings_of(tmp_path / "letter.txt", "admin"), NotADatabase)

    assert failure.exit_code == 6
    assert (tmp_path / "letter.txt").read_text() == content


def test_a_damaged_database_is_told(sqlite_template: Path, tmp_path: Path) -> None:
    damaged = bytearray(sqlite_template.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    (tmp_path / "sed.db").write_bytes(damaged)

    failure = refused(settings_of(tmp_path / "sed.db", "admin"), NotADatabase)

    assert "damaged" in str(failure)


def test_a_directory_is_not_a_database(tmp_path: Path) -> None:
    refused(settings_of(tmp_path, "admin"), NoDatabase)


def test_another_system_is_not_supported(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedDatabase) as caught:
        LocalGateway(Settings("mysql://u:secret@localhost/x", files=tmp_path))

    assert caught.value.exit_code == 3


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://postgres@/no_such_database?host={host}", "no such database"),
        ("postgresql+psycopg://nobody_at_all@/postgres?host={host}", "no such user"),
        ("postgresql+psycopg://u:hush@127.0.0.1:1/x", "no server listens"),
        ("postgresql+psycopg://u:hush@/x?host=/no/such/socket", "no server listens"),
    ],
)
def test_a_wrong_address_of_a_server_is_told_without_its_password(
    engine: str, address: str, said: str, tmp_path: Path
) -> None:
    host = postgres.server_address().partition("host=")[2]

    failure = refused(Settings(address.format(host=host), tmp_path, login="a"), DatabaseUnavailable)

    assert failure.exit_code == 7
    assert said in str(failure)
    assert "hush" not in str(failure)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_wrong_password_is_told(engine: str, tmp_path: Path) -> None:
    host = postgres.server_address().partition("host=")[2]
    with psycopg.connect(postgres.server_address(), autocommit=True) as server:
        name = f"guarded_{tmp_path.name}".replace("-", "_").lower()
        server.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'right'")
        [rules] = server.execute("SHOW hba_file").fetchone() or ("",)
        file = Path(rules)
        file.write_text(f'local all "{name}" scram-sha-256\n' + file.read_text())
        server.execute("SELECT pg_reload_conf()")
    address = f"postgresql+psycopg://{name}:wrong@/postgres?host={host}"

    failure = refused(Settings(address, tmp_path, login="a"), DatabaseUnavailable)

    assert "password is wrong" in str(failure)
    assert "wrong@" not in str(failure)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_an_empty_server_database_holds_nothing_yet(engine: str, tmp_path: Path) -> None:
    name = postgres.create_database()

    refused(Settings(postgres.database_address(name), tmp_path, login="a"), NoDatabase)

    postgres.drop_database(name)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_read_only_database_is_read_and_not_written(
    settings: Settings, clock: FixedClock
) -> None:
    path = settings.database.removeprefix("sqlite:///")
    gateway = LocalGateway(
        Settings(f"sqlite:///file:{path}?mode=ro&uri=true", settings.files, login="admin"), clock
    )
    opened = open_database(f"sqlite:///file:{path}?mode=ro&uri=true")

    with pytest.raises(OperationalError) as caught, opened.begin() as db:
        db.execute(text("UPDATE organization SET name = 'x'"))

    failure = refusal(caught.value, path)
    assert isinstance(failure, ReadOnlyStorage)
    assert failure.exit_code == 7
    opened.dispose()
    gateway.close()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_who_waits_too_long_in_the_queue_is_told(settings: Settings) -> None:
    path = Path(settings.database.removeprefix("sqlite:///"))
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        with pytest.raises(LockHeld) as caught, turn(path, patience=0.1):
            pass

        holder.communicate("")
    assert caught.value.exit_code == 7
    with turn(path, patience=5):
        pass


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_lock_of_another_program_is_told(settings: Settings) -> None:
    other = sqlite3.connect(settings.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opened = open_database(settings.database)

    with opened.connect() as db:
        db.connection.cursor().execute("PRAGMA busy_timeout = 1")
        with (
            pytest.raises(OperationalError) as caught,
            db.execution_options(writes=True).begin(),
        ):
            pass

    assert isinstance(refusal(caught.value, "sed.db"), LockHeld)
    opened.dispose()
    other.close()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_lock_on_a_server_is_told(settings: Settings, clock: FixedClock, tmp_path: Path) -> None:
    impatient = f"{settings.database}&options=-c%20lock_timeout%3D100"
    gateway = LocalGateway(Settings(impatient, tmp_path, login="admin"), clock)
    holder = open_database(settings.database)

    with holder.connect() as db:
        db.execute(text("SELECT * FROM audit_head FOR UPDATE"))
        with pytest.raises(LockHeld) as caught:
            gateway.call(ADD, AddCorrespondent(name="Минздрав"))

    assert caught.value.exit_code == 7
    gateway.call(ADD, AddCorrespondent(name="Минздрав"))
    gateway.close()
    holder.dispose()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_nobody_waits_for_a_lock_on_a_server_for_ever(settings: Settings) -> None:
    opened = open_database(settings.database)

    with opened.connect() as db:
        assert db.scalar(text("SHOW lock_timeout")) == "30s"
    opened.dispose()


def refused(settings: Settings, error: type[SedError]) -> SedError:
    """Return the failure with which a read is refused."""
    gateway = LocalGateway(settings)
    try:
        with pytest.raises(error) as caught:
            gateway.call(LIST, ListOrganizations())
    finally:
        gateway.close()
    return caught.value


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('root certificate file "/root.crt" does not exist', "sslrootcert"),
        ('server certificate for "db1" does not match host name "db2"', "another name"),
        ("SSL error: certificate verify failed", "not trusted"),
        ("server does not support SSL, but SSL was required", "does not speak TLS"),
        ("- host: db1: Connection refused - host: db2: sorry, too many clients", "no connection"),
    ],
)
def test_what_a_server_says_of_its_certificate_and_room_is_told(said: str, told: str) -> None:
    assert told in database_cause(said)


def test_several_servers_are_named_as_libpq_names_them() -> None:
    url = database_url("postgresql://sed:x@db1:5433,db2/sed?target_session_attrs=read-write")
    engine = open_database(url)
    _none, named = engine.dialect.create_connect_args(engine.url)

    assert (named["host"], named["port"], named["dbname"]) == ("db1,db2", "5433,", "sed")
    assert (named["user"], named["target_session_attrs"]) == ("sed", "read-write")


@pytest.mark.parametrize("place", ["127.0.0.1:port/sed", "[::1/sed"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(place: str) -> None:
    with pytest.raises(UnsupportedDatabase) as refused:
        open_database(database_url(f"postgresql://sed:secret@{place}"))

    assert "secret" not in str(refused.value)
