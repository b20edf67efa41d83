"""Approvers added, skipped when late, and asked again because the route says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.approval_flow import RunState, TaskState
from sed_tui.domain.route_check import faults_of
from sed_tui.domain.route_text import read_route
from sed_tui.errors.approvals import AlreadyAsked, NoStageLeft, OwnApproval, TaskOver
from sed_tui.errors.drafts import NotOnApproval
from sed_tui.operations.approval_addition import ADD, AddApprover
from sed_tui.operations.approval_list import ESCALATE, EscalateApprovals
from tests.handlers.approvals import approve, begin, results, send_back, sheet_of, started
from tests.handlers.drafts import drafted, next_version
from tests.handlers.test_approval import answer

if TYPE_CHECKING:
    from sed_tui.operations import approval
    from sed_tui.operations.draft import Draft
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

LATE = """
code = "letters"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov", "kuznec"]
term = "1 рд"
skip_late = 2
[[stage]]
name = "Юрист"
kind = "legal_review"
performers = ["kontr"]
term = "1 рд"
"""


def add(office: Office, made: Draft, login: str, **fields: object) -> approval.ApprovalSheet:
    given = {"document": str(made.id), "approver": login, **fields}
    return office.as_("petrov").call(ADD, AddApprover.model_validate(given))


def escalate(office: Office) -> int:
    return office.as_("admin").call(ESCALATE, EscalateApprovals()).skipped


def test_one_more_approver_is_asked_at_once_or_in_his_turn(office: Office) -> None:
    made = started(office)
    add(office, made, "golova")
    later = add(office, made, "admin", stage="юрист", mandatory=True)

    assert results(later) == [
        *(("sidorov", "asked"), ("kuznec", "asked"), ("golova", "asked")),
        *(("kontr", "waiting"), ("admin", "waiting")),
    ]
    assert later.rows[-1].is_mandatory
    approve(office, made, "sidorov", "kuznec")
    assert sheet_of(office, made).rows[3].result is TaskState.WAITING
    done = approve(office, made, "golova", "kontr", "admin")
    assert done.state is RunState.APPROVED


def test_who_cannot_be_added_is_told_why(office: Office) -> None:
    waiting = drafted(office.as_("petrov"), flow="internal", addressees=[])
    made = started(office)
    for login, fields, failure in (
        ("sidorov", {}, AlreadyAsked),
        ("petrov", {}, OwnApproval),
        ("golova", {"stage": "Печать"}, NoStageLeft),
    ):
        with pytest.raises(failure):
            add(office, made, login, **fields)
    approve(office, made, "sidorov", "kuznec")
    with pytest.raises(NoStageLeft):
        add(office, made, "golova", stage="Визы")
    send_back(office, made, "kontr")
    with pytest.raises(NotOnApproval):
        add(office, made, "golova")
    assert waiting.stage == "draft"


def test_a_late_approver_is_skipped_and_a_lawyer_never(office: Office, clock: FixedClock) -> None:
    made = started(office, LATE)
    approve(office, made, "sidorov")
    clock.moment += timedelta(days=3)  # Thursday: the term was Tuesday
    assert escalate(office) == 0
    clock.moment += timedelta(days=1)
    assert escalate(office) == 1
    assert results(sheet_of(office, made)) == [
        *(("sidorov", "approved"), ("kuznec", "skipped_late")),
        ("kontr", "asked"),
    ]
    with pytest.raises(TaskOver):
        approve(office, made, "kuznec")
    clock.moment += timedelta(days=20)
    assert escalate(office) == 0
    send_back(office, made, "kontr")
    answer(office, made)
    again = begin(office, made)
    assert results(again, 2) == [("kuznec", "asked"), ("kontr", "waiting")]


def test_a_route_asks_everybody_again(office: Office) -> None:
    made = started(office, f'ask_again = "everybody"\n{LATE}')
    approve(office, made, "sidorov", "kuznec")
    send_back(office, made, "kontr")
    answer(office, made)

    assert len(results(begin(office, made), 2)) == 3


def test_a_version_meanwhile_begins_a_round_with_those_who_were_added(office: Office) -> None:
    made = started(office)
    add(office, made, "golova")
    approve(office, made, "golova")
    next_version(office.as_("petrov"), made, "Иной текст.\n")

    assert ("golova", "asked") in results(sheet_of(office, made), 2)


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ('kind = "legal_review"\nterm = "1 рд"\nskip_late = 1', "never_skipped"),
        ('kind = "approval"\nterm = "1 рд"\nskip_late = 1\nmandatory = true', "never_skipped"),
        ('kind = "signing"\nskip_late = 1', "never_skipped"),
        ('kind = "approval"\nskip_late = 1', "skip_without_term"),
        ('kind = "approval"\nterm = "1 рд"\nskip_late = -1', "skip_without_term"),
    ],
)
def test_who_may_never_be_skipped_is_a_fault_of_the_route(stage: str, code: str) -> None:
    text = f'code = "letters"\n[[stage]]\nperformers = ["a"]\n{stage}\n'

    assert [fault.code for fault in faults_of(read_route(text))] == [code]
