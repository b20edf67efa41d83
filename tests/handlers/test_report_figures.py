"""Figures equal the list, whatever happened, and stay what they were on their day."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert

from sed_tui.domain.report_period import Basis
from sed_tui.handlers import report_figures
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.report_due import DUE, ReportDue
from sed_tui.operations.report_figures import (
    DISCIPLINE,
    SUMMARY,
    DisciplineReport,
    FigureGrouping,
    ReportDiscipline,
    ReportSummary,
    SummaryReport,
)
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tallies import differing
from tests.handlers.office_life import live, rows_of

if TYPE_CHECKING:
    from datetime import date

    import pytest

    from tests.handlers.assignments import Office

REQUESTS: list[tuple[Any, Any]] = [
    (OVERDUE, ReportOverdue()),
    (DUE, ReportDue(days=5)),
    (SUMMARY, ReportSummary(by=FigureGrouping.AUTHOR)),
    (SUMMARY, ReportSummary(by_date=Basis.EXECUTION)),
    (DISCIPLINE, ReportDiscipline(rows=True)),
    (DISCIPLINE, ReportDiscipline(by=FigureGrouping.MONTH, by_date=Basis.REGISTRATION)),
]


@dataclass
class Noon:
    """What was true on a day, and what the reports of that day said."""

    rows: list[dict[str, Any]]
    reports: list[str]


def test_figures_equal_the_assignments_and_stay_what_they_were(office: Office) -> None:
    days: dict[date, Noon] = {}

    def at_noon(day: date) -> None:
        days[day] = Noon(rows_of(office), reports(office, None))

    live(office, Random(3), 8, at_noon)

    for day, noon in days.items():
        assert reports(office, day) == noon.reports
        check_counts(office, day, noon.rows)
    last = max(days)
    for by_date in Basis:
        check_groups(office, last, days[last].rows, by_date)
    check_differing_rows(office, last, days[last].rows)


def reports(office: Office, day: date | None) -> list[str]:
    call = office.as_("admin").call
    return [
        call(operation, request.model_copy(update={"as_of": day})).model_dump_json()
        for operation, request in REQUESTS
    ]


def summary(office: Office, **fields: Any) -> SummaryReport:
    return office.as_("admin").call(SUMMARY, ReportSummary(**fields))


def discipline(office: Office, **fields: Any) -> DisciplineReport:
    return office.as_("admin").call(DISCIPLINE, ReportDiscipline(**fields))


def is_late(row: dict[str, Any], day: date) -> bool:
    stopped = row["reported_on"] or day
    return row["due"] is not None and row["due"] < stopped


def check_counts(office: Office, day: date, rows: list[dict[str, Any]]) -> None:
    totals = summary(office, as_of=day).totals
    executed = [row for row in rows if row["state"] == "executed"]
    working = [row for row in rows if row["closed_at"] is None]
    figures = discipline(office, as_of=day, by_date="registration").totals

    assert totals.total == len(rows) == len(executed) + len(working) + totals.stopped
    assert totals.shifts == sum(row["shifts"] for row in rows)
    assert (totals.executed, totals.in_work) == (len(executed), len(working))
    assert totals.executed_late == figures.late == sum(is_late(r, day) for r in executed)
    assert totals.in_work_late == figures.overdue == sum(is_late(r, day) for r in working)
    late = office.as_("admin").call(OVERDUE, ReportOverdue(as_of=day))
    assert late.totals.overdue == len(late.rows) == totals.in_work_late


def check_groups(office: Office, day: date, rows: list[dict[str, Any]], by_date: Basis) -> None:
    column = {"registration": "issued_on", "term": "due", "execution": "reported_on"}[by_date]
    chosen = [
        row
        for row in rows
        if row[column] is not None
        and row[column] <= day
        and (by_date != "execution" or row["state"] == "executed")
    ]
    for by in FigureGrouping:
        report = summary(office, as_of=day, by=by, by_date=by_date)
        figures = discipline(office, as_of=day, by=by, by_date=by_date, months=True)

        assert report.totals.total == len(chosen)
        for name in ("total", "executed", "executed_late", "in_work", "in_work_late", "shifts"):
            whole = sum(getattr(row, name) for row in report.rows)
            assert getattr(report.totals, name) == whole
        for name in ("in_time", "late", "running", "overdue", "came_due", "came_due_in_time"):
            for groups in (figures.rows, figures.months):
                whole = sum(getattr(row, name) for row in groups)
                assert getattr(figures.totals, name) == whole


def check_differing_rows(office: Office, day: date, rows: list[dict[str, Any]]) -> None:
    report = discipline(office, as_of=day, by_date="registration", rows=True)
    totals, listed = report.totals, report.differing

    assert listed
    assert {row["id"] for row in listed} <= {str(row["id"]) for row in rows}
    assert all(len({row["f1"], row["f2"], row["f3"]}) > 1 for row in listed)
    # all others are counted by each formula alike
    alike = totals.in_time + totals.late + totals.overdue + totals.running - len(listed)
    for name, whole in (
        ("f1", totals.in_time + totals.late + totals.overdue),
        ("f2", totals.in_time + totals.late + totals.overdue + totals.running),
        ("f3", totals.came_due),
    ):
        assert whole == alike + sum(dict(row)[name] is not None for row in listed)


def test_what_is_stopped_is_in_all_and_in_no_formula(office: Office) -> None:
    office.issue(due="24.11.2026")
    engine = open_database(office.settings.database)
    with engine.execution_options(writes=True).begin() as db:
        table: Any = AssignmentTable.__table__  # type: ignore[attr-defined]
        row = dict(db.execute(table.select()).one()._mapping)
        stopped = {"state": "stopped", "closed_at": office.clock.moment, "id": uuid4()}
        db.execute(insert(AssignmentTable).values(**{**row, **stopped}))
    engine.dispose()
    office.clock.moment = office.clock.moment.replace(day=30)
    totals = summary(office).totals
    figures = discipline(office).totals

    assert (totals.total, totals.in_work, totals.stopped, totals.in_work_late) == (2, 1, 1, 1)
    assert (figures.stopped, figures.overdue, figures.came_due) == (1, 1, 1)
    assert (figures.f1, figures.f2, figures.f3) == (0, 0, 0)


def test_rows_and_sums_of_a_report_tell_of_one_moment(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.issue(due="30.12.2026")

    def meanwhile(*asked: Any) -> Any:
        office.issue(due="30.12.2026")
        return differing(*asked)

    monkeypatch.setattr(report_figures, "differing", meanwhile)
    report = discipline(office, since="2026-11-01", until="2026-12-31", rows=True)

    assert (report.totals.running, len(report.differing)) == (1, 1)


def test_a_report_names_its_formulas_and_its_period(office: Office) -> None:
    office.issue(due="24.11.2026")
    report = discipline(office, since="2026-11-01", until="2026-12-31")

    assert set(report.formulas) == {"f1", "f2", "f3"}
    assert report.formulas["f1"].startswith("F1 = executed in time / (")
    assert (report.since.isoformat(), report.until.isoformat()) == ("2026-11-01", "2026-12-31")
    assert (report.totals.f1, report.totals.f2, report.totals.f3) == (100, 100, None)
    assert [row.group for row in report.rows] == ["Отдел А"]
