"""Approvals of any course: what is asked of whom agrees with a model, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sed_tui.domain.approval_flow import TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.errors import SedError
from sed_tui.operations import approval, route
from sed_tui.operations.registry import CallOptions
from tests.handlers.drafts import drafted, next_version

if TYPE_CHECKING:
    from sed_tui.operations.registry import Operation, RequestT, ResultT
    from tests.handlers.assignments import Office

ROUTE = """
code = "letters"
[[stage]]
kind = "approval"
performers = ["sidorov", "kuznec"]
[[stage]]
kind = "legal_review"
performers = ["kontr"]
keeps_on_immaterial = true
"""
FIRST, KEEPS = ("sidorov", "kuznec"), "kontr"
APPROVERS = (*FIRST, KEEPS)
BECAUSE = CallOptions(reason="Проверка")
people = st.sampled_from(APPROVERS)


class Approvals(RuleBasedStateMachine):
    """One draft on its way, and what should be asked of whom."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.made = drafted(self.office.as_("petrov"))
        self.stage, self.version, self.open_remarks, self.round = Stage.DRAFT, 1, 0, 0
        self.todo: list[str] = []
        self.agreed: dict[str, bool] = {}
        """Who agreed in this approval and stands; True for one who wants to check."""

    @rule(login=people, seen=st.sampled_from([0, 0, 0, 1]))
    def approve(self, login: str, seen: int) -> None:
        request = approval.ApproveDraft(document=self.id, version=max(self.version - seen, 1))
        done = self.tried(login, approval.APPROVE, request)
        assert done is (login in self.asked and request.version == self.version)
        if done:
            self.decided(login, to_check=False)

    @rule(login=people, check=st.booleans())
    def remark(self, login: str, check: bool) -> None:
        request = approval.RemarkDraft(
            document=self.id, version=self.version, comment="Замечание", to_check=check
        )
        done = self.tried(login, approval.REMARK, request)
        assert done is (login in self.asked)
        if done:
            self.open_remarks += 1
            self.decided(login, to_check=check)

    @rule(login=people)
    def send_back(self, login: str) -> None:
        request = approval.SendBackDraft(
            document=self.id, version=self.version, comment="Доработать"
        )
        done = self.tried(login, approval.REWORK, request)
        assert done is (login in self.asked)
        if done:
            self.open_remarks += 1
            self.agreed.pop(login, None)
            self.stage, self.todo = Stage.REWORK, []

    @rule(immaterial=st.booleans())
    def add_version(self, immaterial: bool) -> None:
        petrov, text = self.office.as_("petrov"), f"Текст {self.version + 1}"
        try:
            next_version(petrov, self.made, text, is_immaterial=immaterial)
        except SedError:
            assert self.stage is Stage.APPROVED
            return
        assert self.stage is not Stage.APPROVED
        self.version += 1
        before = len(self.agreed)
        self.agreed = {
            login: check for login, check in self.agreed.items() if immaterial and login == KEEPS
        }
        checking = any(self.agreed.values())
        if self.stage is Stage.ON_APPROVAL and (checking or len(self.agreed) < before):
            self.begin(everybody=False)

    @rule(everybody=st.booleans())
    def start(self, everybody: bool) -> None:
        request = approval.StartApproval(document=self.id, everybody=everybody)
        done = self.tried("petrov", approval.START, request)
        may = self.stage is Stage.DRAFT or (self.stage is Stage.REWORK and not self.open_remarks)
        assert done is may
        if done:
            if self.stage is Stage.DRAFT:
                self.agreed = {}
            self.begin(everybody=everybody)

    @rule()
    def answer(self) -> None:
        if self.stage in {Stage.ON_APPROVAL, Stage.REWORK}:
            for number in range(1, len(self.sheet().remarks) + 1 if self.round else 1):
                request = approval.AnswerRemark(document=self.id, remark=number, is_taken=True)
                assert self.tried("petrov", approval.ANSWER, request)
            self.open_remarks = 0

    @rule()
    def withdraw(self) -> None:
        request = approval.WithdrawApproval(document=self.id)
        done = self.tried("petrov", approval.WITHDRAW, request)
        assert done is (self.stage is not Stage.DRAFT)
        if done:
            self.stage, self.todo = Stage.DRAFT, []

    @invariant()
    def the_sheet_says_the_same(self) -> None:
        if not self.round:
            return
        sheet = self.sheet()
        asked = {row.approver_login for row in sheet.rows if row.result is TaskState.ASKED}
        assert (sheet.stage, sheet.round, sheet.version) == (self.stage, self.round, self.version)
        assert asked == self.asked
        assert all(row.approver_login != "petrov" for row in sheet.rows)

    @property
    def id(self) -> str:
        return str(self.made.id)

    @property
    def asked(self) -> set[str]:
        first = {login for login in self.todo if login in FIRST}
        return first or set(self.todo)

    def sheet(self) -> approval.ApprovalSheet:
        request = approval.ShowApproval(document=self.id)
        return self.office.as_("petrov").call(approval.SHOW, request)

    def tried(self, login: str, operation: Operation[RequestT, ResultT], request: RequestT) -> bool:
        try:
            self.office.as_(login).call(operation, request, BECAUSE)
        except SedError:
            return False
        return True

    def begin(self, *, everybody: bool) -> None:
        stands = [] if everybody else [who for who, check in self.agreed.items() if not check]
        self.agreed = {who: self.agreed[who] for who in stands}
        self.todo = [who for who in APPROVERS if who not in stands]
        self.round += 1
        self.stage = Stage.ON_APPROVAL if self.todo else Stage.APPROVED

    def decided(self, login: str, *, to_check: bool) -> None:
        self.agreed[login] = to_check
        self.todo.remove(login)
        if not self.todo:
            self.stage = Stage.APPROVED


def test_an_approval_of_any_course_asks_whom_it_should(office: Office) -> None:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=ROUTE))
    machine = type("ApprovalsOfOffice", (Approvals,), {"office": office})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=4,
            stateful_step_count=14,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
