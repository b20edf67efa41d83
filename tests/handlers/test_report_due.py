"""The reminder sheet: who has what to finish by when, and the same sheet for the same day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.errors import NotFound
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.report_due import DUE, DueReport, ReportDue
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def due(office: Office, **fields: Any) -> DueReport:
    return office.as_("admin").call(DUE, ReportDue(**fields))


def pass_days(office: Office, days: int) -> None:
    office.clock.moment += timedelta(days=days)


def test_the_sheet_shows_each_executor_his_days_and_what_is_late(office: Office) -> None:
    late = office.issue(due="24.11.2026")
    first = office.issue(due="27.11.2026")
    last = office.issue(due="30.11.2026", executor="kuznec")
    office.issue(due="31.12.2026")
    reported = office.issue(due="27.11.2026")
    office.as_("petrov").call(REPORT, ReportAssignment(assignment=str(reported.id), text="Сделано"))
    pass_days(office, 3)
    sheet = due(office, days=5)

    assert sheet.as_of == date(2026, 11, 26)
    assert sheet.until == date(2026, 12, 1)
    assert [(row["id"], row["days_left"]) for row in sheet.rows] == [
        (str(last.id), 4),
        (str(late.id), -2),
        (str(first.id), 1),
    ]
    assert [row["working_days_overdue"] for row in sheet.rows] == [None, 2, None]
    assert (sheet.totals.due, sheet.totals.overdue) == (2, 1)
    assert sheet.totals.by == {"Кузнецова Мария Олеговна": 1, "Петров Василий Сергеевич": 2}
    assert sheet.totals.by_day == {date(2026, 11, 27): 1, date(2026, 11, 30): 1}


def test_its_overdue_part_is_the_overdue_report(office: Office) -> None:
    for executor in ("petrov", "sidorov", "kuznec"):
        office.issue(executor=executor, due="24.11.2026")
        office.issue(executor=executor, due="26.11.2026")
    pass_days(office, 2)
    late = office.as_("admin").call(OVERDUE, ReportOverdue())
    sheet = due(office)

    assert sheet.totals.overdue == late.totals.overdue == 3
    assert {row["id"] for row in sheet.rows if row["days_left"] < 0} == {
        row["id"] for row in late.rows
    }


def test_a_past_day_keeps_its_sheet(office: Office) -> None:
    issued = office.issue(due="27.11.2026")
    before = due(office)
    pass_days(office, 1)
    office.as_("petrov").call(REPORT, ReportAssignment(assignment=str(issued.id), text="Готово"))
    office.issue(due="27.11.2026")
    after = due(office, as_of=date(2026, 11, 23))

    assert len(before.rows) == 1
    assert after.model_dump_json() == before.model_dump_json()


def test_a_sheet_is_narrowed_to_a_department_a_person_or_an_author(office: Office) -> None:
    add_people(office.settings, ("petrov2", "Петров Василий Сергеевич", "executor", "Б"))
    for executor in ("petrov", "petrov2", "sidorov", "kuznec"):
        office.issue(executor=executor, due="27.11.2026")

    assert len(due(office, department="А").rows) == 2
    assert len(due(office, department="Отдел Б").rows) == 2
    assert len(due(office, department="А", executor="kuznec").rows) == 0
    assert due(office, executor="sidorov").totals.due == 1
    assert due(office, author="golova").totals.due == 4
    assert due(office, author="petrov").totals.due == 0
    assert set(due(office).totals.by) == {
        "Кузнецова Мария Олеговна",
        "Петров Василий Сергеевич (petrov)",
        "Петров Василий Сергеевич (petrov2)",
        "Сидоров Иван Иванович",
    }
    for wrong in ({"department": "Я"}, {"executor": "nobody"}, {"author": "nobody"}):
        for organization in (None, "all"):
            with pytest.raises(NotFound):
                due(office, organization=organization, **wrong)
