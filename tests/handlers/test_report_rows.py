"""A number and the rows it is made of agree, on every day and in every group."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.report_period import Basis
from sed_tui.errors.terms import WrongOrder
from sed_tui.operations.assignment_days import DAYS, CountByDay
from sed_tui.operations.assignment_list import (
    COUNT,
    LIST,
    CountAssignments,
    ListAssignments,
    Scope,
)
from sed_tui.operations.report import OVERDUE, Grouping, ReportOverdue
from sed_tui.operations.report_due import DUE, ReportDue
from sed_tui.operations.report_figures import (
    DISCIPLINE,
    SUMMARY,
    FigureGrouping,
    ReportDiscipline,
    ReportSummary,
)
from sed_tui.operations.report_rows import AGEING, ROWS, Figure, ReportAgeing, ReportRows
from tests.handlers.office_life import live

if TYPE_CHECKING:
    from datetime import date

    from tests.handlers.assignments import Office

OF_SUMMARY = ("total", "executed", "executed_late", "in_work", "in_work_late", "stopped", "shifted")
OF_DISCIPLINE = ("in_time", "late", "running", "overdue", "came_due", "came_due_in_time")


@pytest.fixture
def days(office: Office) -> list[date]:
    days: list[date] = []
    live(office, Random(5), 6, days.append)
    return days


def count_of(office: Office, figure: str, **fields: Any) -> int:
    found = office.as_("admin").call(ROWS, ReportRows(figure=Figure(figure), **fields))
    assert len({row["id"] for row in found.rows}) == len(found.rows) == found.total
    return found.total


def test_numbers_of_a_period_are_made_of_their_rows(office: Office, days: list[date]) -> None:
    call = office.as_("admin").call
    for day, by, by_date in (
        (days[3], FigureGrouping.EXECUTOR, Basis.REGISTRATION),
        (days[-1], FigureGrouping.DEPARTMENT, Basis.TERM),
        (days[-1], FigureGrouping.MONTH, Basis.EXECUTION),
    ):
        asked: dict[str, Any] = {"as_of": day, "by": by, "by_date": by_date}
        summary = call(SUMMARY, ReportSummary(**asked))
        discipline = call(DISCIPLINE, ReportDiscipline(**asked))

        assert summary.rows
        for report, names in ((summary, OF_SUMMARY), (discipline, OF_DISCIPLINE)):
            for name in names:
                assert count_of(office, name, **asked) == getattr(report.totals, name)
                for row in report.rows:
                    number = getattr(row, name)
                    assert count_of(office, name, group=row.group, **asked) == number


def test_numbers_of_a_day_are_made_of_their_rows(office: Office, days: list[date]) -> None:
    call = office.as_("admin").call
    for day in (days[2], days[-1]):
        overdue = call(OVERDUE, ReportOverdue(as_of=day, by=Grouping.EXECUTOR))
        due = call(DUE, ReportDue(as_of=day, days=7))
        by: dict[str, Any] = {"as_of": day, "by": FigureGrouping.EXECUTOR}

        assert count_of(office, "overdue_now", **by) == overdue.totals.overdue
        assert count_of(office, "due_sheet", days=7, **by) == len(due.rows)
        for group, number in overdue.totals.by.items():
            assert count_of(office, "overdue_now", group=group, **by) == number
        for group, number in due.totals.by.items():
            assert count_of(office, "due_sheet", group=group, days=7, **by) == number


def test_a_group_that_nobody_is_in_has_no_rows(office: Office, days: list[date]) -> None:
    assert count_of(office, "total", group="nobody") == 0
    assert count_of(office, "total", group="2026-99", by=FigureGrouping.MONTH) == 0


def test_the_rows_tell_plan_and_fact(office: Office, days: list[date]) -> None:
    day = days[-1] + timedelta(days=30)  # by then what still runs is late
    request = ReportRows(figure=Figure.TOTAL, as_of=day, by_date=Basis.REGISTRATION)
    found = office.as_("admin").call(ROWS, request)
    late = {row["id"] for row in found.rows if row["working_days_late"] is not None}
    figures = office.as_("admin").call(
        DISCIPLINE, ReportDiscipline(as_of=day, by_date=Basis.REGISTRATION)
    )

    assert len(late) == figures.totals.late + figures.totals.overdue > 0
    for row in found.rows:
        stopped_clock = row["reported_on"] or f"{day}"
        is_late = row["due"] is not None and row["due"] < stopped_clock
        assert (row["id"] in late) is (is_late and row["state"] != "stopped")


def test_only_so_many_rows_as_asked_are_listed_and_all_are_counted(
    office: Office, days: list[date]
) -> None:
    call = office.as_("admin").call
    found = call(ROWS, ReportRows(figure=Figure.TOTAL, limit=2))

    assert len(found.rows) == 2
    assert found.total == call(SUMMARY, ReportSummary()).totals.total


def test_spans_of_age_count_what_is_overdue(office: Office, days: list[date]) -> None:
    call = office.as_("admin").call
    counts = []
    for day in (days[-1], days[-1] + timedelta(days=20), days[-1] + timedelta(days=60)):
        late = call(OVERDUE, ReportOverdue(as_of=day)).rows
        report = call(AGEING, ReportAgeing(as_of=day))

        counts.append(len(late))
        assert report.total == len(late) == sum(span.count for span in report.spans)
        for span in report.spans:
            ages = [row["days_overdue"] for row in late]
            last = span.last or max(ages, default=0)
            assert span.count == sum(span.first <= age <= last for age in ages)
    assert any(counts)


@pytest.mark.parametrize("scope", [Scope.ALL, Scope.TO_EXECUTE])
@pytest.mark.parametrize("login", ["admin", "petrov"])
def test_days_of_the_calendar_count_what_the_list_of_the_day_shows(
    office: Office, days: list[date], scope: Scope, login: str
) -> None:
    call = office.as_(login).call
    asked = CountByDay(scope=scope, since=days[0], until=days[-1] + timedelta(days=25))
    found = call(DAYS, asked)

    assert len(found.days) == len(days) + 25
    for term in found.days:
        listed = call(LIST, ListAssignments(scope=scope, due_on=term.day, limit=100)).rows
        assert term.open == len(listed)
        assert term.overdue == sum(row.sign == "overdue" for row in listed)
        count = call(COUNT, CountAssignments(scope=scope, due_on=term.day))
        assert count.total == term.open


def test_days_off_are_told_by_the_production_calendar(office: Office) -> None:
    asked = CountByDay(since="2026-12-31", until="2027-01-04")
    found = office.as_("admin").call(DAYS, asked)

    assert [term.is_working for term in found.days[1:]] == [False] * 4
    unknown = CountByDay(since="2090-01-01", until="2090-01-02")
    assert office.as_("admin").call(DAYS, unknown).days[0].is_working is None


def test_days_in_the_wrong_order_are_refused(office: Office) -> None:
    with pytest.raises(WrongOrder):
        office.as_("admin").call(DAYS, CountByDay(since="2026-12-31", until="2026-12-01"))
