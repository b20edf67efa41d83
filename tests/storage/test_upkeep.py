"""Backups are of one moment and can be put back; checks find what does not fit together."""

from __future__ import annotations

import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from sed_tui.errors.installation import NoDatabase, NotADatabase, SchemaNewer
from sed_tui.errors.upkeep import (
    BackupExists,
    BackupFailed,
    BackupToolMissing,
    NotABackup,
    WritersAtWork,
)
from sed_tui.gateway import upkeep
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import VERIFY, ListAudit, VerifyAudit
from sed_tui.operations.correspondent import ADD, AddCorrespondent
from sed_tui.operations.correspondent_list import LIST, ListCorrespondents
from sed_tui.storage.database import REVISIONS, open_database
from tests import postgres
from tests.conftest import settings_of
from tests.handlers.correspondents import register
from tests.patience import LONGEST

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from tests.conftest import FixedClock


LATEST = REVISIONS[-1]


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(postgres._programs()), prepend=":")


def test_the_state_of_a_database_is_told(settings: Settings, engine: str) -> None:
    state = upkeep.status(settings)

    assert (state.schema, state.needed, state.state) == (LATEST, LATEST, "current")
    assert (state.organizations, state.documents) == (1, 0)
    assert state.server.lower().startswith(engine)


def test_a_backup_is_put_back_as_it_was(
    settings: Settings, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    add(gateway, "До копии")
    made = upkeep.backup(settings, tmp_path / "copy", clock=clock)
    add(gateway, "После копии")

    done = upkeep.restore(settings, tmp_path / "copy", clock=clock)

    assert (made.schema, done.schema) == (LATEST, LATEST)
    assert Path(made.backup).stat().st_mode & 0o777 == 0o600
    assert names(gateway) == ["До копии"]
    assert done.previous is not None
    clock.moment += timedelta(minutes=1)
    upkeep.restore(settings, Path(done.previous), clock=clock)
    assert names(gateway) == ["До копии", "После копии"]
    assert all(one.ok for one in upkeep.check(settings))
    add(gateway, "И дальше")


def test_a_rehearsed_restore_changes_nothing_and_a_real_one_stands_in_the_trail(
    settings: Settings, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    upkeep.backup(settings, tmp_path / "copy", clock=clock)
    add(gateway, "После копии")
    files = sorted(tmp_path.iterdir())
    dry = upkeep.restore(settings, tmp_path / "copy", dry_run=True, clock=clock)

    assert (dry.schema, dry.previous, sorted(tmp_path.iterdir())) == (LATEST, None, files)
    assert names(gateway) == ["После копии"]

    upkeep.restore(settings, tmp_path / "copy", reason="Сбой диска", clock=clock)
    last = gateway.call(AUDIT, ListAudit(operation="db.restore")).rows[0]

    assert (names(gateway), last.reason) == ([], "Сбой диска")
    assert gateway.call(VERIFY, VerifyAudit()).ok


def test_whoever_had_the_database_open_goes_on_with_what_was_restored(
    settings: Settings, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    upkeep.backup(settings, tmp_path / "copy", clock=clock)
    add(gateway, "Исчезнет")

    upkeep.restore(settings, tmp_path / "copy", clock=clock)
    add(gateway, "Останется")

    second = LocalGateway(settings, clock)
    assert names(second) == ["Останется"]
    second.close()


def test_file_contents_travel_with_the_backup_when_asked(
    settings: Settings, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    token = gateway.stage(BytesIO(b"content"))
    gateway.files.keep(token)
    digest = token.partition(".")[0]

    first = upkeep.backup(settings, tmp_path / "one", contents=True, clock=clock)
    plain = upkeep.backup(settings, tmp_path / "two", clock=clock)
    kept = next(settings.files.glob(f"??/??/{digest}"))
    kept.unlink()
    done = upkeep.restore(settings, tmp_path / "one", clock=clock)

    assert (first.contents, plain.contents, done.contents) == (1, None, 1)
    assert kept.read_bytes() == b"content"


def test_a_backup_is_named_by_the_day_and_never_overwritten(
    settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    made = upkeep.backup(settings, clock=clock)

    assert f"2026-11-23-120000.{LATEST}.backup" in made.backup
    with pytest.raises(BackupExists):
        upkeep.backup(settings, clock=clock)


def test_a_backup_that_cannot_be_written_leaves_nothing(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed):
        upkeep.backup(settings, tmp_path / "no such directory" / "copy")
    assert not (tmp_path / "no such directory").exists()


@pytest.mark.parametrize("content", [b"", b"text, not a backup", b"PGDMP and nothing more"])
def test_another_file_is_not_restored(
    settings: Settings, gateway: LocalGateway, tmp_path: Path, content: bytes
) -> None:
    add(gateway, "Цел")
    (tmp_path / "file").write_bytes(content)

    for path in (tmp_path / "file", tmp_path / "missing", tmp_path):
        with pytest.raises(NotABackup):
            upkeep.restore(settings, path)
    assert names(gateway) == ["Цел"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_program_s_database_is_not_restored(settings: Settings, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()

    with pytest.raises(NotABackup):
        upkeep.restore(settings, tmp_path / "other.db")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_backup_of_a_newer_program_is_not_restored(settings: Settings, tmp_path: Path) -> None:
    upkeep.backup(settings, tmp_path / "copy")
    copy = sqlite3.connect(tmp_path / "copy")
    copy.execute("UPDATE alembic_version SET version_num = '9999'")
    copy.commit()
    copy.close()

    with pytest.raises(SchemaNewer):
        upkeep.restore(settings, tmp_path / "copy")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_damaged_database_is_put_aside_and_restored(
    settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    upkeep.backup(settings, tmp_path / "copy")
    path = Path(settings.database.removeprefix("sqlite:///"))
    path.write_text("this is no database")
    with pytest.raises(NotADatabase):
        upkeep.status(settings)

    done = upkeep.restore(settings, tmp_path / "copy", clock=clock)

    assert done.previous is not None
    assert Path(done.previous).read_text() == "this is no database"
    assert upkeep.status(settings).state == "current"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_backup_is_restored_where_there_was_nothing(settings: Settings, tmp_path: Path) -> None:
    upkeep.backup(settings, tmp_path / "copy")
    empty = settings_of(tmp_path / "new" / "sed.db")
    with pytest.raises(NoDatabase):
        upkeep.status(empty)
    assert not upkeep.holds_data(empty)

    done = upkeep.restore(empty, tmp_path / "copy")

    assert done.previous is None
    assert upkeep.holds_data(empty)
    assert upkeep.status(empty).organizations == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_without_the_client_of_the_server_there_is_a_clear_refusal(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupToolMissing) as caught:
        upkeep.backup(settings, tmp_path / "copy")
    assert (caught.value.exit_code, "pg_dump" in str(caught.value)) == (6, True)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_is_acknowledged_during_a_restore_is_in_the_copy_or_in_the_database(
    settings: Settings, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    upkeep.backup(settings, tmp_path / "copy", clock=clock)
    acknowledged: list[str] = []
    copied, restored = Event(), Event()

    def work() -> None:
        while not restored.is_set() or len(acknowledged) < 5:
            name = f"Письмо-{len(acknowledged):04}."
            add(gateway, name)
            acknowledged.append(name)
            copied.set()

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(work)
        assert copied.wait(LONGEST)
        done = upkeep.restore(settings, tmp_path / "copy", clock=clock)
        restored.set()
        writer.result(LONGEST)

    assert done.previous is not None
    rows = ["pg_restore", "--data-only", "--table=correspondent", "--file=-", done.previous]
    before = subprocess.run(rows, capture_output=True, encoding="utf-8", check=True).stdout
    after = set(names(gateway))
    assert acknowledged[0] in before
    assert acknowledged[0] not in after
    assert [one for one in acknowledged if one not in before and one not in after] == []


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_restore_waits_for_a_writer_only_so_long_and_changes_nothing(
    settings: Settings,
    gateway: LocalGateway,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upkeep, "PATIENCE_SECONDS", 1)
    upkeep.backup(settings, tmp_path / "copy", clock=clock)
    add(gateway, "После копии")
    files = sorted(tmp_path.iterdir())

    with gateway.transaction(writes=True), pytest.raises(WritersAtWork) as caught:
        upkeep.restore(settings, tmp_path / "copy", clock=clock)

    assert caught.value.exit_code == 7
    assert (names(gateway), sorted(tmp_path.iterdir())) == (["После копии"], files)
    upkeep.restore(settings, tmp_path / "copy", clock=clock)
    assert names(gateway) == []


def test_a_sound_database_passes_every_check(settings: Settings, gateway: LocalGateway) -> None:
    register(gateway, "Минздрав")

    checks = upkeep.check(settings, deep=True)

    assert {one.id for one in checks} >= {"lost_files", "search", "counters", "audit"}
    assert [one for one in checks if one.faults] == []


def test_what_does_not_fit_together_is_found(
    settings: Settings, gateway: LocalGateway, engine: str
) -> None:
    register(gateway, "Минздрав")
    (settings.files / "ab" / "cd").mkdir(parents=True)
    (settings.files / "ab" / "cd" / ("ab" * 32)).write_bytes(b"")
    opened = open_database(settings.database)
    with opened.execution_options(writes=True).begin() as db:
        db.execute(text("UPDATE journal_counter SET last_ordinal = 0"))
        db.execute(text("DELETE FROM document_search"))
        db.execute(text("UPDATE correspondent SET state = 'merged', merged_into = id"))
    opened.dispose()

    faulty = {one.id: one.ok for one in upkeep.check(settings) if one.faults}

    # bytes that no document names are left by a crash, and harm nobody
    assert faulty == {"unused_files": True, "search": False, "counters": False, "redirects": False}


def test_lost_and_damaged_contents_are_found(
    settings: Settings, gateway: LocalGateway, engine: str
) -> None:
    letter = register(gateway, "Минздрав")
    digest, lost = "ab" * 32, "cd" * 32
    (settings.files / "ab" / "ab").mkdir(parents=True)
    (settings.files / "ab" / "ab" / digest).write_bytes(b"something else")
    opened = open_database(settings.database)
    with opened.execution_options(writes=True).begin() as db:
        for number, sha256 in enumerate((digest, lost)):
            db.execute(
                text(
                    "INSERT INTO document_file (id, organization_id, document_id, role, name, "
                    "version, sha256, size, media_type, text_state, added_at, added_by) "
                    "SELECT :id, organization_id, id, 'main', :name, 1, :sha256, 1, 'text/plain', "
                    "'none', '2026-01-01 00:00:00', registrar_id FROM document"
                ),
                {"id": letter.id.hex[:-1] + str(number), "name": sha256, "sha256": sha256},
            )
    opened.dispose()

    faulty = {one.id: one.first for one in upkeep.check(settings, deep=True) if one.faults}

    uncounted = {"stored_bytes": digest[:12]}  # nobody has counted what was put in by hand
    assert faulty == {"lost_files": lost, "damaged_files": digest, **uncounted}


def add(gateway: LocalGateway, name: str) -> None:
    gateway.call(ADD, AddCorrespondent(name=name))


def names(gateway: LocalGateway) -> list[str]:
    return [row.name for row in gateway.call(LIST, ListCorrespondents()).rows]
