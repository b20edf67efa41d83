"""The overdue report: who is late, at the end of which day, and always the same for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_list import (
    LIST,
    SUMMARY,
    ListAssignments,
    Scope,
    SummarizeAssignments,
)
from sed_tui.operations.employee_access import ROLES, ChangeRoles
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.report import Grouping
from sed_tui.storage.database import open_database
from tests.handlers.overdue_reports import fill, overdue, pass_days, plan, report, send_back
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


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
