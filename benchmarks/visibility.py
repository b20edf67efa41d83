"""What executors and heads of departments see of 100,000 cards, beside what everybody does."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlmodel import col

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import NOON, fill_documents, postgres_office, sqlite_office
from sed_tui.domain.access import Role, Sight
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.document_list import COUNT, LIST, CountDocuments, ListDocuments
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.employee_access import ROLES, ChangeRoles
from sed_tui.operations.unit import ADD as ADD_UNIT
from sed_tui.operations.unit import AddUnit
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.access import DocumentAccessTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import ParticipantTable

if TYPE_CHECKING:
    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
OWN, SHOWN, REPEAT = 500, 50, 20
# a department of so many people who take part in one card of five, in units three deep
PEOPLE, SHARE = 30, 5


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
    _fill_department(settings, everybody)
    head = LocalGateway(replace(settings, login="boss"))
    assert head.call(COUNT, CountDocuments()).total == CARDS // SHARE
    medians = interleaved(
        {
            "a page, everybody": lambda: _page(everybody),
            "a page, an executor": lambda: _page(executor),
            "found by a word, an executor": lambda: _page(executor, "бюджет"),
            "assignments, an executor": lambda: _assignments(executor),
            "a page, a head": lambda: _page(head),
            "found by a word, a head": lambda: _page(head, "бюджет"),
            "assignments, a head": lambda: _assignments(head),
            "counted, a head": lambda: _count(head),
            "counted, everybody": lambda: _count(everybody),
        }
    )
    report(
        f"{OWN + SHOWN} visible of {CARDS:,} cards, {everybody.place.partition(':')[0]}",
        {name: seconds / REPEAT for name, seconds in medians.items()},
        # all of one's own are read and sorted, whatever the office holds
        [
            Comparison("a page, an executor", "a page, everybody", 5),
            Comparison("a page, a head", "a page, everybody", 5),
        ],
    )
    head.close()
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


def _fill_department(settings: Settings, everybody: LocalGateway) -> None:
    """Let the people of a department take part in one card of every few."""
    for code, parent in (("У", None), ("УО", "У"), ("УОС", "УО")):
        everybody.call(ADD_UNIT, AddUnit(code=code, name=code, parent=parent))
    everybody.call(ADD, AddEmployee(login="boss", full_name="Головин Г.Г.", unit="У"))
    request = ChangeRoles(employee="boss", grant=(Role.HEAD,), scope=Sight.DEPARTMENT)
    everybody.call(ROLES, request)
    people = [
        everybody.call(
            ADD,
            AddEmployee(
                login=f"worker{n}",
                full_name=f"Сотрудник {n}",
                roles=(Role.EXECUTOR,),
                unit=("У", "УО", "УОС")[n % 3],
            ),
        ).id
        for n in range(PEOPLE)
    ]
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        cards = db.execute(
            select(col(DocumentTable.id), col(DocumentTable.organization_id)).where(
                col(DocumentTable.key) % SHARE == 0
            )
        )
        rows = [
            {
                "document_id": card.id,
                "organization_id": card.organization_id,
                "employee_id": people[place % PEOPLE],
                "capacity": "executor",
            }
            for place, card in enumerate(cards)
        ]
        db.execute(insert(ParticipantTable), rows)
        db.execute(text("ANALYZE"))
    engine.dispose()


def _count(gateway: LocalGateway) -> None:
    for _ in range(REPEAT):
        gateway.call(COUNT, CountDocuments())


def _page(gateway: LocalGateway, query: str = "") -> None:
    for _ in range(REPEAT):
        gateway.call(LIST, ListDocuments(query=query, limit=100))


def _assignments(gateway: LocalGateway) -> None:
    for _ in range(REPEAT):
        gateway.call(ASSIGNMENTS, ListAssignments(limit=100))


if __name__ == "__main__":
    main()
