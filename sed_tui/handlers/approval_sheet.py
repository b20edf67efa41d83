"""The approval sheet: who decided what about which version, in every round."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.approval_flow import AnswerState, RunState, TaskState
from sed_tui.domain.route import APPROVING
from sed_tui.errors.approvals import NeverApproved
from sed_tui.handlers.approval_steps import steps_of
from sed_tui.handlers.draft_standing import load_draft
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.signature import signers_of
from sed_tui.operations.approval import ApprovalSheet, RemarkRow, SheetRow, SheetSignature
from sed_tui.operations.route import PlannedStage
from sed_tui.storage.tables.approval import (
    ApprovalRemarkTable,
    ApprovalRunTable,
    ApprovalTaskTable,
)
from sed_tui.storage.tables.approval_route import RouteTable
from sed_tui.storage.tables.draft import DraftVersionTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.signature import VersionSigner
    from sed_tui.handlers.work import Work

_RUN, _TASK, _REMARK = ApprovalRunTable, ApprovalTaskTable, ApprovalRemarkTable
_EMPLOYEES: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_APPROVER, _DECIDER, _ANSWERER = map(_EMPLOYEES.alias, ("approver", "decider", "answerer"))
UNSIGNED = "none"


def approval_sheet(work: Work, document: DocumentReference) -> ApprovalSheet:
    """Return the sheet of a document the actor sees. Raises `NeverApproved`, `NotADraft`."""
    draft = load_draft(work, document)
    run = work.db.execute(_last_run(document.id)).one_or_none()
    if run is None:
        raise NeverApproved(field="document")
    remarks = remarks_of(work, document.id)
    signers = cache(partial(signers_of, work, document.id))
    planned = [PlannedStage.model_validate(stage) for stage in json.loads(run.plan)]
    return ApprovalSheet(
        document_id=document.id,
        short_id=short_id(document.id),
        subject=draft.card["subject"],
        number=draft.card["number"],
        stage=draft.standing.stage,
        state=RunState(run.state),
        route=run.route,
        route_version=run.route_version,
        round=run.round,
        initiator=draft.author,
        started_at=run.started_at,
        version=draft.version,
        digest=_digest(work, document.id, draft.version),
        rows=_rows(work, document.id, signers),
        remarks=remarks,
        disagreements=[one.number for one in remarks if one.answer_state != AnswerState.ACCEPTED],
        following=[stage for stage in planned if stage.kind not in APPROVING],
        steps=steps_of(work, run.id),
        signatures=[_signature(one) for one in signers(draft.version)],
    )


def _signature(one: VersionSigner) -> SheetSignature:
    return SheetSignature(name=one.name, signed_at=one.signed_at, verdict=one.verdict)


def remarks_of(work: Work, document_id: UUID) -> list[RemarkRow]:
    """Return every remark about a document with its answer."""
    plain = (_REMARK.number, _REMARK.clause, _REMARK.text, _REMARK.answer_state, _REMARK.answer)
    rows = work.db.execute(
        select(
            *map(col, plain),
            col(_TASK.round),
            _DECIDER.c.full_name.label("author"),
            _ANSWERER.c.full_name.label("answered_by"),
        )
        .join(_TASK, col(_TASK.id) == col(_REMARK.task_id))
        .join(_DECIDER, _DECIDER.c.id == col(_TASK.decided_by))
        .outerjoin(_ANSWERER, _ANSWERER.c.id == col(_REMARK.answered_by))
        .where(col(_REMARK.document_id) == document_id)
        .order_by(col(_REMARK.number))
    )
    return [RemarkRow.model_validate(dict(row._mapping)) for row in rows]


def disagreements_of(work: Work, document_id: UUID) -> list[RemarkRow]:
    """Return the remarks that were not taken into account (rules §1.12)."""
    remarks = remarks_of(work, document_id)
    return [one for one in remarks if one.answer_state is not AnswerState.ACCEPTED]


def _last_run(document_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *map(col, (_RUN.id, _RUN.state, _RUN.round, _RUN.plan, _RUN.started_at)),
            col(RouteTable.title).label("route"),
            col(RouteTable.version).label("route_version"),
        )
        .join(RouteTable, col(RouteTable.id) == col(_RUN.route_id))
        .where(col(_RUN.document_id) == document_id)
        .order_by(col(_RUN.round).desc())
        .limit(1)
    )


def _digest(work: Work, document_id: UUID, number: int) -> str:
    table = DraftVersionTable
    query = select(col(table.digest)).where(
        col(table.document_id) == document_id, col(table.number) == number
    )
    return work.db.execute(query).scalar_one()


def _rows(
    work: Work, document_id: UUID, signers: Callable[[int], list[VersionSigner]]
) -> list[SheetRow]:
    rows = work.db.execute(
        select(
            _TASK.__table__,  # type: ignore[attr-defined]
            _APPROVER.c.full_name.label("approver"),
            _APPROVER.c.login.label("approver_login"),
            _DECIDER.c.full_name.label("decider"),
            _DECIDER.c.login.label("decider_login"),
        )
        .join(_APPROVER, _APPROVER.c.id == col(_TASK.employee_id))
        .outerjoin(_DECIDER, _DECIDER.c.id == col(_TASK.decided_by))
        .where(col(_TASK.document_id) == document_id)
        .order_by(col(_TASK.round), col(_TASK.stage), col(_TASK.place), col(_TASK.asked_at))
    )
    found = rows.all()
    verdicts = {
        (version, one.employee_id): one.verdict
        for version in {row.draft_version for row in found if row.draft_version is not None}
        for one in signers(version)
    }
    return [_row(work, row, verdicts) for row in found]


def _row(work: Work, row: Any, verdicts: dict[tuple[int, UUID | None], str]) -> SheetRow:
    by_another = row.decided_by is not None and row.decided_by != row.employee_id
    return SheetRow(
        task_id=row.id,
        round=row.round,
        stage=row.stage_name,
        kind=row.kind,
        approver=row.decider if by_another else row.approver,
        approver_login=row.decider_login if by_another else row.approver_login,
        on_behalf_of=row.approver if by_another else None,
        result=TaskState(row.state),
        comment=row.comment,
        version=row.draft_version,
        asked_at=row.asked_at,
        due=row.due,
        decided_at=row.decided_at,
        delay_days=_delay(work, row),
        signature=verdicts.get((row.draft_version, row.decided_by), UNSIGNED),
        is_mandatory=row.is_mandatory,
    )


def _delay(work: Work, row: Any) -> int | None:
    """Return by how many working days a decision came, or is still, after its term."""
    end = work.today if row.state == TaskState.ASKED.value else row.decided_on
    if row.due is None or end is None:
        return None
    if end <= row.due:
        return 0
    if not work.calendar.covers(row.due, end):
        return None
    return work.calendar.working_days_between(row.due, end)
