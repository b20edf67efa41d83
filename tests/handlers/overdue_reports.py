"""The overdue report as tests ask for it, and what is done meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text

from sed_tui.operations.assignment_control import RETURN, ReturnAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.report import OVERDUE, OverdueReport, ReportOverdue
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def overdue(office: Office, login: str = "admin", **fields: Any) -> OverdueReport:
    return office.as_(login).call(OVERDUE, ReportOverdue(**fields))


def report(office: Office, key: object, login: str = "petrov") -> None:
    office.as_(login).call(REPORT, ReportAssignment(assignment=str(key), text="Сделано"))


def send_back(office: Office, key: object, due: str) -> None:
    request = ReturnAssignment(assignment=str(key), text="Доработать", due=due)
    office.as_("golova").call(RETURN, request)


def pass_days(office: Office, days: int) -> None:
    office.clock.moment += timedelta(days=days)


def fill(office: Office, count: int) -> None:
    """Store closed assignments by thousands, a few open ones and fewer that are late."""
    engine = open_database(office.settings.database)
    # as many people as an office has: a planner may step through a few of them
    crowd = [(f"p{n}", f"Человек {n}", "executor", None) for n in range(200)]
    people = list(add_people(office.settings, *crowd).values())
    with engine.execution_options(writes=True).begin() as db:
        organization = db.scalars(
            select(text("organization_id")).select_from(text("employee")).limit(1)
        ).one()
        rows = [
            {
                "id": uuid4(),
                "organization_id": UUID(str(organization)),
                "text": "Подготовить ответ",
                "author_id": people[n % 77],
                "entered_by": people[n % 77],
                "executor_id": people[n % 200],
                "controller_id": people[n % 99],
                "due": date(2026, 1, 1) + timedelta(days=n % 300),
                "issued_on": date(2025, 12, 1),
                "issued_at": MONDAY,
                "changed_at": MONDAY,
                "closed_at": MONDAY if n % 20 else None,
                "state": "executed" if n % 20 else "in_work",
                "control": "control",
                "explanation": "[]",
                "version": 1,
            }
            for n in range(count)
        ]
        db.execute(insert(AssignmentTable), rows)
    vacuum = "VACUUM ANALYZE assignment" if engine.dialect.name == "postgresql" else "ANALYZE"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(vacuum))
    engine.dispose()


def plan(office: Office, statement: Any) -> str:
    engine = open_database(office.settings.database)
    sql = str(statement.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
    word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as db:
        lines = [str(row) for row in db.exec_driver_sql(f"{word} {sql}")]
    engine.dispose()
    return "\n".join(lines)
