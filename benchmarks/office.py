"""Offices of any size for the benchmarks, filled with raw inserts."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import insert, make_url, text

from sed_tui.config import Settings, database_url
from sed_tui.gateway.setup import initialize
from sed_tui.operations.organization import InitializeOrganization
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 7, tzinfo=UTC)
BATCH = 20_000
SUBJECTS = (
    "О представлении сведений о расходах на содержание дорог",
    "О согласовании проекта распоряжения о графике отпусков",
    "Приказ о назначении ответственных за пожарную безопасность",
    "О направлении протокола совещания по вопросам здравоохранения",
    "Запрос информации о ходе исполнения бюджета",
)


def sqlite_office(folder: Path) -> Settings:
    """Make an empty office in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sed.db"
    settings = Settings(database_url(str(path)), files=folder / "files", login="admin")
    initialize(settings, InitializeOrganization(name="Администрация", login="admin"))
    return settings


def postgres_office(folder: Path) -> Settings:
    """Make an empty office on the PostgreSQL of the tests."""
    from tests import postgres

    postgres.be_durable()
    address = postgres.database_address(postgres.create_database())
    settings = Settings(address, files=folder / "files", login="admin")
    initialize(settings, InitializeOrganization(name="Администрация", login="admin"))
    return settings


def copied_database(settings: Settings) -> Settings:
    """Copy an office that nobody has open."""
    if not settings.database.startswith("sqlite"):
        from tests import postgres

        name = make_url(settings.database).database
        copy = postgres.create_database(name)
        return replace(settings, database=postgres.database_address(copy))
    path = Path(settings.database.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target = path.with_name(f"{uuid4().hex}.db")
    shutil.copy(path, target)
    return replace(settings, database=f"sqlite:///{target}")


def fill_documents(settings: Settings, count: int) -> None:
    """Add registered incoming letters, ten a minute, the newest today."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        organization, employee, journal = _founders(db)
        correspondents = _correspondents(db, organization)
        rows: list[dict[str, Any]] = []
        for n in range(1, count + 1):
            rows.append(_document(n, count, organization, employee, journal, correspondents))
            if len(rows) == BATCH or n == count:
                db.execute(insert(DocumentTable), rows)
                rows = []
    _analyze(engine.url.get_backend_name(), settings)
    engine.dispose()


def fill_assignments(settings: Settings, count: int, overdue: int) -> None:
    """Add assignments on the existing documents; `overdue` of them are open and late."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        organization, employee, _journal = _founders(db)
        documents = db.execute(text("SELECT id FROM document LIMIT 10000")).scalars().all()
        ids = [value if isinstance(value, UUID) else UUID(value) for value in documents]
        for batch in _batches(_assignments(count, overdue, organization, employee, ids)):
            db.execute(insert(AssignmentTable), batch)
    _analyze(engine.url.get_backend_name(), settings)
    engine.dispose()


def _founders(db: Connection) -> tuple[UUID, UUID, UUID]:
    row = db.execute(
        text(
            "SELECT e.organization_id, e.id, j.id FROM employee e, journal j "
            "WHERE j.flow = 'incoming'"
        )
    ).one()
    organization, employee, journal = (
        value if isinstance(value, UUID) else UUID(value) for value in row
    )
    return organization, employee, journal


def _correspondents(db: Connection, organization: UUID) -> list[UUID]:
    ids = [uuid4() for _ in range(500)]
    rows = [
        {
            "id": key,
            "organization_id": organization,
            "name": f"Организация {n}",
            "folded_name": f"организация {n}",
            "kind": "organization",
            "state": "active",
            "created_at": NOON,
            "version": 1,
        }
        for n, key in enumerate(ids)
    ]
    db.execute(insert(CorrespondentTable), rows)
    return ids


def _document(
    n: int,
    count: int,
    organization: UUID,
    employee: UUID,
    journal: UUID,
    correspondents: list[UUID],
) -> dict[str, Any]:
    day = TODAY - timedelta(days=(count - n) * 3000 // count)
    return {
        "id": uuid4(),
        "organization_id": organization,
        "flow": "incoming",
        "kind": "письмо",
        "subject": f"{SUBJECTS[n % len(SUBJECTS)]} № {n}",
        "confidentiality": "none",
        "journal_id": journal,
        "period": f"{day.year}",
        "scope": "",
        "ordinal": n,
        "suffix": "",
        "number": f"01-23/{n}",
        "registered_on": day,
        "registered_at": NOON,
        "registrar_id": employee,
        "listed_on": day,
        "correspondent_id": correspondents[n % len(correspondents)],
        "their_number": f"{n}/и",
        "their_key": f"{n}и",
        "their_date": day,
        "received_on": day,
        "lifecycle": "active",
        "registration": "registered",
        "approval": "none",
        "exchange": "none",
        "execution": "review",
        "control": "none",
        "historic": True,
        "created_at": NOON,
        "version": 1,
    }


def _assignments(
    count: int, overdue: int, organization: UUID, employee: UUID, documents: list[UUID]
) -> Iterator[dict[str, Any]]:
    every = max(1, count // max(1, overdue))
    for n in range(count):
        is_late = n % every == 0
        issued = NOON - timedelta(days=60 + n % 1000)
        yield {
            "id": uuid4(),
            "organization_id": organization,
            "document_id": documents[n % len(documents)],
            "text": f"Подготовить ответ № {n}",
            "author_id": employee,
            "entered_by": employee,
            "executor_id": employee,
            "due": TODAY - timedelta(days=1 + n % 40) if is_late else issued.date(),
            "nominal_due": issued.date(),
            "explanation": "[]",
            "state": "in_work" if is_late else "accepted",
            "control": "control",
            "issued_on": issued.date(),
            "issued_at": issued,
            "reported_on": None if is_late else issued.date(),
            "reported_at": None if is_late else issued,
            "closed_at": None if is_late else issued,
            "changed_at": issued,
            "version": 1,
        }


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _analyze(backend: str, settings: Settings) -> None:
    engine = open_database(settings.database)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("ANALYZE" if backend == "sqlite" else "VACUUM ANALYZE")
    engine.dispose()
