"""Offices of any size for the benchmarks, filled with raw inserts."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import insert, make_url, text

from sed_tui.config import Settings, database_url
from sed_tui.domain.clock import office_day
from sed_tui.gateway.setup import initialize
from sed_tui.operations.organization import InitializeOrganization
from sed_tui.storage.bulk import insert_rows
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Engine

# of a day that is over a report asks more, of which reports.py makes a contender of its own
TODAY = office_day(datetime.now(UTC))
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
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
    with _writing(engine) as db:
        organization, employee, journal = _founders(db)
        shared = {**_SHARED, "organization_id": organization, "journal_id": journal}
        shared["registrar_id"] = employee
        correspondents = _correspondents(db, organization)
        rows = (_document(n, count, correspondents) for n in range(1, count + 1))
        for batch in batches(rows):
            insert_rows(db, DocumentTable, _OWN, batch, shared)
    analyze(engine)
    engine.dispose()


def fill_assignments(settings: Settings, count: int, overdue: int) -> None:
    """Add assignments on the existing documents; `overdue` of them are open and late."""
    engine = open_database(settings.database)
    with _writing(engine) as db:
        organization, employee, _journal = _founders(db)
        documents = db.execute(text("SELECT id FROM document LIMIT 10000")).scalars().all()
        ids = [value.hex if isinstance(value, UUID) else value for value in documents]
        shared = {
            "organization_id": organization,
            "author_id": employee,
            "entered_by": employee,
            "executor_id": employee,
            "explanation": "[]",
            "control": "control",
            "version": 1,
        }
        for batch in batches(_assignments(count, overdue, ids)):
            insert_rows(db, AssignmentTable, _OF_ASSIGNMENT, batch, shared)
    analyze(engine)
    engine.dispose()


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Return rows in lists that are inserted at once."""
    each = iter(rows)
    while batch := list(islice(each, BATCH)):
        yield batch


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as db, db.begin():
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("PRAGMA cache_size = -400000")  # the tables are all read again
        yield db


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


_OWN = (
    *("id", "subject", "ordinal", "number", "period", "registered_on", "listed_on"),
    *("correspondent_id", "their_number", "their_key", "their_date", "received_on"),
)
_SHARED: dict[str, Any] = {
    "flow": "incoming",
    "kind": "письмо",
    "confidentiality": "none",
    "scope": "",
    "suffix": "",
    "registered_at": NOON,
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


def _document(n: int, count: int, correspondents: list[UUID]) -> tuple[Any, ...]:
    day = (TODAY - timedelta(days=(count - n) * 3000 // count)).isoformat()
    subject = f"{SUBJECTS[n % len(SUBJECTS)]} № {n}"
    sender = correspondents[n % len(correspondents)].hex
    return (
        *(uuid4().hex, subject, n, f"01-23/{n}", day[:4], day, day),
        *(sender, f"{n}/и", f"{n}и", day, day),
    )


_OF_ASSIGNMENT = (
    *("id", "document_id", "text", "due", "nominal_due", "state", "issued_on", "issued_at"),
    *("reported_on", "reported_at", "closed_at", "changed_at"),
)


def _assignments(count: int, overdue: int, documents: list[str]) -> Iterator[tuple[Any, ...]]:
    every = max(1, count // max(1, overdue))
    for n in range(count):
        is_late = n % every == 0
        moment = NOON - timedelta(days=60 + n % 1000)
        issued, day = f"{moment:%Y-%m-%d %H:%M:%S.%f}", f"{moment:%Y-%m-%d}"
        due = (TODAY - timedelta(days=1 + n % 40)).isoformat() if is_late else day
        done = (None, None, None) if is_late else (day, issued, issued)
        yield (
            *(uuid4().hex, documents[n % len(documents)], f"Подготовить ответ № {n}"),
            *(due, day, "in_work" if is_late else "accepted", day, issued, *done, issued),
        )


def analyze(engine: Engine) -> None:
    """Let PostgreSQL look at what it holds, as autovacuum does in time.

    SQLite gathers nothing by itself, and no office of ours has it gather: with statistics the
    benchmarks would measure other plans than people get.
    """
    if engine.dialect.name == "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("VACUUM ANALYZE")
