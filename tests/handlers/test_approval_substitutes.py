"""Who decides for an approver: a substitute, one he redirects to, one the initiator names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.approval_flow import ApprovalScope
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.substitution import Scope
from sed_tui.errors import NotFound
from sed_tui.errors.approvals import (
    AlreadyAsked,
    AlreadyDecided,
    CommentWanted,
    MandatoryApprover,
    NotAnApprover,
    NotAskedYet,
    OwnApproval,
)
from sed_tui.operations import approval
from sed_tui.operations.employee import ADD as ADD_PERSON
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import ADD, AddSubstitution
from tests.handlers.approvals import approve, queue, results, sheet_of, started
from tests.handlers.drafts import drafted
from tests.handlers.letters import TODAY

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


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
