"""Every step of an assignment and every rule A1–A16, through the operations, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.assignment import AssignmentState, Urgency
from sed_tui.domain.flows import Control, Execution
from sed_tui.errors import SedError
from sed_tui.operations.assignment_policy import SET, SetPolicy
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.report import OVERDUE, ReportOverdue
from tests.handlers.assignment_acts import LATER, NEXT, family, issue, refuse
from tests.handlers.letters import letter, outgoing

if TYPE_CHECKING:
    from tests.handlers.assignment_acts import Acts

S = AssignmentState


def test_a2_a_return_needs_words_and_a_term_not_before_the_planned(acts: Acts) -> None:
    key = issue(acts)
    acts.take("report", "petrov", key)
    refuse(acts, "empty_text", 3, "give_back", "golova", key, text=" ")
    refuse(acts, "empty_text", 3, "give_back", "golova", key, due="")
    refuse(acts, "term_earlier", 3, "give_back", "golova", key, due="30.11.2026")

    moved = acts.take("give_back", "golova", key, due="08.12.2026")

    assert (moved.state, moved.due, moved.reported_on) == (S.REWORK, LATER, None)
    assert acts.card(key).shifts == 1


def test_a3_a_helpers_term_is_not_after_the_executors(acts: Acts) -> None:
    key = issue(acts, co_executors=("sidorov",), co_due="27.11.2026")
    refuse(acts, "co_term_too_late", 3, "amend", "golova", key, "x", co_due="08.12.2026")
    refuse(acts, "co_term_too_late", 3, "amend", "golova", key, "x", due="26.11.2026")
    refuse(acts, "due_in_the_past", 3, "amend", "golova", key, "x", co_due="20.11.2026")


def test_a4_a_child_after_its_parent_is_warned_of_or_forbidden(acts: Acts) -> None:
    key = issue(acts)
    late = {"executor": "sidorov", "due": "08.12.2026", "parent": key}
    warned = acts.office.issue("petrov", **late)
    acts.office.as_("admin").call(SET, SetPolicy.model_validate({"child_term": "forbid"}))
    before = acts.everything()
    with pytest.raises(SedError) as refused:
        acts.office.issue("petrov", **late)

    assert "01.12.2026" in warned.warnings[0]
    assert (refused.value.code, refused.value.exit_code) == ("child_term_too_late", 3)
    assert acts.everything() == before
    refuse(acts, "child_term_too_late", 3, "amend", "petrov", warned.id, "x", due="09.12.2026")


@pytest.mark.parametrize("step", ["report", "stop"])
def test_a5_live_children_are_stopped_or_left_by_decision(acts: Acts, step: str) -> None:
    who, reason = ("petrov", None) if step == "report" else ("golova", "Утратило смысл")
    for decision in ("stop", "leave"):
        key, children = family(acts)
        refuse(acts, "children_alive", 6, step, who, key, reason)
        moved = acts.take(step, who, key, reason, children=decision)
        found = [acts.card(child) for child in children]

        if decision == "stop":
            assert moved.stopped_children == len(children)
            assert {card.state for card in found} == {S.STOPPED}
            assert {card.history[-1].event for card in found} == {"stop_automatically"}
        else:
            assert moved.stopped_children == 0
            assert {card.state for card in found} == {S.IN_WORK}


def test_a6_nobody_issues_for_others_without_the_right(acts: Acts) -> None:
    before = acts.everything()
    for by, fields, code in (
        ("petrov", {"author": "golova", "executor": "sidorov"}, "foreign_author"),
        ("petrov", {"executor": "kuznec"}, "no_right_over_executor"),
    ):
        with pytest.raises(SedError) as refused:
            acts.office.issue(by, **fields)
        assert (refused.value.code, refused.value.exit_code) == (code, 4)
    assert acts.everything() == before


def test_a7_an_amendment_has_a_reason_a_giver_and_an_open_assignment(acts: Acts) -> None:
    key = issue(acts, co_executors=("sidorov",))
    refuse(acts, "reason_needed", 3, "amend", "golova", key, due="08.12.2026")
    refuse(acts, "not_your_part", 4, "amend", "petrov", key, "x", due="08.12.2026")
    refuse(acts, "nothing_to_amend", 3, "amend", "golova", key, "x", text="Подготовить ответ")
    refuse(acts, "changed_meanwhile", 5, "amend", "golova", key, "x", due="10", version=7)

    acts.take(
        "amend", "golova", key, "Уточнено", text="Ответить", executor="kuznec",
        controller="kontr", co_executors=(), observers=("sidorov",), due="08.12.2026",
        control="special",
    )  # fmt: skip

    card = acts.card(key)
    assert (card.text, card.due, card.shifts, card.control) == ("Ответить", LATER, 1, "special")
    assert card.executor_login == "kuznec"
    assert card.controller == "Контролёрова Ольга Петровна"
    assert (card.co_executors, card.observers) == ([], ["Сидоров Иван Иванович"])
    assert card.history[-1].text == "Уточнено"


def test_a7_what_waits_for_acceptance_keeps_executor_and_term(acts: Acts) -> None:
    key = issue(acts)
    acts.take("report", "petrov", key)
    refuse(acts, "fixed_on_acceptance", 6, "amend", "golova", key, "x", executor="sidorov")
    refuse(acts, "fixed_on_acceptance", 6, "amend", "golova", key, "x", due="08.12.2026")
    refuse(acts, "fixed_on_acceptance", 6, "amend", "golova", key, "x", control="none")
    acts.take("amend", "golova", key, "x", controller="kontr")
    acts.take("accept", "kontr", key)

    refuse(acts, "assignment_state", 6, "amend", "golova", key, "x", text="Поздно")


def test_a9_executor_and_controller_forward_their_parts(acts: Acts) -> None:
    key = issue(acts, controller="kontr", document=acts.office.letter())
    refuse(acts, "not_your_part", 4, "redirect", "golova", key, to="sidorov")
    refuse(acts, "already_his", 5, "redirect", "petrov", key, to="petrov")
    refuse(acts, "same_person_twice", 3, "redirect", "petrov", key, to="kontr")
    acts.take("redirect", "petrov", key, "По подведомственности", to="sidorov")
    acts.take("redirect", "kontr", key, to="pomosh", control=True)

    card = acts.card(key, "sidorov")
    assert (card.executor_login, card.due) == ("sidorov", NEXT)
    assert card.controller == "Помощникова Анна Юрьевна"
    assert [event.event for event in card.history[-2:]] == ["redirect", "redirect_control"]
    refuse(acts, "not_your_part", 4, "report", "petrov", key)


def test_a9_nobody_forwards_to_the_only_one_who_accepts(acts: Acts) -> None:
    refuse(acts, "nobody_accepts", 3, "redirect", "petrov", issue(acts), to="golova")


def test_a10_only_the_giver_changes_the_term(acts: Acts) -> None:
    key = issue(acts, "pomosh", author="golova", controller="kontr")
    acts.take("extend", "petrov", key, "Ждём ответа района", due="08.12.2026")
    for who in ("petrov", "kontr"):
        refuse(acts, "not_your_part", 4, "grant", who, key)

    assert acts.take("grant", "pomosh", key).due == LATER


def test_a12_a_term_without_a_report_is_overdue_and_stays_on_control(acts: Acts) -> None:
    key = issue(acts)
    acts.take("inform", "petrov", key)
    acts.office.clock.moment += timedelta(days=14)

    card = acts.card(key)
    assert (card.sign, card.control) == (Urgency.OVERDUE, "control")


def test_a13_special_control_ends_with_a_proof(acts: Acts) -> None:
    answer = acts.office.letter("01-24/7")
    key = issue(acts, control="special", document=acts.office.letter())
    acts.take("report", "petrov", key)
    refuse(acts, "proof_needed", 6, "accept", "golova", key)
    refuse(acts, "empty_text", 3, "release", "golova", key, proof=" ")
    acts.take("release", "golova", key, proof=answer, comment="Заявитель уведомлён")

    card = acts.card(key)
    assert (card.state, card.control, card.proof) == (S.EXECUTED, "released", answer)
    assert [result.document_number for result in card.results] == [answer]


def test_a13_the_interested_party_is_informed_or_that_is_said(acts: Acts) -> None:
    registrar = acts.office.as_("admin")
    asked = registrar.call(REGISTER, letter())
    keys = [issue(acts, document=asked.number) for _ in range(2)]
    below = issue(acts, "petrov", executor="sidorov", document=asked.number, parent=str(keys[0]))
    acts.take("report", "sidorov", below)
    divided = acts.take("accept", "petrov", below)
    for key in keys:
        acts.take("report", "petrov", key)
    silent = acts.take("accept", "golova", keys[0])
    registrar.call(REGISTER, outgoing(in_reply_to=asked.number))
    answered = acts.take("release", "golova", keys[1])

    assert divided.warnings == answered.warnings == []
    assert len(silent.warnings) == 1
    assert "interested party" in silent.warnings[0]


def test_a14_the_controlling_person_takes_off_and_nobody_his_own(acts: Acts) -> None:
    key = issue(acts, controller="kontr")
    refuse(acts, "assignment_state", 6, "accept", "kontr", key)
    acts.take("report", "petrov", key)
    refuse(acts, "own_report", 4, "accept", "petrov", key)
    refuse(acts, "own_report", 4, "release", "petrov", key)
    refuse(acts, "not_your_part", 4, "accept", "pomosh", key)

    assert acts.take("accept", "kontr", key, proof="Акт № 7").state is S.EXECUTED


def test_a15_a16_the_accepted_report_dates_the_execution(acts: Acts) -> None:
    key = issue(acts, due="27.11.2026")
    acts.take("report", "petrov", key)
    acts.office.clock.moment += timedelta(days=7)
    waiting = acts.card(key)
    acts.take("accept", "golova", key)

    assert (waiting.sign, waiting.waiting_days) == (Urgency.WAITING, 7)
    assert acts.card(key).reported_on == date(2026, 11, 23)


def test_a_question_in_mid_term_touches_neither_term_nor_state(acts: Acts) -> None:
    key = issue(acts, controller="kontr")
    refuse(acts, "nothing_asked", 6, "answer", "petrov", key)
    refuse(acts, "due_in_the_past", 3, "ask", "kontr", key, answer_by="2026-11-20")
    acts.take("ask", "kontr", key, answer_by="2026-11-25")
    refuse(acts, "already_asked", 5, "ask", "golova", key)
    refuse(acts, "not_your_part", 4, "answer", "golova", key)
    acts.take("answer", "petrov", key)
    acts.take("return_answer", "kontr", key)
    acts.take("answer", "petrov", key, text="И по району тоже")
    acts.take("accept_answer", "golova", key)
    refuse(acts, "nothing_asked", 6, "accept_answer", "golova", key)

    card = acts.card(key)
    assert (card.state, card.due, card.shifts) == (S.IN_WORK, NEXT, 0)
    assert [one.state for one in card.status_requests] == ["accepted"]
    assert card.status_requests[0].comment == "А по району?"


def test_what_is_stopped_is_over_for_everybody(acts: Acts) -> None:
    number = acts.office.letter()
    key = issue(acts, document=number, controller="kontr")
    acts.take("extend", "petrov", key, "x", due="08.12.2026")
    acts.take("ask", "kontr", key)
    refuse(acts, "reason_needed", 3, "stop", "golova", key)
    refuse(acts, "not_your_part", 4, "stop", "kontr", key, "x")
    acts.take("stop", "golova", key, "Отозвано заявителем")
    acts.office.clock.moment += timedelta(days=30)

    card = acts.card(key)
    assert (card.state, card.control, card.sign) == (S.STOPPED, "released", Urgency.CLOSED)
    assert (card.extensions[0].state, card.status_requests[0].state) == ("lapsed", "lapsed")
    refuse(acts, "assignment_state", 6, "report", "petrov", key)
    letter = acts.office.as_("admin").call(SHOW_DOCUMENT, ShowDocument(document=number))
    assert (letter.execution, letter.control) == (Execution.STOPPED, Control.RELEASED)
    assert acts.office.as_("admin").call(OVERDUE, ReportOverdue()).rows == []
    past = ReportOverdue(as_of=date(2026, 11, 22))
    assert acts.office.as_("admin").call(OVERDUE, past).rows == []


def test_the_card_offers_the_steps_of_each_person(acts: Acts) -> None:
    key = issue(acts, controller="kontr", co_executors=("sidorov",))

    assert acts.card(key, "petrov").steps == ["report", "interim", "redirect", "extend"]
    assert acts.card(key, "sidorov").steps == ["contribute"]
    assert "redirect_control" in acts.card(key, "kontr").steps
    assert acts.card(key, "pomosh").steps == []
    acts.take("ask", "kontr", key)
    acts.take("extend", "petrov", key, "x", due="08.12.2026")
    assert acts.card(key, "petrov").steps == ["report", "interim", "answer", "redirect"]
    assert acts.card(key, "golova").steps == ["amend", "grant", "deny", "stop"]


def test_an_observer_sees_and_does_nothing(acts: Acts) -> None:
    key = issue(acts, observers=("kuznec",))

    assert acts.card(key, "kuznec").steps == []
    refuse(acts, "not_found", 4, "report", "sidorov", key)


def test_the_giver_is_told_who_is_absent_at_the_term(acts: Acts) -> None:
    acts.execute(
        "INSERT INTO substitution (id, organization_id, absent_id, starts_on, ends_on, scope, "
        "set_by, created_at, version) SELECT id, organization_id, id, '2026-11-30', '2026-12-13', "
        "'all', id, created_at, 1 FROM employee WHERE login = 'petrov'"
    )
    warned = acts.office.issue(due="01.12.2026")
    silent = acts.office.issue(due="27.11.2026")
    later = acts.take("amend", "golova", silent.id, "x", due="08.12.2026")

    assert "Петров Василий Сергеевич" in warned.warnings[0]
    assert silent.warnings == []
    assert "08.12.2026" in later.warnings[0]


@pytest.mark.local_only("puts a substitute in the place of who acts in this process")
def test_steps_keep_for_whom_they_were_taken(acts: Acts, monkeypatch: pytest.MonkeyPatch) -> None:
    key = issue(acts, controller="kontr")
    stand_in(acts, monkeypatch, "pomosh", "petrov")
    acts.take("report", "pomosh", key)
    stand_in(acts, monkeypatch, "pomosh", "kontr")
    refuse(acts, "own_report", 4, "accept", "pomosh", key)

    event = acts.card(key).history[-1]
    assert (event.actor, event.on_behalf_of) == (
        "Помощникова Анна Юрьевна",
        "Петров Василий Сергеевич",
    )
    entries = acts.office.as_("admin").call(AUDIT, ListAudit(limit=50)).rows
    assert [e.on_behalf_of for e in entries if e.event == "report"] == ["petrov"]


def stand_in(acts: Acts, monkeypatch: pytest.MonkeyPatch, who: str, absent: str) -> None:
    """Let a person stand in for another one from now on."""
    from dataclasses import replace

    from sed_tui.gateway import local
    from sed_tui.storage.actors import find_actor

    person = acts.office.ids[absent]

    def find(*args: Any, **more: Any) -> Any:
        actor = find_actor(*args, **more)
        return replace(actor, stands_for=frozenset({person})) if actor.login == who else actor

    monkeypatch.setattr(local, "find_actor", find)
