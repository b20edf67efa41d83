"""Approvals as tests walk through them: started, agreed to, sent back, looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import ApprovalScope
from sed_tui.operations import approval, approval_list, draft, route
from tests.handlers.drafts import drafted

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

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


def sheet_of(office: Office, made: draft.Draft, login: str = "petrov") -> approval.ApprovalSheet:
    return office.as_(login).call(approval.SHOW, approval.ShowApproval(document=str(made.id)))


def results(sheet: approval.ApprovalSheet, number: int = 1) -> list[tuple[str, str]]:
    return [(row.approver_login, row.result.value) for row in sheet.rows if row.round == number]


def queue(
    office: Office, login: str, scope: ApprovalScope = ApprovalScope.MINE
) -> list[approval_list.ApprovalRow]:
    request = approval_list.ListApprovals(scope=scope)
    return office.as_(login).call(approval_list.LIST, request).rows
