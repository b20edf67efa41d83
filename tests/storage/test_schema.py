"""The schema: what migrations make is what the tables say, and upgrades are all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from commands.root import run
from sed_tui.errors.installation import SchemaNewer, SchemaOutdated
from sed_tui.errors.upkeep import BackupToolMissing, UpgradeFailed
from sed_tui.gateway import upkeep
from sed_tui.storage import database, schema
from sed_tui.storage.database import open_database, require_schema
from sed_tui.storage.tables import everything
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

HEAD = database.REVISIONS[-1]
NEXT = "9999"  # after whatever is the last
_ADDS_A_COLUMN = f"""
from alembic import op
import sqlalchemy as sa

revision = "{NEXT}"
down_revision = "{HEAD}"


def upgrade():
    op.add_column("organization", sa.Column("motto", sa.String(100)))
    op.execute("UPDATE organization SET motto = name")
"""
_FAILS_HALFWAY = _ADDS_A_COLUMN + '    op.execute("INSERT INTO organization (id) VALUES (NULL)")\n'
_LOSES_A_REFERENCE = (
    _ADDS_A_COLUMN
    + """    op.execute("UPDATE role_grant SET organization_id = '" + "0" * 32 + "'")\n"""
)


@pytest.fixture
def opened(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    yield engine
    engine.dispose()


@pytest.fixture
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(postgres._programs()), prepend=":")


def test_the_migrated_schema_is_that_of_the_tables(opened: Engine) -> None:
    def is_ours(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
        apart = ("document_search", "employee_guest")
        return not (kind == "table" and str(name).startswith(apart))

    with opened.connect() as db:
        context = MigrationContext.configure(
            db, opts={"include_object": is_ours, "compare_type": True}
        )
        differences = compare_metadata(context, everything())

    assert differences == []


def test_the_known_revisions_are_those_of_the_scripts(opened: Engine) -> None:
    with opened.connect() as db:
        scripts = ScriptDirectory.from_config(schema.alembic_config(db))

    known = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(known)) == database.REVISIONS


def test_a_newer_schema_is_refused_in_one_sentence(opened: Engine) -> None:
    with opened.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaNewer) as caught:
        require_schema(opened)
    assert (caught.value.exit_code, "9999" in str(caught.value)) == (6, True)


@pytest.mark.usefixtures("_tools")
def test_an_older_schema_is_refused_and_then_upgraded_after_a_backup(
    settings: Settings,
    opened: Engine,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_revision(monkeypatch, tmp_path, _ADDS_A_COLUMN)

    with pytest.raises(SchemaOutdated) as caught:
        require_schema(opened)
    assert (caught.value.exit_code, "db upgrade" in caught.value.advice) == (6, True)
    assert upkeep.status(settings).state == "outdated"
    done = upkeep.upgrade(settings, clock=clock)

    assert (done.before, done.after) == (HEAD, NEXT)
    assert done.backup is not None
    assert f"2026-11-23-120000.{HEAD}" in done.backup
    require_schema(opened)
    assert mottos(opened) == ["Администрация"]
    assert upkeep.upgrade(settings, clock=clock).backup is None


@pytest.mark.usefixtures("_tools")
@pytest.mark.parametrize("script", [_FAILS_HALFWAY, _LOSES_A_REFERENCE])
def test_a_failed_upgrade_leaves_the_database_as_it_was(
    settings: Settings,
    opened: Engine,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
) -> None:
    before = columns_and_rows(opened)
    add_revision(monkeypatch, tmp_path, script)

    with pytest.raises(UpgradeFailed) as caught:
        upkeep.upgrade(settings, clock=clock)

    assert caught.value.exit_code == 6
    assert columns_and_rows(opened) == before
    assert upkeep.status(settings).schema == HEAD
    assert ".backup" in caught.value.advice


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_server_without_backup_tools_is_upgraded_on_demand_only(
    settings: Settings,
    opened: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_revision(monkeypatch, tmp_path, _ADDS_A_COLUMN)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupToolMissing):
        upkeep.upgrade(settings)
    assert upkeep.status(settings).schema == HEAD
    upkeep.upgrade(settings, backed_up=False)
    assert mottos(opened) == ["Администрация"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_command_line_names_the_command_to_run(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_revision(monkeypatch, tmp_path, _ADDS_A_COLUMN)
    path = settings.database.removeprefix("sqlite:///")

    assert run(["--database", path, "--as", "admin", "user", "list"]) == 6
    assert "sedctl db upgrade" in capsys.readouterr().err
    assert run(["--database", path, "db", "upgrade", "--format", "json"]) == 0
    assert run(["--database", path, "--as", "admin", "user", "list"]) == 0


def add_revision(monkeypatch: pytest.MonkeyPatch, place: Path, script: str) -> None:
    """Make the program one revision newer than the database."""
    folder = place / "versions"
    folder.mkdir()
    (folder / f"{NEXT}_next.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(schema, "VERSIONS", [*schema.VERSIONS, str(folder)])
    monkeypatch.setattr(database, "REVISIONS", (*database.REVISIONS, NEXT))


def mottos(engine: Engine) -> list[str]:
    with engine.connect() as db:
        return list(db.scalars(text("SELECT motto FROM organization")))


def columns_and_rows(engine: Engine) -> tuple[list[str], list[Any]]:
    with engine.connect() as db:
        names = [column["name"] for column in inspect(db).get_columns("organization")]
        return names, rows(db)


def rows(db: Connection) -> list[Any]:
    tables = ("organization", "role_grant", "audit_head")
    return [tuple(row) for table in tables for row in db.execute(text(f"SELECT * FROM {table}"))]
