"""What was not sent to the Duma in time, in the head's report: now, and as of a past day."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sed_tui.domain.access import Role
from sed_tui.domain.duma import Passage
from sed_tui.operations import duma, duma_submission
from sed_tui.operations.duma import AddSitting, MoveSitting
from sed_tui.operations.duma_submission import OpenSubmission
from sed_tui.operations.report import OVERDUE, LateSubmission, ReportOverdue
from sed_tui.rendering.overdue import overdue_printout
from sed_tui.rendering.printout import Form, write
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.overdue_reports import pass_days
from tests.handlers.test_duma import SITTING, stepped

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.handlers.assignments import Office


def late(gateway: LocalGateway, **asked: Any) -> list[LateSubmission]:
    report = gateway.call(OVERDUE, ReportOverdue(**asked))
    assert report.totals.submissions == len(report.submissions)
    return report.submissions


def test_what_was_not_sent_in_time_stands_in_the_heads_report(
    office: Office, gateway: LocalGateway
) -> None:
    gateway.call(duma.ADD_SITTING, AddSitting(day=SITTING))
    number = office.letter()
    made, withdrawn = (
        gateway.call(
            duma_submission.OPEN,
            OpenSubmission(document=number, sitting="17.12.2026", title=title),
        )
        for title in ("О бюджете", "О налогах")
    )
    pass_days(office, 16)  # 09.12.2026, the last day in time
    in_time = late(gateway)
    pass_days(office, 2)
    stepped(gateway, withdrawn, Passage.WITHDRAWN, reason="передумали")
    [row] = late(office.as_("golova"))
    gateway.call(
        duma.MOVE_SITTING,
        MoveSitting(sitting="17.12.2026", day=date(2026, 12, 24), reason="письмо Думы"),
    )
    moved = late(gateway)
    pass_days(office, 1)
    yesterday = late(gateway, as_of=date(2026, 12, 10))
    others = late(gateway, executor="petrov"), late(gateway, author="petrov")

    assert (in_time, moved, others) == ([], [], ([], []))
    assert (row["id"], row["title"], row["due"]) == (str(made.id), "О бюджете", "2026-12-09")
    assert (row["days_overdue"], row["working_days_overdue"]) == (2, 2)
    assert (row["sitting_day"], row["passage_state"]) == ("2026-12-17", "prepared")
    # a move and a withdrawal that were recorded later change nothing of a day that was
    assert [(one["title"], one["due"], one["days_overdue"]) for one in yesterday] == [
        ("О бюджете", "2026-12-09", 1),
        ("О налогах", "2026-12-09", 1),
    ]


def test_a_late_submission_is_printed_beside_the_assignments(
    office: Office, gateway: LocalGateway
) -> None:
    gateway.call(duma.ADD_SITTING, AddSitting(day=SITTING))
    request = OpenSubmission(document=office.letter(), sitting="17.12.2026", title="О бюджете")
    gateway.call(duma_submission.OPEN, request)
    pass_days(office, 18)
    printout = overdue_printout(gateway.call(OVERDUE, ReportOverdue()))
    written = {}
    for form in (Form.TABLE, Form.CSV, Form.JSON):
        target = BytesIO()
        write(printout, form, target)
        written[form] = target.getvalue().decode()

    assert "Late submissions to the Duma" in written[Form.TABLE]
    assert "О бюджете" in written[Form.TABLE]
    assert "О бюджете" not in written[Form.CSV]
    assert json.loads(written[Form.JSON])["submissions"][0]["title"] == "О бюджете"
    assert [row["title"] for row in printout.listed] == ["О бюджете"]


def test_whoever_does_not_see_the_document_is_not_told_of_its_submission(
    office: Office, gateway: LocalGateway
) -> None:
    gateway.call(duma.ADD_SITTING, AddSitting(day=SITTING))
    request = OpenSubmission(document=office.letter(), sitting="17.12.2026", title="О бюджете")
    gateway.call(duma_submission.OPEN, request)
    hire(office.settings, "stranger", Role.EXECUTOR)
    pass_days(office, 18)
    stranger = gateway_of(office.settings, "stranger", office.clock)

    assert late(stranger) == []
    stranger.close()
