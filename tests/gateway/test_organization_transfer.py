"""A whole organization goes to another database and comes back the same (I11)."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, Text, Uuid
from sqlmodel import AutoString

from sed_tui.errors import NotPermitted
from sed_tui.errors.files import FileDamaged, FileLost
from sed_tui.errors.transfer import (
    ExportOfOtherVersion,
    ExportTampered,
    FolderTaken,
    NotAnExport,
    OrganizationHere,
    PathLeavesExport,
)
from sed_tui.gateway import upkeep
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.organization_transfer import export_organization, import_organization
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.file import FileContent
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.kept_contents import KEPT
from sed_tui.storage.tables import everything
from sed_tui.storage.transfer import (
    COMMON,
    ORGANIZATION,
    STAYING,
    own_tables,
    read_back,
    written,
)
from sed_tui.storage.types import UtcInstant
from tests.conftest import settings_of
from tests.gateway.conftest import MONDAY
from tests.handlers.callers import acting
from tests.handlers.letters import letter
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

_TRAIL = {"audit_event.jsonl", "audit_head.jsonl"}
Tree = dict[str, bytes]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Settings]:
    """Return the settings of a PostgreSQL database without any table."""
    from tests import postgres

    name = postgres.create_database()
    settings = settings_of(tmp_path / "elsewhere.db", login="admin")
    yield replace(settings, database=postgres.database_address(name))
    postgres.drop_database(name)


@pytest.fixture
def exported(gateway: LocalGateway, settings: Settings, tmp_path: Path, clock: FixedClock) -> Path:
    """Export an office with a letter and its file."""
    token = gateway.stage(BytesIO("Текст письма".encode()))
    gateway.call(REGISTER, letter(files=(FileContent(name="Письмо.txt", token=token),)))
    export_organization(settings, tmp_path / "export", clock)
    return tmp_path / "export"


def test_every_table_belongs_to_an_organization_or_to_all() -> None:
    shared = {ORGANIZATION, *COMMON, *STAYING}
    left = [one.name for one in everything().sorted_tables if one not in own_tables()]

    assert set(left) == shared, "give the new table organization_id: it is exported then"


def test_every_content_of_the_store_is_known() -> None:
    kept = {(column.table.name, column.name) for column in KEPT}
    named = {
        (table.name, column.name)
        for table in everything().sorted_tables
        for column in table.columns
        if "sha256" in column.name
    }

    # what is trusted lies in its row; the other counts what these name
    assert named - kept == {("trust", "sha256"), ("organization_content", "sha256")}


def test_every_kind_of_column_is_read_back_as_it_was_written() -> None:
    samples = [
        ((Integer, Boolean, String, Text, AutoString), 1),
        ((LargeBinary,), b"\x00\xff"),
        ((Uuid,), uuid4()),
        ((UtcInstant,), MONDAY),
        ((Date,), MONDAY.date()),
    ]
    for table in everything().sorted_tables:
        for column in table.columns:
            (value,) = [one for kinds, one in samples if isinstance(column.type, kinds)]
            row = {column.name: value}
            assert read_back(table, json.loads(json.dumps(written(row)))) == row


def test_there_and_back_between_the_databases_nothing_is_lost(
    office: Settings, elsewhere: Settings, tmp_path: Path, clock: FixedClock
) -> None:
    clock.moment = MONDAY
    back = settings_of(tmp_path / "back.db", login="admin")
    first = export_organization(office, tmp_path / "1", clock)
    done = import_organization(elsewhere, tmp_path / "1", clock=clock)
    export_organization(elsewhere, tmp_path / "2", clock)
    import_organization(back, tmp_path / "2", clock=clock)
    export_organization(back, tmp_path / "3", clock)

    trees = [_tree(tmp_path / name) for name in "123"]
    assert trees[0] == trees[1] == trees[2]
    assert any(path.endswith(".p7s") for path in trees[0])
    assert (done.digest, done.originals) == (first.digest, first.originals)
    for settings in (elsewhere, back):
        assert all(one.ok for one in upkeep.check(settings, deep=True))
    assert (
        _next_letter(office, clock) == _next_letter(elsewhere, clock) == _next_letter(back, clock)
    )


def test_signatures_lie_beside_what_they_sign(
    office: Settings, tmp_path: Path, clock: FixedClock
) -> None:
    export_organization(office, tmp_path / "export", clock)

    signatures = list((tmp_path / "export").glob("files/*/*.p7s"))
    assert signatures
    assert all(one.with_suffix("").is_file() for one in signatures)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_of_others_only_their_names_go_along_and_they_can_be_completed_later(
    settings: Settings, gateway: LocalGateway, tmp_path: Path, clock: FixedClock
) -> None:
    gateway.call(ADD, AddOrganization(code="02", name="Школа", parent="01"))
    add_people(settings, ("petrov", "Петров В.С.", "registrar", None), code="02")
    with acting(settings, clock, "petrov") as there:
        there.call(REGISTER, letter())
    school = replace(settings, organization="02")
    other = settings_of(tmp_path / "other" / "sed.db", login="admin")
    export_organization(school, tmp_path / "school", clock)
    export_organization(replace(settings, organization="01"), tmp_path / "all", clock)

    import_organization(other, tmp_path / "school", clock=clock)
    only = (tmp_path / "school" / "neighbours" / "employee.jsonl").read_text()
    import_organization(other, tmp_path / "all", clock=clock)

    assert (only.count("\n"), '"os_user":null' in only) == (1, True)
    with acting(other, clock, "petrov") as there:
        assert len(there.call(LIST, ListDocuments()).rows) == 1
    with acting(other, clock, "admin", "01") as here:
        assert here.call(VERIFY, VerifyAudit()).ok
    assert all(one.ok for one in upkeep.check(other))


def test_what_was_tampered_with_is_refused_and_nothing_is_made(
    exported: Path, tmp_path: Path, clock: FixedClock
) -> None:
    target = settings_of(tmp_path / "new.db")
    (original,) = exported.glob("files/*/*.txt")
    original.write_bytes(original.read_bytes().replace("Т".encode(), "т".encode()))

    with pytest.raises(ExportTampered):
        import_organization(target, exported, clock=clock)
    original.unlink()
    with pytest.raises(ExportTampered):
        import_organization(target, exported, clock=clock)
    sums = exported / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"a", b"b"))
    with pytest.raises(ExportTampered):
        import_organization(target, exported, clock=clock)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "files/../../secret", "a\\..\\b"])
def test_a_path_out_of_the_folder_is_refused(
    exported: Path, tmp_path: Path, clock: FixedClock, path: str
) -> None:
    _list_also(exported, path)

    with pytest.raises(PathLeavesExport):
        import_organization(settings_of(tmp_path / "new.db"), exported, clock=clock)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_link_out_of_the_folder_is_refused(
    exported: Path, tmp_path: Path, clock: FixedClock
) -> None:
    (exported / "files" / "link").symlink_to(tmp_path)
    _list_also(exported, "files/link/sed.db")

    with pytest.raises(PathLeavesExport):
        import_organization(settings_of(tmp_path / "new.db"), exported, clock=clock)


def test_an_organization_that_is_here_and_a_folder_that_is_there_are_refused(
    exported: Path, settings: Settings, clock: FixedClock
) -> None:
    with pytest.raises(OrganizationHere):
        import_organization(settings, exported, clock=clock)
    with pytest.raises(FolderTaken):
        export_organization(settings, exported, clock)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_format_and_what_is_no_export_are_refused(
    exported: Path, tmp_path: Path, clock: FixedClock
) -> None:
    target, manifest = settings_of(tmp_path / "new.db"), exported / "manifest.json"
    record = json.loads(manifest.read_text())
    for changed in ({"format": 2}, {"schema": "0001"}):
        manifest.write_text(json.dumps({**record, **changed}))
        with pytest.raises(ExportOfOtherVersion):
            import_organization(target, exported, clock=clock)
    manifest.write_text("{")
    with pytest.raises(NotAnExport):
        import_organization(target, exported, clock=clock)


def test_only_an_administrator_exports_and_a_lost_original_stops_him(
    exported: Path, settings: Settings, tmp_path: Path, clock: FixedClock
) -> None:
    add_people(settings, ("petrov", "Петров В.С.", "registrar", None))
    with pytest.raises(NotPermitted):
        export_organization(replace(settings, login="petrov"), tmp_path / "two", clock)

    (original,) = settings.files.glob("??/??/*")
    held = original.read_bytes()
    original.write_bytes(held[:-1] + b"?")
    with pytest.raises(FileDamaged, match=r"Письмо\.txt") as refused:
        export_organization(settings, tmp_path / "two", clock)
    assert refused.value.exit_code == 7
    assert not (tmp_path / "two").exists()

    shutil.rmtree(settings.files)
    with pytest.raises(FileLost):
        export_organization(settings, tmp_path / "two", clock)
    assert exported.exists()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith((".sedctl", "two"))]


def _tree(folder: Path) -> Tree:
    """Return every file of an export but the trail, which tells of the moves themselves."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.parent != folder and path.name not in _TRAIL
    }


def _next_letter(settings: Settings, clock: FixedClock, *, dry_run: bool = False) -> str:
    gateway = LocalGateway(settings, clock)
    try:
        request = letter(correspondent="Прокуратура Приозёрного района")
        return gateway.call(REGISTER, request, CallOptions(dry_run=dry_run)).number
    finally:
        gateway.close()


def _list_also(folder: Path, path: str) -> None:
    """Name one more file in the list, and the list in the manifest, as a forger would."""
    import hashlib

    sums, manifest = folder / "SHA256SUMS", folder / "manifest.json"
    sums.write_bytes(sums.read_bytes() + f"{'0' * 64}  {path}\n".encode())
    record = json.loads(manifest.read_text())
    record["sums"] = hashlib.sha256(sums.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(record))
