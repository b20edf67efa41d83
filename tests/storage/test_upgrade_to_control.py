"""The upgrade to control: assignments of the foundation keep what they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from sed_tui.domain.reminders import DEFAULT_REMINDERS
from sed_tui.storage import schema
from sed_tui.storage.database import open_database
from sed_tui.storage.reminders import load_reminders
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

_NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def old(engine: str, tmp_path: Path) -> Iterator[Engine]:
    """Return a database of the foundation with one assignment, returned with a later term."""
    name = None if engine == "sqlite" else postgres.create_database()
    url = f"sqlite:///{tmp_path / 'old.db'}" if name is None else postgres.database_address(name)
    opened = open_database(url)
    schema.migrate(opened, "0001")
    with opened.begin() as db:
        for statement, values in _OLD_ROWS:
            db.execute(text(statement), {**_IDS, "now": _NOW, **values})
    yield opened
    opened.dispose()
    if name is not None:
        postgres.drop_database(name)


def test_assignments_keep_their_first_term_and_every_office_its_reminders(old: Engine) -> None:
    schema.migrate(old)

    with old.begin() as db:
        row = db.execute(text("SELECT kind, original_due, shifts, due FROM assignment")).one()
        reminders = load_reminders(db, UUID(_IDS["office"]))
    assert (row.kind, row.shifts) == ("main", 0)
    assert (str(row.original_due), str(row.due)) == ("2026-11-20", "2026-11-27")
    assert {rule.code for rule in reminders} == {rule.code for rule in DEFAULT_REMINDERS}


_IDS = {name: uuid4().hex for name in ("office", "person", "task", "first", "second")}
_FIRST, _SECOND = date(2026, 11, 20), date(2026, 11, 27)
_EVENT = (
    "INSERT INTO assignment_event (id, organization_id, assignment_id, version, at, event, state, "
    "control, executor_id, due, actor_id) VALUES "
    "(:id, :office, :task, :version, :now, 'issue', 'in_work', 'control', :person, :due, :person)"
)
_OLD_ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "INSERT INTO organization (id, code, name, short_name, state, created_at, version) "
        "VALUES (:office, '01', 'Администрация', 'Администрация', 'active', :now, 1)",
        {},
    ),
    (
        "INSERT INTO employee (id, organization_id, login, full_name, folded_name, clearance, "
        "state, created_at, version) VALUES "
        "(:person, :office, 'ivanova', 'Иванова', 'иванова', false, 'active', :now, 1)",
        {},
    ),
    (
        "INSERT INTO assignment (id, organization_id, text, author_id, entered_by, executor_id, "
        "due, explanation, state, control, issued_on, issued_at, changed_at, version) VALUES "
        "(:task, :office, 'Ответить', :person, :person, :person, :due, '[]', 'rework', 'control', "
        ":day, :now, :now, 2)",
        {"due": _SECOND, "day": _NOW.date()},
    ),
    (_EVENT, {"id": _IDS["first"], "version": 1, "due": _FIRST}),
    (_EVENT, {"id": _IDS["second"], "version": 2, "due": _SECOND}),
)
