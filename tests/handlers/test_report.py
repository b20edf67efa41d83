"""The overdue report: who is late, at the end of which day, and always the same for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, text, update
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_control import (
    ACCEPT,
    RETURN,
    AcceptAssignment,
    ReturnAssignment,
)
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import (
    LIST,
    SUMMARY,
    ListAssignments,
    Scope,
    SummarizeAssignments,
)
from sed_tui.operations.employee import EDIT, EditEmployee
from sed_tui.operations.employee_access import ROLES, ChangeRoles
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.report import OVERDUE, Grouping, OverdueReport, ReportOverdue
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import GapTable
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def overdue(office: Office, login: str = "admin", **fields: Any) -> OverdueReport:
    return office.as_(login).call(OVERDUE, ReportOverdue(**fields))


def report(office: Office, key: object, login: str = "petrov") -> None:
    office.as_(login).call(REPORT, ReportAssignment(assignment=str(key), text="Сделано"))


def accept(office: Office, key: object) -> None:
    office.as_("golova").call(ACCEPT, AcceptAssignment(assignment=str(key)))


def send_back(office: Office, key: object, due: str) -> None:
    request = ReturnAssignment(assignment=str(key), text="Доработать", due=due)
    office.as_("golova").call(RETURN, request)


def pass_days(office: Office, days: int) -> None:
    office.clock.moment += timedelta(days=days)


def test_a_term_that_is_over_is_overdue_from_the_next_day(office: Office) -> None:
    number = office.letter()
    office.issue(document=number, due="25.11.2026")
    pass_days(office, 2)
    assert overdue(office).rows == []
    pass_days(office, 5)
    shown = overdue(office)
    [row] = shown.rows

    assert shown.as_of == date(2026, 11, 30)
    assert UUID(row["id"])
    assert row == {
        "id": row["id"],
        "document_number": number,
        "text": "Подготовить ответ",
        "author": "Головин Пётр Ильич",
        "executor": "Петров Василий Сергеевич",
        "department": "Отдел А",
        "due": "2026-11-25",
        "days_overdue": 5,
        "working_days_overdue": 3,
        "state": "in_work",
        "control": "control",
        "shifts": 0,
    }
    assert shown.totals.overdue == 1
    assert shown.totals.by == {"Отдел А": 1}


def test_a_report_in_time_stops_the_clock_and_a_late_one_stops_the_delay(office: Office) -> None:
    in_time = office.issue(due="24.11.2026")
    late = office.issue(due="24.11.2026")
    report(office, in_time.id)
    pass_days(office, 3)
    report(office, late.id)
    pass_days(office, 4)
    [row] = overdue(office).rows

    assert row["id"] == str(late.id)
    assert (row["days_overdue"], row["state"]) == (2, "acceptance")


def test_a_returned_report_never_stopped_the_clock(office: Office) -> None:
    issued = office.issue(due="24.11.2026")
    report(office, issued.id)
    pass_days(office, 3)
    assert overdue(office).rows == []
    send_back(office, issued.id, "25.11.2026")
    [row] = overdue(office).rows

    assert (row["due"], row["days_overdue"], row["state"]) == ("2026-11-25", 1, "rework")


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


def test_a_day_to_come_shows_what_will_be_late(office: Office) -> None:
    office.issue(due="24.11.2026")
    future = overdue(office, as_of=date(2026, 12, 31))
    beyond = overdue(office, as_of=date(2031, 1, 1))

    assert future.rows[0]["days_overdue"] == 37
    assert future.rows[0]["working_days_overdue"] == 26
    assert beyond.rows[0]["working_days_overdue"] is None
    assert overdue(office).rows == []


@pytest.mark.parametrize("by", list(Grouping))
def test_totals_equal_the_list(office: Office, by: Grouping) -> None:
    for n, executor in enumerate(["petrov", "petrov", "sidorov", "kuznec", "kontr"]):
        author = "golova" if n % 2 else "kontr"
        office.issue(by=author, executor="golova" if author == executor else executor, due="1")
    pass_days(office, 5)
    listed = overdue(office, by=by)
    counted = overdue(office, by=by, rows=False)

    assert listed.totals == counted.totals
    assert listed.totals.overdue == len(listed.rows) == 5
    assert counted.rows == []
    assert sum(listed.totals.by.values()) == (0 if by is Grouping.NONE else 5)
    if by is not Grouping.NONE:
        for name, count in listed.totals.by.items():
            assert count == sum(dict(row)[by.value] == name for row in listed.rows)


def test_namesakes_are_counted_apart(office: Office) -> None:
    add_people(office.settings, ("petrov2", "Петров Василий Сергеевич", "executor", "Б"))
    for login in ("petrov", "petrov2"):
        office.issue(executor=login, due="1")
    pass_days(office, 5)

    assert overdue(office, by="executor").totals.by == {
        "Петров Василий Сергеевич (petrov)": 1,
        "Петров Василий Сергеевич (petrov2)": 1,
    }


def test_an_executor_sees_his_own_alone(office: Office) -> None:
    office.issue(due="1")
    office.issue(due="1", executor="kuznec")
    pass_days(office, 5)

    assert len(overdue(office, "golova").rows) == 2
    [row] = overdue(office, "kuznec").rows
    assert row["executor"] == "Кузнецова Мария Олеговна"


def test_an_official_use_text_is_masked_for_those_without_clearance(office: Office) -> None:
    office.issue(document=office.letter(confidentiality="official"), due="1")
    pass_days(office, 5)

    assert overdue(office, "kontr").rows[0]["text"] == "For official use only"
    assert overdue(office, "petrov").rows[0]["text"] == "Подготовить ответ"
    assert overdue(office, "admin").rows[0]["text"] == "Подготовить ответ"


def test_a_report_on_an_organization_that_is_not_ones_own_is_refused(office: Office) -> None:
    with pytest.raises(NotFound):
        overdue(office, organization="77")


def test_all_organizations_are_each_reported_under_their_code(office: Office) -> None:
    office.issue(due="1")
    pass_days(office, 5)
    everywhere = overdue(office, organization="all")

    assert everywhere.rows[0]["organization"] == "01"
    assert everywhere.totals.by == {"01: Отдел А": 1}
    assert overdue(office, organization="01").totals.by == {"Отдел А": 1}


def test_lists_and_summary_agree_with_the_report(office: Office) -> None:
    office.issue(due="1")
    office.issue(due="3", executor="sidorov")
    waiting = office.issue(due="10")
    pass_days(office, 3)
    report(office, waiting.id)
    listed = office.as_("admin").call(LIST, ListAssignments(scope=Scope.OVERDUE)).rows
    mine = office.as_("petrov").call(SUMMARY, SummarizeAssignments())
    head = office.as_("golova").call(SUMMARY, SummarizeAssignments())

    assert [str(row.id) for row in listed] == [row["id"] for row in overdue(office).rows]
    assert (mine.to_execute.total, mine.to_execute.overdue) == (1, 1)
    assert (head.to_accept.total, head.issued.total, head.issued.overdue) == (1, 3, 1)
    assert head.issued.today == 1


def test_pages_by_term_and_by_issue_meet_every_row_once(office: Office) -> None:
    for due in ("9", "1", "без срока", "3", "5", "без срока", "1"):
        office.issue(due=due)
        pass_days(office, 1)
    for scope in (Scope.TO_EXECUTE, Scope.ALL, Scope.OVERDUE):
        gateway = office.as_("petrov")
        whole = gateway.call(LIST, ListAssignments(scope=scope)).rows
        paged: list[Any] = []
        after = None
        while True:
            page = gateway.call(LIST, ListAssignments(scope=scope, after=after, limit=2))
            paged += page.rows
            after = page.next
            if after is None:
                break
        skipped = gateway.call(LIST, ListAssignments(scope=scope, skip=3)).rows

        assert paged == whole
        assert skipped == whole[3:]
    dues = [row.due for row in gateway.call(LIST, ListAssignments(scope=Scope.TO_EXECUTE)).rows]
    assert dues[-2:] == [None, None]


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


def test_the_open_set_is_read_through_its_partial_index(office: Office) -> None:
    from sed_tui.storage.actors import Wanted, find_actor
    from sed_tui.storage.overdue import overdue_counts, overdue_listing
    from sed_tui.storage.standing import Moment, People

    fill(office, 6000)
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        actor = find_actor(db, "admin", Wanted(None))
    engine.dispose()
    moment = Moment(date(2026, 11, 23), None)
    counts = plan(office, overdue_counts(actor, moment, People(), "executor_id"))
    listing = plan(office, overdue_listing(actor, moment, People()))

    assert "ix_assignment_open" in counts
    assert "ix_assignment_open" in listing
    assert "SCAN assignment" not in counts + listing
    assert "Seq Scan on assignment" not in counts + listing
    assert overdue(office, rows=False).totals.overdue == 300


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


def test_one_report_spans_the_organizations_that_permit_it(office: Office) -> None:
    def by_admin(code: str, operation: Any, request: Any) -> None:
        settings = replace(office.settings, login="admin", organization=code)
        gateway = LocalGateway(settings, office.clock)
        gateway.call(operation, request)
        gateway.close()

    for code, role in (("02", Role.AUDITOR), ("03", Role.ADMINISTRATOR)):
        by_admin("01", ADD, AddOrganization(code=code, name=f"Управа {code}"))
        by_admin(code, ROLES, ChangeRoles(employee="golova", grant=(role,)))
    add_people(office.settings, ("orlova", "Орлова Мария Олеговна", "head", None), code="02")
    add_people(office.settings, ("belov", "Белов Олег Ильич", "executor", "Д"), code="02")
    by_admin("01", ISSUE, IssueAssignment(text="Ответить", executor="petrov", due="1"))
    issue = IssueAssignment(text="Проверить", executor="belov", due="1")
    office.as_("orlova").call(ISSUE, issue)
    pass_days(office, 5)
    # golova holds roles in three organizations and has chosen none of them
    report = overdue(office, "golova", organization="all")

    assert report.totals.by == {"01: Отдел А": 1, "02: Отдел Д": 1}
    assert [dict(row)["organization"] for row in report.rows] == ["01", "02"]
    assert overdue(office, "golova", organization="02").totals.overdue == 1
    with pytest.raises(NotPermitted):
        overdue(office, "golova", organization="03")
    assert overdue(office, "orlova", organization="all").totals.overdue == 1
