"""The overdue report on a past day: what was known by its end, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.operations.assignment_control import ACCEPT, AcceptAssignment
from sed_tui.operations.employee import EDIT, EditEmployee
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import GapTable
from tests.handlers.overdue_reports import MONDAY, fill, overdue, pass_days, plan, report, send_back

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def accept(office: Office, key: object) -> None:
    office.as_("golova").call(ACCEPT, AcceptAssignment(assignment=str(key)))


def test_a_past_day_sees_only_what_had_been_recorded_by_its_end(office: Office) -> None:
    issued = office.issue(due="24.11.2026")
    pass_days(office, 3)
    office.issue(due="26.11.2026", executor="kuznec")
    before = overdue(office, as_of=date(2026, 11, 25))
    report(office, issued.id)
    send_back(office, issued.id, "10.12.2026")
    report(office, issued.id)
    accept(office, issued.id)
    pass_days(office, 30)
    after = overdue(office, as_of=date(2026, 11, 25))

    assert after.model_dump_json() == before.model_dump_json()
    assert [row["id"] for row in after.rows] == [str(issued.id)]
    assert (after.rows[0]["days_overdue"], after.rows[0]["state"]) == (1, "in_work")
    assert len(overdue(office).rows) == 1
    assert overdue(office, as_of=date(2026, 11, 22)).rows == []


def test_a_past_day_knows_people_by_the_names_of_that_day(office: Office) -> None:
    office.issue(due="24.11.2026", executor="kuznec")
    pass_days(office, 2)
    before = overdue(office, as_of=date(2026, 11, 25), by="executor")
    pass_days(office, 10)
    changes = {"full_name": "Орлова Мария Олеговна", "unit": None}
    office.as_("admin").call(EDIT, EditEmployee(employee="kuznec", changes=changes))
    after = overdue(office, as_of=date(2026, 11, 25), by="executor")

    assert after.model_dump_json() == before.model_dump_json()
    assert after.rows[0]["department"] == "Отдел Б"
    assert overdue(office, by="executor").totals.by == {"Орлова Мария Олеговна": 1}
    assert overdue(office).totals.by == {"—": 1}


def test_a_past_day_is_read_without_scanning_the_history(office: Office) -> None:
    from sed_tui.storage.actors import Wanted, find_actor
    from sed_tui.storage.overdue import overdue_listing
    from sed_tui.storage.standing import Moment, People

    fill(office, 6000)
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        actor = find_actor(db, "admin", Wanted(None))
    engine.dispose()
    listing = plan(office, overdue_listing(actor, Moment(date(2026, 11, 20), MONDAY), People()))

    assert "ix_assignment_open" in listing
    assert "SCAN assignment_event" not in listing
    assert "Seq Scan on assignment " not in listing


def test_a_past_day_knows_documents_by_the_numbers_of_that_day(office: Office) -> None:
    number = office.letter("01-23/7")
    office.issue(document=number, due="24.11.2026")
    pass_days(office, 3)
    before = overdue(office, as_of=date(2026, 11, 25))
    pass_days(office, 3)
    engine = open_database(office.settings.database)
    with engine.execution_options(writes=True).begin() as db:
        document = db.execute(
            select(col(DocumentTable.id), col(DocumentTable.organization_id))
        ).one()
        journal = db.scalars(select(col(JournalTable.id)).limit(1)).one()
        db.execute(
            insert(GapTable).values(
                id=uuid4(),
                organization_id=document.organization_id,
                journal_id=journal,
                period="2026",
                scope="",
                ordinal=7,
                suffix="",
                number=number,
                cause="renumbered",
                document_id=document.id,
                replaced_by="01-23/8",
                made_at=office.clock.moment,
            )
        )
        db.execute(update(DocumentTable).values(number="01-23/8"))
    engine.dispose()

    assert overdue(office).rows[0]["document_number"] == "01-23/8"
    after = overdue(office, as_of=date(2026, 11, 25))
    assert after.rows[0]["document_number"] == number
    assert after.model_dump_json() == before.model_dump_json()
