"""What an executor sees of a hundred thousand cards, beside what everybody of the office does."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import NOON, fill_documents, postgres_office, sqlite_office
from sed_tui.domain.access import Role
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.access import DocumentAccessTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import ParticipantTable

if TYPE_CHECKING:
    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
OWN, SHOWN, REPEAT = 500, 50, 20


def main() -> None:
    """Print both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            settings = make(Path(folder) / make.__name__)
            fill_documents(settings, CARDS)
            _measure(settings)


def _measure(settings: Settings) -> None:
    everybody, executor = LocalGateway(settings), LocalGateway(replace(settings, login="reader"))
    added = everybody.call(
        ADD, AddEmployee(login="reader", full_name="Чтецов Ч.Ч.", roles=(Role.EXECUTOR,))
    )
    _give(settings, added.id)
    assert len(executor.call(LIST, ListDocuments(limit=1000)).rows) == OWN + SHOWN
    medians = interleaved(
        {
            "a page, everybody": lambda: _page(everybody),
            "a page, an executor": lambda: _page(executor),
            "found by a word, an executor": lambda: _page(executor, "бюджет"),
            "assignments, an executor": lambda: _assignments(executor),
        }
    )
    report(
        f"{OWN + SHOWN} visible of {CARDS:,} cards, {everybody.place.partition(':')[0]}",
        {name: seconds / REPEAT for name, seconds in medians.items()},
        # all of one's own are read and sorted, whatever the office holds
        [Comparison("a page, an executor", "a page, everybody", 5)],
    )
    everybody.close()
    executor.close()


def _give(settings: Settings, reader: UUID) -> None:
    """Let the executor take part in some documents all over the list, and be shown others."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        rows = db.execute(
            select(col(DocumentTable.id), col(DocumentTable.organization_id)).where(
                col(DocumentTable.key) % (CARDS // (OWN + SHOWN)) == 0
            )
        ).all()[: OWN + SHOWN]
        ours = [{"document_id": r.id, "organization_id": r.organization_id} for r in rows]
        part = {"employee_id": reader, "capacity": "addressee"}
        db.execute(insert(ParticipantTable), [{**row, **part} for row in ours[:OWN]])
        shown = {
            "employee_id": reader,
            "granted_by": reader,
            "granted_at": NOON,
            "reason": "benchmark",
        }
        db.execute(
            insert(DocumentAccessTable), [{**row, **shown, "id": uuid4()} for row in ours[OWN:]]
        )
    engine.dispose()


def _page(gateway: LocalGateway, query: str = "") -> None:
    for _ in range(REPEAT):
        gateway.call(LIST, ListDocuments(query=query, limit=100))


def _assignments(gateway: LocalGateway) -> None:
    for _ in range(REPEAT):
        gateway.call(ASSIGNMENTS, ListAssignments(limit=100))


if __name__ == "__main__":
    main()
