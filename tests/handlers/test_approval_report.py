"""The report on approvals: questions as they stood on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sed_tui.operations import report_approvals
from tests.handlers.approvals import approve, send_back, started

if TYPE_CHECKING:
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office


def test_the_report_counts_questions_as_they_stood_on_a_day(
    office: Office, clock: FixedClock
) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    asked_on = clock.moment.date()
    clock.moment += timedelta(days=7)
    approve(office, made, "kuznec")

    def report(**fields: Any) -> report_approvals.ApprovalReport:
        request = report_approvals.ReportApprovals(**fields)
        return office.as_("admin").call(report_approvals.APPROVALS, request)

    then, now = report(as_of=asked_on), report()
    assert [row["result"] for row in then.rows] == ["approved", "asked"]
    assert [row["delay_days"] for row in now.rows] == [0, 3, 0]
    assert (now.totals.decided, now.totals.late, now.totals.waiting) == (2, 1, 1)
    assert sum(now.totals.by_approver.values()) == now.totals.asked == len(now.rows)
    mine = report(executor="kuznec")
    assert [row["id"] for row in mine.rows] == [now.rows[1]["id"]]
    assert report(author="golova").rows == []


def test_a_question_that_ended_is_no_longer_waited_for(office: Office) -> None:
    made = started(office)
    send_back(office, made, "sidorov")
    found = office.as_("admin").call(report_approvals.APPROVALS, report_approvals.ReportApprovals())

    assert (found.totals.decided, found.totals.ended, found.totals.waiting) == (1, 1, 0)
