"""Approvals: rounds, remarks, versions, substitutes, races and ends, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.domain.access import Role
from sed_tui.domain.approval_flow import ApprovalScope, RunState, TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.substitution import Scope
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.approvals import (
    AlreadyAsked,
    AlreadyDecided,
    ApprovalObstacles,
    CommentWanted,
    MandatoryApprover,
    NeverApproved,
    NoSuchRemark,
    NotAnApprover,
    NotAskedYet,
    OwnApproval,
    RejectionUnexplained,
    RemarksUnanswered,
)
from sed_tui.errors.drafts import AlreadyApproved, ApprovalUnderWay, VersionOutdated
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.operations import (
    approval,
    approval_list,
    draft,
    draft_registration,
    report_approvals,
    route,
)
from sed_tui.operations.employee import ADD as ADD_PERSON
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import ADD, AddSubstitution
from sed_tui.storage.database import open_database
from tests.handlers.drafts import drafted, next_version
from tests.handlers.letters import TODAY

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

BECAUSE = CallOptions(reason="Вопрос снят")
ROUTE = """
code = "letters"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov", "kuznec"]
term = "2 рд"
[[stage]]
name = "Юрист"
kind = "legal_review"
performers = ["kontr"]
term = "1 рд"
mandatory = true
keeps_on_immaterial = true
[[stage]]
kind = "signing"
"""


def started(office: Office, text: str = ROUTE, **fields: Any) -> draft.Draft:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=text))
    made = drafted(office.as_("petrov"), **fields)
    begin(office, made)
    return made


def begin(office: Office, made: draft.Draft, **fields: Any) -> approval.ApprovalSheet:
    request = approval.StartApproval(document=str(made.id), **fields)
    return office.as_("petrov").call(approval.START, request)


def approve(office: Office, made: draft.Draft, *logins: str, version: int = 1) -> Any:
    sheet = None
    for login in logins:
        request = approval.ApproveDraft(document=str(made.id), version=version)
        sheet = office.as_(login).call(approval.APPROVE, request)
    return sheet


def send_back(office: Office, made: draft.Draft, login: str, version: int = 1) -> Any:
    request = approval.SendBackDraft(
        document=str(made.id),
        version=version,
        comment="Доработать",
        remarks=(approval.RemarkGiven(text="Нет срока", clause="п. 2"),),
    )
    return office.as_(login).call(approval.REWORK, request)


def answer(office: Office, made: draft.Draft, number: int = 1, **fields: Any) -> Any:
    request = approval.AnswerRemark.model_validate(
        {"document": str(made.id), "remark": number, "is_taken": True, **fields}
    )
    return office.as_("petrov").call(approval.ANSWER, request)


def sheet_of(office: Office, made: draft.Draft, login: str = "petrov") -> approval.ApprovalSheet:
    return office.as_(login).call(approval.SHOW, approval.ShowApproval(document=str(made.id)))


def results(sheet: approval.ApprovalSheet, number: int = 1) -> list[tuple[str, str]]:
    return [(row.approver_login, row.result.value) for row in sheet.rows if row.round == number]


def queue(
    office: Office, login: str, scope: ApprovalScope = ApprovalScope.MINE
) -> list[approval_list.ApprovalRow]:
    request = approval_list.ListApprovals(scope=scope)
    return office.as_(login).call(approval_list.LIST, request).rows


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


def test_of_two_decisions_at_once_the_second_is_a_conflict(office: Office) -> None:
    made = started(office, ROUTE.replace(', "kuznec"', ""))
    request = approval.ApproveDraft(document=str(made.id), version=1)

    def decide(_place: int) -> int:
        try:
            office.as_("sidorov").call(approval.APPROVE, request)
        except SedError as refused:
            return refused.exit_code
        return 0

    office.as_("sidorov")
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == [0, 5]
    assert results(sheet_of(office, made))[0] == ("sidorov", TaskState.APPROVED.value)


def test_two_approvers_at_once_both_count(office: Office) -> None:
    made = started(office)
    people = [office.as_(login) for login in ("sidorov", "kuznec")]
    request = approval.ApproveDraft(document=str(made.id), version=1)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda person: person.call(approval.APPROVE, request), people))

    assert len(queue(office, "kontr")) == 1


def test_a_decision_beside_a_new_version_never_counts_for_it(office: Office) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    kuznec, petrov = office.as_("kuznec"), office.as_("petrov")

    def decide() -> None:
        request = approval.ApproveDraft(document=str(made.id), version=1)
        with suppress(VersionOutdated):
            kuznec.call(approval.APPROVE, request)

    with ThreadPoolExecutor(2) as pool:
        tasks: list[Future[Any]] = [
            pool.submit(decide),
            pool.submit(next_version, petrov, made, "Иной текст"),
        ]
        for task in tasks:
            task.result()
    asked = TaskState.ASKED.value
    assert results(sheet_of(office, made), 2)[:2] == [("sidorov", asked), ("kuznec", asked)]


def test_whoever_is_not_asked_does_not_decide(office: Office) -> None:
    made = started(office)

    with pytest.raises(NotAnApprover):
        approve(office, made, "golova")
    with pytest.raises(NotAskedYet):
        approve(office, made, "kontr")
    approve(office, made, "sidorov")
    with pytest.raises(AlreadyDecided):
        approve(office, made, "sidorov")
    with pytest.raises(CommentWanted):
        office.as_("kuznec").call(
            approval.REWORK, approval.SendBackDraft(document=str(made.id), version=1, comment=" ")
        )
    assert sheet_of(office, made).stage is Stage.ON_APPROVAL


def absent(office: Office, who: str, substitute: str) -> None:
    office.as_("admin").call(
        ADD,
        AddSubstitution(
            absent=who,
            substitute=substitute,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=5),
            scopes=(Scope.APPROVAL,),
        ),
    )


def test_a_substitute_decides_and_the_sheet_says_for_whom(office: Office) -> None:
    made = started(office)
    other = drafted(office.as_("sidorov"))
    admin = office.as_("admin")
    admin.call(ADD_PERSON, AddEmployee(login="kim", full_name="Ким А.Л.", roles=(Role.EXECUTOR,)))
    absent(office, "sidorov", "kim")
    assert len(queue(office, "kim", ApprovalScope.SUBSTITUTED)) == 1
    assert queue(office, "kim") == []
    row = approve(office, made, "kim").rows[0]

    assert (row.approver_login, row.on_behalf_of) == ("kim", "Сидоров Иван Иванович")
    with pytest.raises(NotFound):  # what else is Sidorov's stays his
        sheet_of(office, other, "kim")


def test_nobody_approves_for_himself_as_a_substitute(office: Office) -> None:
    made = started(office)
    absent(office, "sidorov", "petrov")

    with pytest.raises(OwnApproval) as refused:
        approve(office, made, "petrov")
    assert (refused.value.exit_code, results(sheet_of(office, made))[0][1]) == (4, "asked")


def test_an_approver_redirects_unless_he_is_obligatory(office: Office) -> None:
    made = started(office)
    request = approval.RedirectApproval(document=str(made.id), version=1, to="golova")

    for to, failure in (("petrov", OwnApproval), ("kuznec", AlreadyAsked)):
        other = request.model_copy(update={"to": to})
        with pytest.raises(failure):
            office.as_("sidorov").call(approval.REDIRECT, other)
    office.as_("sidorov").call(approval.REDIRECT, request)
    approve(office, made, "golova", "kuznec")
    with pytest.raises(MandatoryApprover):
        office.as_("kontr").call(approval.REDIRECT, request)


def test_the_initiator_names_another_for_one_who_has_left(office: Office) -> None:
    made = started(office)
    request = approval.RedirectApproval(
        document=str(made.id), version=1, to="golova", on_behalf_of="sidorov"
    )
    with pytest.raises(OwnApproval):
        office.as_("petrov").call(approval.REDIRECT, request)
    office.as_("admin").call(
        DISABLE, DisableEmployee(employee="sidorov"), CallOptions(reason="Уволен")
    )
    office.as_("petrov").call(approval.REDIRECT, request)

    assert len(queue(office, "golova")) == 1


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
