"""What changed between two days adds up, and later terms are told as they were known."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, update
from sqlmodel import col

from sed_tui.errors.terms import WrongOrder
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.report_diff import DIFF, DiffReport, ReportDiff
from sed_tui.operations.report_extensions import EXTENSIONS, ReportExtensions
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable
from tests.handlers.office_life import live, rows_of

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def diff(office: Office, since: date, as_of: date | None = None) -> DiffReport:
    return office.as_("admin").call(DIFF, ReportDiff(since=since, as_of=as_of))


def overdue(office: Office, day: date) -> set[str]:
    report = office.as_("admin").call(OVERDUE, ReportOverdue(as_of=day))
    return {row["id"] for row in report.rows}


def test_what_changed_leads_from_one_overdue_list_to_the_other(office: Office) -> None:
    days: dict[date, list[dict[str, Any]]] = {}

    def at_noon(day: date) -> None:
        days[day] = rows_of(office)

    live(office, Random(5), 9, at_noon)
    first, *_rest, last = days
    changed = diff(office, first + timedelta(days=3), last)
    before, after = overdue(office, changed.since), overdue(office, last)
    by_change: dict[str, set[str]] = {}
    for row in changed.rows:
        by_change.setdefault(row["change"], set()).add(row["id"])
    totals = changed.totals

    assert len(changed.rows) == sum(map(len, by_change.values()))
    assert (totals.overdue_before, totals.overdue_after) == (len(before), len(after))
    assert by_change.get("became_overdue", set()) == after - before
    executed = {
        str(row["id"])
        for row in days[last]
        if row["state"] == "executed" and row["closed_at"].date() > changed.since
    }
    assert by_change["executed"] == executed
    assert {r["id"] for r in changed.rows if r["was_overdue"]} == before - after
    assert (
        totals.overdue_before
        + totals.became_overdue
        - totals.closed_overdue
        - totals.no_longer_overdue
        == totals.overdue_after
    )
    office.clock.moment += timedelta(days=30)
    live(office, Random(6), 1, lambda _day: None)
    again = diff(office, changed.since, last)
    assert again.model_dump_json() == changed.model_dump_json()


def test_the_days_compared_go_forward(office: Office) -> None:
    for since in (date(2026, 11, 23), date(2026, 11, 24)):
        with pytest.raises(WrongOrder):
            diff(office, since)


def test_a_request_for_a_later_term_is_told_as_known_that_day(office: Office) -> None:
    issued = office.issue(due="30.11.2026")
    key = request_later(office, issued.id)
    office.clock.moment += timedelta(days=2)
    asked = extensions(office)
    decide(office, key)
    granted = extensions(office)
    yesterday = extensions(office, as_of=date(2026, 11, 24))
    [row] = granted.rows

    assert (asked.totals.requested, asked.totals.waiting, asked.totals.granted) == (1, 1, 0)
    assert granted.totals.granted_by == {"Головин Пётр Ильич": 1}
    assert granted.totals.by_executor == {"Петров Василий Сергеевич": 1}
    assert (row["due_before"], row["wanted_due"]) == ("2026-11-30", "2026-12-10")
    assert (row["decision"], row["decided_on"]) == ("granted", "2026-11-25")
    assert row["granted_due"] == "2026-12-09"
    assert yesterday.totals.waiting == 1
    assert yesterday.rows[0]["decided_by"] is None
    assert extensions(office, as_of=date(2026, 11, 22)).rows == []
    assert extensions(office, author="kontr").rows == []
    assert len(extensions(office, author="golova", executor="petrov").rows) == 1


def extensions(office: Office, **fields: Any) -> Any:
    return office.as_("admin").call(EXTENSIONS, ReportExtensions(**fields))


def request_later(office: Office, assignment: Any) -> Any:
    key = uuid4()
    row = next(row for row in rows_of(office) if row["id"] == assignment)
    write(
        office,
        insert(ExtensionRequestTable).values(
            id=key,
            organization_id=row["organization_id"],
            assignment_id=assignment,
            requested_by=row["executor_id"],
            requested_at=office.clock.moment,
            reason="Ждём ответа",
            current_due=row["due"],
            wanted_due=date(2026, 12, 10),
        ),
    )
    return key


def decide(office: Office, key: Any) -> None:
    write(
        office,
        update(ExtensionRequestTable)
        .where(col(ExtensionRequestTable.id) == key)
        .values(
            state="granted",
            decided_by=office.ids["golova"],
            decided_at=office.clock.moment,
            granted_due=date(2026, 12, 9),
        ),
    )


def write(office: Office, statement: Any) -> None:
    engine = open_database(office.settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(statement)
    engine.dispose()
