"""The approval sheet as PDF: Cyrillic that is found again, the same bytes, no markup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pypdf

from sed_tui import i18n
from sed_tui.domain.approval_flow import AnswerState, RunState, TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.route import StageKind
from sed_tui.operations.approval import ApprovalSheet, RemarkRow, SheetRow
from sed_tui.rendering.approval import sheet_printout
from sed_tui.rendering.printout import Form, write

_AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
_ROW = SheetRow(
    task_id=UUID(int=1),
    round=2,
    stage="Визы",
    kind=StageKind.APPROVAL,
    approver="Щукин Ёж Эдуардович",
    approver_login="shchukin",
    on_behalf_of="Сидоров Иван Иванович",
    result=TaskState.REMARKS,
    comment='#import "x": *жирно* $a$ <метка> \\u{41}',
    version=3,
    asked_at=_AT,
    due=date(2026, 11, 20),
    decided_at=_AT,
    delay_days=1,
    signature="none",
    is_mandatory=True,
)
_REMARK = RemarkRow(
    number=1,
    round=1,
    author="Кузнецова М.О.",
    clause="п. 2",
    text="Нет срока",
    answer_state=AnswerState.REJECTED,
    answer="Срок указан выше",
    answered_by=None,
)


def sheet() -> ApprovalSheet:
    return ApprovalSheet(
        document_id=UUID(int=7),
        short_id="00000000",
        subject="О представлении сведений",
        number=None,
        stage=Stage.APPROVED,
        state=RunState.APPROVED,
        route="Исходящие письма",
        route_version=1,
        round=2,
        initiator="Петров В.С.",
        started_at=_AT,
        version=3,
        digest="ab" * 32,
        rows=[_ROW],
        remarks=[_REMARK],
        disagreements=[1],
        following=[],
    )


def pdf() -> bytes:
    target = BytesIO()
    write(sheet_printout(sheet()), Form.PDF, target)
    return target.getvalue()


def test_the_sheet_is_read_in_russian_and_its_texts_are_no_markup() -> None:
    i18n.use("ru")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf())).pages)
    words = " ".join(text.split())

    for part in (
        "Лист согласования",
        "О представлении сведений",
        "Щукин",
        "Сидоров",
        "#import",
        "*жирно*",
        "$a$",
        "23.11.2026 12:30",
        "20.11.2026",
        "Нет срока",
        "Разногласия",
    ):
        assert part in words


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf() == pdf()
