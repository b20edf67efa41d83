"""An export that a stranger has edited, digests and all, touches nobody who lives here."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from sed_tui.errors.transfer import ExportedTrailBroken, ForeignRows, RowsHere
from sed_tui.gateway.organization_transfer import export_organization, import_organization
from sed_tui.gateway.setup import initialize
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.registration import REGISTER
from sed_tui.storage.database import open_database
from sed_tui.storage.transfer import columns_of, own_tables, table_named, written
from tests.conftest import FIRST_OFFICE, settings_of
from tests.handlers.callers import acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@pytest.fixture
def school(tmp_path: Path, clock: FixedClock) -> Path:
    """Export organization 02 of another database, with a letter."""
    there = settings_of(tmp_path / "school" / "sed.db")
    office = FIRST_OFFICE.model_copy(update={"code": "02", "login": "boss"})
    initialize(there, office, clock)
    with acting(there, clock, "boss") as boss:
        boss.call(REGISTER, letter())
        boss.call(ISSUE, IssueAssignment(executor="boss", text="Ответить", due="10"))
    export_organization(replace(there, login="boss"), tmp_path / "export", clock)
    return tmp_path / "export"


def _reminder(here: Rows, school: Row) -> Row:
    """Return that somebody was reminded of an assignment of the office, as if of one's own."""
    return {
        **{"object_id": here["assignment"][0]["id"], "threshold": "soon", "term_version": 1},
        **{"recipient_id": school["id"], "organization_id": school["organization_id"]},
        **{"object_type": "assignment", "day": "2026-11-23", "mail_id": None},
    }


def _part(here: Rows, task: Row) -> Row:
    """Return a part of an order that takes an assignment of the office for its own."""
    names = (column.name for column in columns_of(table_named("assignment_part")))
    return {
        **dict.fromkeys(names),
        **{"id": str(uuid4()), "assignment_id": task["id"], "number": 1, "version": 1},
        **{"organization_id": task["organization_id"], "state": "sent"},
        **{"target_id": here["organization"][0]["id"], "changed_at": "2026-11-23T07:00:00+00:00"},
        "target_assignment_id": here["assignment"][0]["id"],
    }


def _edits(
    here: Rows, school: Row, task: Row
) -> list[tuple[str, type[Exception], Callable[[list[Row]], list[Row]]]]:
    """Return what a stranger writes: the file, how it is refused, its rows made anew."""
    (admin,), home = here["employee"], here["organization"][0]["id"]
    document, used = here["document"][0]["id"], here["document"][0]["journal_id"]
    # one that has no such number yet: in the other the number would be refused first
    journal = next(row["id"] for row in here["journal"] if row["id"] != used)
    mine = {"organization_id": home}
    stranger = {"id": str(uuid4()), "login": "spy", "os_user": "spy"}

    def theirs(rows: list[Row]) -> list[Row]:
        return [*rows, {**rows[0], **mine}]

    return [
        ("tables/employee", ForeignRows, lambda rows: [*rows, {**admin, "os_user": "spy"}]),
        ("tables/employee", RowsHere, lambda rows: [*rows, {**rows[0], "id": admin["id"]}]),
        ("tables/employee", RowsHere, lambda rows: [{**rows[0], "login": "admin"}]),
        ("tables/role_grant", ForeignRows, theirs),
        ("tables/document", ForeignRows, lambda rows: [*rows, {**rows[0], **mine}]),
        ("tables/document", ForeignRows, lambda rows: [{**rows[0], "journal_id": journal}]),
        ("tables/document", RowsHere, lambda rows: [*rows, {**rows[0], "id": document}]),
        ("tables/journal_counter", ForeignRows, theirs),
        ("tables/audit_event", ForeignRows, theirs),
        ("tables/assignment_part", ForeignRows, lambda _rows: [_part(here, task)]),
        ("tables/reminder", ForeignRows, lambda _rows: [_reminder(here, school)]),
        ("tables/organization", ForeignRows, lambda rows: [*rows, here["organization"][0]]),
        ("common/calendar_day", ForeignRows, lambda rows: [{**rows[0], **mine}]),
        ("neighbours/employee", ForeignRows, lambda _rows: [{**admin, **stranger}]),
    ]


def test_rows_of_another_organization_are_refused_and_nothing_is_changed(
    school: Path, settings: Settings, gateway: LocalGateway, tmp_path: Path, clock: FixedClock
) -> None:
    gateway.call(REGISTER, letter())
    gateway.call(ISSUE, IssueAssignment(executor="admin", text="Ответить", due="10"))
    here = _rows(settings)
    boss, task = (
        json.loads((school / "tables" / f"{name}.jsonl").read_text().splitlines()[0])
        for name in ("employee", "assignment")
    )

    for number, (path, failure, edit) in enumerate(_edits(here, boss, task)):
        forged = tmp_path / f"forged{number}"
        shutil.copytree(school, forged)
        _forge(forged, path, edit)
        with pytest.raises(failure) as refused:
            import_organization(settings, forged, clock=clock)
        assert path in str(refused.value)
        assert _rows(settings) == here, f"{path} of edit {number} was taken"


def test_a_row_that_does_not_fit_is_named(
    school: Path, settings: Settings, gateway: LocalGateway, clock: FixedClock
) -> None:
    gateway.call(REGISTER, letter())
    document = _rows(settings)["document"][0]
    _forge(school, "tables/document", lambda rows: [*rows, {**rows[0], "id": document["id"]}])

    with pytest.raises(RowsHere, match=f"id {document['id']}, number 01-23/1"):
        import_organization(settings, school, clock=clock)


@pytest.mark.parametrize("name", ["audit_event", "audit_head", "audit_personal"])
def test_a_trail_that_was_changed_is_refused_at_its_entry(
    school: Path, settings: Settings, gateway: LocalGateway, clock: FixedClock, name: str
) -> None:
    here = _rows(settings)
    changes: dict[str, Callable[[list[Row]], list[Row]]] = {
        "audit_event": lambda rows: [rows[0], {**rows[1], "actor": "nobody"}, *rows[2:]],
        "audit_head": lambda rows: [{**rows[0], "seq": rows[0]["seq"] + 1}],
        "audit_personal": lambda rows: [{**rows[0], "value": "Иная Анна"}, *rows[1:]],
    }
    _forge(school, f"tables/{name}", changes[name])

    for dry_run in (True, False):
        with pytest.raises(ExportedTrailBroken) as refused:
            import_organization(settings, school, clock=clock, dry_run=dry_run)
        if name == "audit_event":
            assert "entry 2" in str(refused.value)
    assert _rows(settings) == here


def test_an_office_beside_comes_in_whole_and_names_of_who_is_here_stay(
    school: Path, settings: Settings, gateway: LocalGateway, clock: FixedClock
) -> None:
    gateway.call(REGISTER, letter())
    here = _rows(settings)
    (office,) = here["organization"]
    coming = json.loads((school / "manifest.json").read_text())["organization_id"]
    above = {**office, "parent_id": coming, "name": "Подведомственное"}
    _forge(school, "neighbours/organization", lambda rows: [*rows, above])

    import_organization(settings, school, clock=clock)

    now = _rows(settings)
    assert {name: [row for row in now[name] if row in here[name]] for name in now} == here
    added = {name: [row for row in now[name] if row not in here[name]] for name in now}
    assert [row["id"] for row in added["organization"]] == [coming]
    assert all(
        row["organization_id"] == coming
        for name, rows in added.items()
        if name != "organization"
        for row in rows
    )
    assert len(added["document"]) == 1


def _rows(settings: Settings) -> Rows:
    """Return every row of organizations, as an export writes it."""
    engine = open_database(settings.database)
    with engine.begin() as db:
        found = {
            table.name: [
                {name: value for name, value in written(dict(row)).items() if name != "key"}
                if table.name == "document"
                else written(dict(row))
                for row in db.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in (table_named("organization"), *own_tables())
        }
    engine.dispose()
    return found


def _forge(folder: Path, path: str, edit: Callable[[list[Row]], list[Row]]) -> None:
    """Write a file of the export anew, with the digests that vouch for it."""
    file, sums, manifest = folder / f"{path}.jsonl", folder / "SHA256SUMS", folder / "manifest.json"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    rows = edit([json.loads(line) for line in file.read_bytes().splitlines()])
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    after = hashlib.sha256(file.read_bytes()).hexdigest()
    name = f"{path}.jsonl"
    sums.write_text(sums.read_text().replace(f"{before}  {name}\n", f"{after}  {name}\n"))
    record = json.loads(manifest.read_text())
    record["sums"] = hashlib.sha256(sums.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(record))
