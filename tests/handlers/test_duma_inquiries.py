"""What the Duma sends: inquiries of deputies with a term of their kind, resolutions by points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.domain.resolution import DraftState
from sed_tui.errors.terms import UnknownTermProfile
from sed_tui.operations import calendar, calendar_upkeep, document_kind
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.operations.calendar import ExplainTerm
from sed_tui.operations.calendar_upkeep import SetTermProfile
from sed_tui.operations.document_kind import SetKind
from sed_tui.operations.link import LIST as LINKS
from sed_tui.operations.link import ListLinks
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.report import OVERDUE, ReportOverdue
from tests.handlers.letters import letter, outgoing
from tests.handlers.test_resolution import approve, draft, point

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.handlers.assignments import Office

INQUIRY = "депутатский запрос"


def inquiry(gateway: LocalGateway) -> str:
    """Register an inquiry of a deputy and return its number."""
    asked = letter(correspondent="Тюменская областная Дума", kind=INQUIRY, subject="О дорогах")
    return gateway.call(REGISTER, asked).number


def test_an_inquiry_is_counted_by_the_term_of_its_kind_and_late_in_the_heads_report(
    office: Office, gateway: LocalGateway
) -> None:
    number = inquiry(gateway)

    issued = office.issue(document=number)
    below = office.issue(by="petrov", executor="sidorov", parent=str(issued.id))
    named = office.issue(document=number, due="10")
    explained = gateway.call(
        calendar.EXPLAIN, ExplainTerm(start=date(2026, 11, 23), document=number)
    )
    answer = gateway.call(REGISTER, outgoing(in_reply_to=number))
    office.clock.moment += timedelta(days=31)

    assert issued.due == explained.effective == date(2026, 12, 23)  # a month ends on that day too
    assert any("3-ФЗ" in line for line in issued.explanation)
    assert any("№ 71" in line for line in below.explanation)
    assert named.due == date(2026, 12, 3)
    late = office.as_("golova").call(OVERDUE, ReportOverdue()).rows
    assert {row["id"] for row in late} >= {str(issued.id), str(named.id)}
    [link] = gateway.call(LINKS, ListLinks(document=answer.number)).rows
    assert link.number == number


def test_the_term_of_a_kind_is_data(office: Office, gateway: LocalGateway) -> None:
    number = inquiry(gateway)
    gateway.call(
        calendar_upkeep.SET_PROFILE,
        SetTermProfile(code="regional", title="Запрос", amount=14, act="Закон области, ст. 5"),
    )

    kind = SetKind(flow=Flow.INCOMING, name=INQUIRY, profile="regional")
    changed = gateway.call(document_kind.SET, kind)
    own = office.issue(document=number)
    closed = gateway.call(document_kind.SET, kind.model_copy(update={"profile": ""}))
    general = office.issue(document=number)

    assert (changed.profile, closed.profile) == ("regional", None)
    assert own.due == date(2026, 12, 7)
    assert any("Закон области" in line for line in own.explanation)
    assert any("№ 71" in line for line in general.explanation)
    with pytest.raises(UnknownTermProfile):
        gateway.call(document_kind.SET, kind.model_copy(update={"profile": "нет"}))


def test_a_resolution_of_the_duma_becomes_assignments_by_its_points(
    office: Office, gateway: LocalGateway
) -> None:
    received = letter(correspondent="Тюменская областная Дума", subject="Постановление № 15")
    number = gateway.call(REGISTER, received).number
    points = (
        point(number="1", text="Представить отчёт", executor="petrov", due="10"),
        point(number="2", text="Внести изменения", executor="sidorov", due="20.12.2026"),
    )

    done = approve(office, draft(office, *points, document=number))

    rows = office.as_("golova").call(LIST, ListAssignments()).rows
    assert done.state is DraftState.APPROVED
    assert {row.text for row in rows} == {"Представить отчёт", "Внести изменения"}
    assert {row.document_number for row in rows} == {number}
