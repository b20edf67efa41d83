"""What the example office has on approval: one on its way, one in a second round, one to sign."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sed_tui.domain.flows import Flow
from sed_tui.operations import approval, draft, draft_version, route
from sed_tui.operations.draft import DraftDocument
from sed_tui.operations.file import FileContent

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gateway.local import LocalGateway

    Desk = Callable[[str], LocalGateway]

ADMINISTRATOR, AUTHOR, SIGNATORY = "admin", "gromov", "petrov"
FIRST, SECOND, LAWYER = "kim", "fomin", "nikitin"
_TEXT = "Прошу согласовать закупку двух мостовых балок.\nСредства предусмотрены в бюджете района.\n"
_MENDED = _TEXT + "Срок поставки: до 1 марта.\n"
COUNT = 3
"""How many memos are drafted."""


def approve_memos(desk: Desk, text: str) -> None:
    """Import the route of memos, and leave three of them in different places of it."""
    desk(ADMINISTRATOR).call(route.IMPORT, route.ImportRoute(text=text))
    _on_its_way(desk, _started(desk, "О закупке мостовых балок"))
    _in_a_second_round(desk, _started(desk, "О графике ремонта дорог"))
    _to_sign(desk, _started(desk, "О дежурстве в праздничные дни"))


def _on_its_way(desk: Desk, memo: str) -> None:
    """Let one of two agree, with a remark that he wants to check."""
    remark = approval.RemarkGiven(text="Не указан источник средств", clause="п. 2")
    request = approval.RemarkDraft(document=memo, version=1, remarks=(remark,), to_check=True)
    desk(FIRST).call(approval.REMARK, request)


def _in_a_second_round(desk: Desk, memo: str) -> None:
    """Send one back by the lawyer; a version and an answer later all are asked again."""
    for login in (FIRST, SECOND):
        _agree(desk, login, memo)
    remark = approval.RemarkGiven(text="Не назван срок поставки", clause="п. 1")
    back = approval.SendBackDraft(
        document=memo, version=1, comment="Нужен срок поставки", remarks=(remark,)
    )
    desk(LAWYER).call(approval.REWORK, back)
    answer = approval.AnswerRemark(document=memo, remark=1, is_taken=True, text="Срок указан")
    desk(AUTHOR).call(approval.ANSWER, answer)
    version = draft_version.AddVersion(
        document=memo, files=(_file(desk, _MENDED),), comment="Указан срок поставки"
    )
    desk(AUTHOR).call(draft_version.ADD, version)
    desk(AUTHOR).call(approval.START, approval.StartApproval(document=memo))
    _agree(desk, FIRST, memo, version=2)


def _to_sign(desk: Desk, memo: str) -> None:
    for login in (FIRST, SECOND, LAWYER):
        _agree(desk, login, memo)


def _started(desk: Desk, subject: str) -> str:
    request = DraftDocument(
        flow=Flow.INTERNAL,
        subject=subject,
        addressee="Петров В.С.",
        signatory=SIGNATORY,
        files=(_file(desk, _TEXT),),
    )
    memo = str(desk(AUTHOR).call(draft.ADD, request).id)
    desk(AUTHOR).call(approval.START, approval.StartApproval(document=memo))
    return memo


def _agree(desk: Desk, login: str, memo: str, version: int = 1) -> None:
    desk(login).call(approval.APPROVE, approval.ApproveDraft(document=memo, version=version))


def _file(desk: Desk, text: str) -> FileContent:
    token = desk(AUTHOR).stage(io.BytesIO(text.encode()))
    return FileContent(name="записка.txt", token=token)
