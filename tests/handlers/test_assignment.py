"""Assignments from issue to acceptance, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.assignment import AssignmentState, Urgency
from sed_tui.domain.flows import Control, Execution
from sed_tui.errors import NotFound
from sed_tui.errors.assignment_terms import TermEarlier
from sed_tui.errors.assignments import NotYourPart, OwnReport, WrongState
from sed_tui.errors.input import EmptyText
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment_control import ACCEPT, RETURN, AcceptAssignment, ReturnAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import LIST, ListAssignments
from tests.handlers.given_assignments import card, document

if TYPE_CHECKING:
    from sed_tui.operations.assignment_moved import AssignmentMoved
    from tests.handlers.assignments import Office


def report(office: Office, key: object, login: str = "petrov", **more: Any) -> AssignmentMoved:
    request = ReportAssignment(**{"assignment": str(key), "text": "Ответ направлен", **more})
    return office.as_(login).call(REPORT, request)


def accept(office: Office, key: object, login: str = "golova") -> AssignmentMoved:
    return office.as_(login).call(ACCEPT, AcceptAssignment(assignment=str(key)))


def send_back(
    office: Office, key: object, login: str = "golova", text: str = "Доработать", due: str = "10"
) -> AssignmentMoved:
    request = ReturnAssignment(assignment=str(key), text=text, due=due)
    return office.as_(login).call(RETURN, request)


def test_the_document_follows_its_assignments(office: Office) -> None:
    number = office.letter()
    first = office.issue(document=number)
    second = office.issue(document=number, executor="kuznec")
    issued = document(office, number)
    report(office, first.id)
    accept(office, first.id)
    halfway = document(office, number)
    report(office, second.id, "kuznec")
    accept(office, second.id)
    done = document(office, number)

    assert (issued.execution, issued.control) == (Execution.IN_WORK, Control.CONTROL)
    assert (halfway.execution, halfway.control) == (Execution.IN_WORK, Control.CONTROL)
    assert (done.execution, done.control) == (Execution.EXECUTED, Control.RELEASED)
    assert [row.state for row in done.assignments] == ["executed", "executed"]


def test_report_return_report_accept_is_kept_step_by_step(office: Office) -> None:
    issued = office.issue(due="01.12.2026", controller="kontr")
    report(office, issued.id, text="Готово")
    office.clock.moment += timedelta(days=1)
    returned = send_back(office, issued.id, "kontr", "Нет приложения", "5 рд")
    again = report(office, issued.id, text="Готово с приложением")
    office.clock.moment += timedelta(days=2)
    assert card(office, issued.id).waiting_days == 2
    accepted = accept(office, issued.id, "kontr")
    shown = card(office, issued.id)

    assert returned.due == date(2026, 12, 1)
    assert returned.reported_on is None
    assert again.state is AssignmentState.ACCEPTANCE
    assert accepted.state is AssignmentState.EXECUTED
    assert [event.event for event in shown.history] == [
        "issue",
        "report",
        "return",
        "report",
        "accept",
    ]
    assert [event.text for event in shown.history] == [
        None,
        "Готово",
        "Нет приложения",
        "Готово с приложением",
        None,
    ]
    assert shown.reported_on == date(2026, 11, 24)
    assert (shown.control, shown.sign) == ("released", Urgency.CLOSED)


def test_what_nobody_accepts_is_executed_by_the_report(office: Office) -> None:
    for fields in ({"due": "без срока"}, {"executor": "golova"}):
        issued = office.issue(**fields)
        moved = report(office, issued.id, fields.get("executor", "petrov"))
        assert moved.state is AssignmentState.EXECUTED
        assert card(office, issued.id).control == "none"


def test_nobody_accepts_his_own_report(office: Office) -> None:
    issued = office.issue(by="petrov", executor="petrov", controller="kontr")
    assert report(office, issued.id).state is AssignmentState.ACCEPTANCE

    with pytest.raises(OwnReport):
        accept(office, issued.id, "petrov")
    with pytest.raises(OwnReport):
        send_back(office, issued.id, "petrov", due="25.12.2026")


def test_only_the_executor_reports_and_only_author_or_controller_accepts(office: Office) -> None:
    issued = office.issue(controller="kontr", document=office.letter(), co_executors=("sidorov",))
    for login in ("golova", "sidorov", "kontr"):
        with pytest.raises(NotYourPart):
            report(office, issued.id, login)
    report(office, issued.id)
    with pytest.raises(NotYourPart):
        accept(office, issued.id, "sidorov")
    with pytest.raises(NotFound):
        accept(office, issued.id, "kuznec")

    assert accept(office, issued.id, "golova").state is AssignmentState.EXECUTED


def test_steps_out_of_order_are_refused(office: Office) -> None:
    issued = office.issue()
    with pytest.raises(WrongState):
        accept(office, issued.id)
    report(office, issued.id)
    with pytest.raises(WrongState):
        report(office, issued.id)
    accept(office, issued.id)
    for step in (report, accept, send_back):
        with pytest.raises(WrongState) as failure:
            step(office, issued.id)
        assert failure.value.exit_code == 6


def test_an_empty_report_is_refused_and_nothing_happens(office: Office) -> None:
    issued = office.issue()
    for text in ("", "  ", "\u00a0\n "):
        with pytest.raises(EmptyText):
            report(office, issued.id, text=text)

    assert card(office, issued.id).state is AssignmentState.IN_WORK


def test_a_return_wants_words_and_a_term_not_before_the_planned_one(office: Office) -> None:
    issued = office.issue(due="10.12.2026")
    report(office, issued.id)
    with pytest.raises(EmptyText):
        send_back(office, issued.id, text=" ")
    with pytest.raises(EmptyText):
        send_back(office, issued.id, due=" ")
    with pytest.raises(TermEarlier):
        send_back(office, issued.id, due="09.12.2026")
    with pytest.raises(TermEarlier):
        send_back(office, issued.id, due="без срока")

    assert send_back(office, issued.id, due="10.12.2026").state is AssignmentState.REWORK


def test_a_return_with_a_term_that_is_over_only_warns(office: Office) -> None:
    issued = office.issue(due="24.11.2026")
    report(office, issued.id)
    office.clock.moment += timedelta(days=7)
    returned = send_back(office, issued.id, due="25.11.2026")

    assert returned.due == date(2026, 11, 25)
    assert returned.warnings == ["The new term 25.11.2026 is over already."]
    assert card(office, issued.id).sign is Urgency.OVERDUE


def test_a_step_on_an_old_version_is_a_conflict(office: Office) -> None:
    issued = office.issue()
    report(office, issued.id, version=1)
    with pytest.raises(ChangedMeanwhile) as failure:
        office.as_("golova").call(ACCEPT, AcceptAssignment(assignment=str(issued.id), version=1))

    told = {one["field"]: one for one in failure.value.as_problem()["differences"]}
    assert failure.value.exit_code == 5
    assert {"state", "reported_on"} <= told.keys() <= {"state", "reported_on", "control"}
    assert (told["state"]["now"], told["state"]["yours"]) == ("acceptance", "in_work")


def test_the_card_tells_which_steps_are_ones_own(office: Office) -> None:
    issued = office.issue(controller="kontr")
    assert card(office, issued.id, "petrov").steps == [
        *("report", "interim", "redirect", "extend"),
    ]
    assert card(office, issued.id, "golova").steps == ["ask", "amend", "stop"]
    report(office, issued.id)

    assert card(office, issued.id, "petrov").steps == []
    assert card(office, issued.id, "kontr").steps == ["accept", "release", "return"]


def test_an_assignment_is_found_by_its_short_id(office: Office) -> None:
    issued = office.issue()
    [row] = office.as_("petrov").call(LIST, ListAssignments()).rows

    assert card(office, row.short_id).id == issued.id
    with pytest.raises(NotFound):
        card(office, row.short_id, "kuznec")
    with pytest.raises(NotFound):
        card(office, "не номер")


def test_every_step_has_one_audit_entry(office: Office) -> None:
    from sqlalchemy import select
    from sqlmodel import col

    from sed_tui.storage.database import open_database
    from sed_tui.storage.tables.audit import AuditEventTable

    issued = office.issue()
    report(office, issued.id)
    send_back(office, issued.id, due="25.12.2026")
    report(office, issued.id)
    accept(office, issued.id)
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        events = db.scalars(
            select(col(AuditEventTable.event))
            .where(col(AuditEventTable.object_id) == str(issued.id))
            .order_by(col(AuditEventTable.seq))
        ).all()
    engine.dispose()

    assert events == ["issue", "report", "return", "report", "accept"]


def test_two_last_reports_accepted_at_once_close_the_document(office: Office) -> None:
    number = office.letter()
    keys = [office.issue(document=number, executor=login).id for login in ("petrov", "kuznec")]
    for key, login in zip(keys, ("petrov", "kuznec"), strict=True):
        report(office, key, login)
    together = Barrier(2)

    def take(place: int) -> None:
        gateway = LocalGateway(replace(office.settings, login="golova"), office.clock)
        together.wait()
        gateway.call(ACCEPT, AcceptAssignment(assignment=str(keys[place])))
        gateway.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, range(2)))

    assert document(office, number).execution is Execution.EXECUTED
    assert document(office, number).control is Control.RELEASED


def test_of_two_who_accept_at_once_one_is_told(office: Office) -> None:
    key = office.issue(controller="kontr").id
    report(office, key)
    together = Barrier(2)

    def take(login: str) -> str:
        gateway = LocalGateway(replace(office.settings, login=login), office.clock)
        together.wait()
        try:
            return gateway.call(ACCEPT, AcceptAssignment(assignment=str(key))).state
        except (ChangedMeanwhile, WrongState) as failure:
            return failure.code
        finally:
            gateway.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(take, ("golova", "kontr")))

    assert "executed" in answers
    assert len(set(answers)) == 2
    assert [step.event for step in card(office, key).history] == ["issue", "report", "accept"]


def test_on_an_official_use_card_the_text_is_for_its_people_and_the_cleared(
    office: Office,
) -> None:
    number = office.letter(confidentiality="official")
    issued = office.issue(document=number)

    for login, seen in (("admin", True), ("petrov", True), ("golova", True), ("kontr", False)):
        expected = "Подготовить ответ" if seen else "For official use only"
        assert document(office, number, login).assignments[0].text == expected
        assert card(office, issued.id, login).text == expected
        [row] = office.as_(login).call(LIST, ListAssignments()).rows
        assert row.text == expected
