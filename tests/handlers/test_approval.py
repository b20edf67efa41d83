"""Approvals: rounds, remarks, versions, substitutes, races and ends, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.domain.approval_flow import ApprovalScope, RunState, TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.errors.approvals import (
    AlreadyDecided,
    ApprovalObstacles,
    NeverApproved,
    NoSuchRemark,
    RejectionUnexplained,
    RemarksUnanswered,
)
from sed_tui.errors.drafts import AlreadyApproved, ApprovalUnderWay, VersionOutdated
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.operations import approval, approval_list, draft, draft_registration, route
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import ADD, AddSubstitution
from sed_tui.storage.database import open_database
from tests.handlers.approvals import (
    ROUTE,
    approve,
    begin,
    queue,
    results,
    send_back,
    sheet_of,
    started,
)
from tests.handlers.drafts import drafted, next_version
from tests.handlers.letters import TODAY

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

BECAUSE = CallOptions(reason="Вопрос снят")


def answer(office: Office, made: draft.Draft, number: int = 1, **fields: Any) -> Any:
    request = approval.AnswerRemark.model_validate(
        {"document": str(made.id), "remark": number, "is_taken": True, **fields}
    )
    return office.as_("petrov").call(approval.ANSWER, request)


def test_stage_after_stage_agrees_and_the_document_is_approved(office: Office) -> None:
    made = started(office)
    assert [row.approver for row in queue(office, "sidorov")] == ["Сидоров Иван Иванович"]
    assert queue(office, "kontr") == []
    assert len(queue(office, "petrov", ApprovalScope.STARTED)) == 2
    sheet = approve(office, made, "kuznec", "sidorov", "kontr")

    assert (sheet.state, sheet.stage) == (RunState.APPROVED, Stage.APPROVED)
    assert [row.version for row in sheet.rows] == [1, 1, 1]
    assert [stage.kind.value for stage in sheet.following] == ["signing"]
    request = draft_registration.RegisterDraft(
        document=str(made.id), signatory="Головин П.И.", signed_on=TODAY
    )
    assert office.as_("admin").call(draft_registration.REGISTER, request).number == "05-11/1"


def test_two_rounds_with_remarks(office: Office) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    sheet = send_back(office, made, "kuznec")
    assert (sheet.stage, sheet.state) == (Stage.REWORK, RunState.REWORK)
    assert [(one.clause, one.text) for one in sheet.remarks] == [("п. 2", "Нет срока")]

    with pytest.raises(RemarksUnanswered):
        begin(office, made)
    assert answer(office, made, text="Срок указан").disagreements == []
    next_version(office.as_("petrov"), made, "Со сроком")
    again = begin(office, made)
    assert again.round == 2
    # the new version voided what Sidorov agreed to
    asked, waits = TaskState.ASKED.value, TaskState.WAITING.value
    assert results(again, 2) == [("sidorov", asked), ("kuznec", asked), ("kontr", waits)]
    assert approve(office, made, "sidorov", "kuznec", "kontr", version=2).stage is Stage.APPROVED


def test_without_a_new_version_those_who_agreed_are_not_asked_again(office: Office) -> None:
    made = started(office)
    request = approval.RemarkDraft(
        document=str(made.id), version=1, comment="Проверить даты", to_check=False
    )
    office.as_("sidorov").call(approval.REMARK, request)
    send_back(office, made, "kuznec")
    answer(office, made, 1, is_taken=False, text="Даты верны")
    answer(office, made, 2)
    sheet = begin(office, made)

    assert [login for login, _result in results(sheet, 2)] == ["kuznec", "kontr"]
    assert sheet.disagreements == [1]
    withdrawn = office.as_("petrov").call(
        approval.WITHDRAW, approval.WithdrawApproval(document=str(made.id)), BECAUSE
    )
    assert (withdrawn.stage, withdrawn.state) == (Stage.DRAFT, RunState.WITHDRAWN)
    assert begin(office, made).round == 3


def test_everybody_is_asked_again_when_the_initiator_says_so(office: Office) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    send_back(office, made, "kuznec")
    answer(office, made)

    asked = results(begin(office, made, everybody=True), 2)
    assert [login for login, _result in asked] == ["sidorov", "kuznec", "kontr"]


def test_a_version_during_an_approval_voids_what_was_agreed_to(office: Office) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    next_version(office.as_("petrov"), made, "Иной текст")

    with pytest.raises(VersionOutdated) as outdated:
        approve(office, made, "kuznec")
    assert outdated.value.exit_code == 5
    sheet = sheet_of(office, made)
    assert (sheet.round, sheet.stage) == (2, Stage.ON_APPROVAL)
    assert len(queue(office, "sidorov")) == 1


def test_a_misprint_keeps_the_agreement_of_a_stage_that_allows_it(office: Office) -> None:
    text = ROUTE.replace('"sidorov", "kuznec"', '"sidorov"').replace(
        'term = "2 рд"', "keeps_on_immaterial = true"
    )
    made = started(office, text)
    approve(office, made, "sidorov")
    next_version(office.as_("petrov"), made, "Опечатка исправлена", is_immaterial=True)

    sheet = sheet_of(office, made)
    assert sheet.round == 1
    assert approve(office, made, "kontr", version=2).stage is Stage.APPROVED
    assert [row.version for row in sheet_of(office, made).rows] == [1, 2]


def test_pages_of_a_queue_follow_each_other(office: Office) -> None:
    first = started(office)
    second = drafted(office.as_("petrov"))
    begin(office, second)

    def page(after: str | None) -> approval_list.ApprovalPage:
        request = approval_list.ListApprovals(limit=1, after=after)
        return office.as_("sidorov").call(approval_list.LIST, request)

    one = page(None)
    two = page(one.next)
    assert {row.document_id for row in (*one.rows, *two.rows)} == {first.id, second.id}
    assert two.next is None


def test_what_stands_against_a_start_is_told_and_nothing_starts(office: Office) -> None:
    made = started(office)
    office.as_("petrov").call(
        approval.WITHDRAW, approval.WithdrawApproval(document=str(made.id)), BECAUSE
    )
    office.as_("admin").call(ADD, AddSubstitution(absent="kontr", starts_on=TODAY, ends_on=TODAY))

    with pytest.raises(ApprovalObstacles) as refused:
        begin(office, made)
    assert (refused.value.exit_code, sheet_of(office, made).round) == (6, 1)


def test_on_approval_a_document_is_neither_discarded_nor_started_again(office: Office) -> None:
    made = started(office)
    petrov = office.as_("petrov")

    with pytest.raises(ApprovalUnderWay):
        petrov.call(draft.DISCARD, draft.DiscardDraft(document=str(made.id)), BECAUSE)
    with pytest.raises(ApprovalUnderWay):
        begin(office, made)
    with pytest.raises(ReasonNeeded):
        petrov.call(approval.WITHDRAW, approval.WithdrawApproval(document=str(made.id)))
    approve(office, made, "sidorov", "kuznec", "kontr")
    with pytest.raises(AlreadyApproved):
        next_version(petrov, made, "Задним числом")
    with pytest.raises(AlreadyDecided):
        approve(office, made, "kontr")


def test_a_rule_changed_during_an_approval_does_not_touch_it(office: Office) -> None:
    made = started(office)
    other = ROUTE.replace('"sidorov", "kuznec"', '"golova"')
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=other))

    sheet = approve(office, made, "sidorov", "kuznec", "kontr")
    assert (sheet.stage, sheet.route_version) == (Stage.APPROVED, 1)


def test_an_unknown_remark_and_a_document_never_approved_are_not_found(office: Office) -> None:
    made = started(office)
    with pytest.raises(NoSuchRemark):
        answer(office, made, 7)
    send_back(office, made, "kuznec")
    with pytest.raises(RejectionUnexplained):
        answer(office, made, 1, is_taken=False)
    with pytest.raises(NeverApproved):
        sheet_of(office, drafted(office.as_("petrov")))


def test_heads_hear_of_late_approvals_once(office: Office) -> None:
    made = started(office)
    _give_addresses(office)
    office.clock.moment += timedelta(days=4)
    admin = office.as_("admin")
    first = admin.call(approval_list.ESCALATE, approval_list.EscalateApprovals())
    again = admin.call(approval_list.ESCALATE, approval_list.EscalateApprovals())

    assert (first.late, first.letters, again.letters) == (2, 2, 0)
    assert {row.delay_days for row in sheet_of(office, made).rows} == {2, None}
    assert all(row.is_overdue for row in queue(office, "sidorov"))


def test_those_who_had_a_part_hear_of_a_withdrawal(office: Office) -> None:
    made = started(office)
    _give_addresses(office)
    approve(office, made, "sidorov")
    office.as_("petrov").call(
        approval.WITHDRAW, approval.WithdrawApproval(document=str(made.id)), BECAUSE
    )

    assert _recipients(office) == {"sidorov@example.org", "kuznec@example.org"}


def _give_addresses(office: Office) -> None:
    engine = open_database(office.settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(text("UPDATE employee SET email = login || '@example.org'"))
    engine.dispose()


def _recipients(office: Office) -> set[str]:
    engine = open_database(office.settings.database)
    with engine.begin() as db:
        found = set(db.scalars(text("SELECT recipient FROM outgoing_mail")))
    engine.dispose()
    return found
