"""After an approval: each stage of the route starts when the one before it has ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.approval_flow import RunState
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.route_following import StepState
from sed_tui.errors.drafts import NotSigned
from sed_tui.operations import (
    acquaintance,
    acquaintance_list,
    approval,
    approval_list,
    assignment_control,
    assignment_execution,
    assignment_list,
    dispatch,
    draft_registration,
    notify,
    route,
)
from sed_tui.operations.approval_steps import LIST, ListSteps
from sed_tui.operations.employee import EDIT, EditEmployee
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.signing_refusal import REFUSE, RefuseSigning
from tests.handlers.drafts import drafted

if TYPE_CHECKING:
    from sed_tui.operations.draft import Draft
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office
    from tests.handlers.signers import Signing

HEAD = "golova"
ROUTE = """
code = "letters"
[[stage]]
kind = "approval"
performers = ["kuznec"]
[[stage]]
kind = "signing"
term = "1 рд"
[[stage]]
kind = "registration"
[[stage]]
kind = "dispatch"
performers = ["admin"]
[[stage]]
kind = "acquaintance"
performers = ["sidorov", "kuznec"]
term = "3 рд"
[[stage]]
name = "Второй экземпляр"
kind = "return_control"
performers = ["sidorov"]
term = "10 рд"
"""
OVER, TO_DO, TO_COME = StepState.DONE, StepState.OPEN, StepState.WAITING


def approved(office: Office, text: str = ROUTE, **fields: Any) -> Draft:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=text))
    letter = drafted(office.as_("petrov"), **fields)
    office.as_("petrov").call(approval.START, approval.StartApproval(document=str(letter.id)))
    agree = approval.ApproveDraft(document=str(letter.id), version=1)
    office.as_("kuznec").call(approval.APPROVE, agree)
    return letter


def sheet_of(office: Office, letter: Draft) -> approval.ApprovalSheet:
    show = approval.ShowApproval(document=str(letter.id))
    return office.as_("petrov").call(approval.SHOW, show)


def states(office: Office, letter: Draft) -> list[StepState]:
    return [step.state for step in sheet_of(office, letter).steps]


def queue(office: Office, login: str) -> list[tuple[str, str]]:
    rows = office.as_(login).call(LIST, ListSteps()).rows
    return [(row.kind.value, row.subject) for row in rows]


def register(office: Office, letter: Draft, **fields: Any) -> Any:
    request = draft_registration.RegisterDraft.model_validate(
        {"document": str(letter.id), **fields}
    )
    return office.as_("admin").call(draft_registration.REGISTER, request)


def test_stage_after_stage_is_started_and_the_last_one_ends_the_route(
    signing_office: Signing,
) -> None:
    office = signing_office.office
    letter = approved(office)
    assert states(office, letter) == [TO_DO, *[TO_COME] * 4]
    assert queue(office, HEAD) == [("signing", letter.subject)]
    assert sheet_of(office, letter).steps[0].due is not None

    signing_office.sign(HEAD, signing_office.head, letter)
    assert states(office, letter) == [OVER, TO_DO, *[TO_COME] * 3]
    assert queue(office, HEAD) == []
    register(office, letter)
    assert states(office, letter) == [OVER, OVER, TO_DO, TO_COME, TO_COME]
    assert queue(office, "admin") == [("dispatch", letter.subject)]
    office.as_("admin").call(dispatch.DISPATCH, dispatch.DispatchDocument(document=str(letter.id)))
    assert states(office, letter) == [*[OVER] * 3, TO_DO, TO_COME]

    (reading,) = (
        office.as_("admin").call(acquaintance_list.LIST, acquaintance_list.ListAcquaintances()).rows
    )
    for login in ("sidorov", "kuznec"):
        confirm = acquaintance.ConfirmAcquaintance(acquaintance=str(reading.id))
        office.as_(login).call(acquaintance.CONFIRM, confirm)
    assert states(office, letter) == [*[OVER] * 4, TO_DO]

    (watch,) = (
        office.as_("sidorov").call(assignment_list.LIST, assignment_list.ListAssignments()).rows
    )
    assert (watch.text, watch.author) == (
        *("Control of return: Второй экземпляр",),
        sheet_of(office, letter).initiator,
    )
    report = assignment_execution.ReportAssignment(assignment=str(watch.id), text="Вернулся")
    office.as_("sidorov").call(assignment_execution.REPORT, report)
    accept = assignment_control.AcceptAssignment(assignment=str(watch.id))
    office.as_("petrov").call(assignment_control.ACCEPT, accept)

    done = sheet_of(office, letter)
    assert [step.state for step in done.steps] == [OVER] * 5
    assert (done.state, done.stage) == (RunState.COMPLETED, Stage.DISPATCHED)


def test_a_late_stage_is_told_to_whom_its_route_says_once(signing_office: Signing) -> None:
    office = signing_office.office
    named = ROUTE.replace('term = "1 рд"', 'term = "1 рд"\nlate_to = ["sidorov"]')
    approved(office, named)
    email = EditEmployee(employee="sidorov", changes={"email": "sidorov@example.org"})
    office.as_("admin").call(EDIT, email)
    office.clock.moment += timedelta(days=5)

    told = office.as_("admin").call(notify.DUE, notify.NotifyDue())
    assert told.letters == 1
    escalate = approval_list.EscalateApprovals()
    again = office.as_("admin").call(approval_list.ESCALATE, escalate)
    assert (again.late, again.letters) == (1, 0)


def test_a_letter_signed_on_paper_goes_past_signing_and_registration_at_once(
    office: Office, clock: FixedClock
) -> None:
    letter = approved(office)
    register(office, letter, signatory="Головин П.И.", signed_on=clock.now().date())

    assert states(office, letter) == [OVER, OVER, TO_DO, TO_COME, TO_COME]


def test_an_internal_document_is_signed_first_where_its_route_says_so(office: Office) -> None:
    letter = approved(office, flow="internal", addressees=[])
    with pytest.raises(NotSigned):
        register(office, letter)

    other = approved(
        office,
        ROUTE.replace('kind = "signing"', 'kind = "acquaintance"\nperformers = ["sidorov"]'),
        flow="internal",
        addressees=[],
    )
    assert register(office, other).number


def test_a_refusal_gives_up_what_was_to_follow_and_the_next_approval_starts_it_anew(
    office: Office,
) -> None:
    letter = approved(office)
    refuse = RefuseSigning(document=str(letter.id), version=1, comment="Нет даты")
    office.as_(HEAD).call(REFUSE, refuse)
    assert set(states(office, letter)) == {StepState.STOPPED}
    assert queue(office, HEAD) == []

    petrov = office.as_("petrov")
    answer = approval.AnswerRemark(document=str(letter.id), remark=1, is_taken=True)
    petrov.call(approval.ANSWER, answer)
    # nobody's agreement was voided, so nobody has to agree again
    petrov.call(approval.START, approval.StartApproval(document=str(letter.id)))
    assert states(office, letter)[5:] == [TO_DO, *[TO_COME] * 4]

    withdraw = approval.WithdrawApproval(document=str(letter.id))
    petrov.call(approval.WITHDRAW, withdraw, CallOptions(reason="Вопрос снят"))
    assert set(states(office, letter)) == {StepState.STOPPED}


def test_what_cannot_be_started_hinders_nothing_and_says_why(
    office: Office, clock: FixedClock
) -> None:
    text = ROUTE.replace(
        'performers = ["sidorov", "kuznec"]\nterm = "3 рд"',
        ('performers = ["sidorov", "kuznec"]\nterm = "20.12.2026"'),
    )
    letter = approved(office, text)
    clock.moment += timedelta(days=60)
    register(office, letter, signatory="Головин П.И.", signed_on=clock.now().date())
    office.as_("admin").call(dispatch.DISPATCH, dispatch.DispatchDocument(document=str(letter.id)))

    step = sheet_of(office, letter).steps[3]
    assert (step.state, step.note is not None) == (TO_DO, True)
