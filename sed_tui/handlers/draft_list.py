"""Pages of drafts, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.flows import Approval, Lifecycle
from sed_tui.handlers.draft_standing import stage_of_card
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.draft_list import DraftPage, DraftRow
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_list import ListDrafts

_D = DocumentTable
_AXES = (_D.lifecycle, _D.approval, _D.registration, _D.exchange)
_APPROVALS = {
    Stage.DRAFT: Approval.NONE,
    Stage.REWORK: Approval.REWORK,
    Stage.ON_APPROVAL: Approval.RUNNING,
    Stage.APPROVED: Approval.APPROVED,
    Stage.SIGNED: Approval.SIGNED,
}


def list_drafts(work: Work, request: ListDrafts) -> DraftPage:
    """Return a page of drafts that the actor may see; those with a number are drafts no more."""
    query = _rows().where(*_wanted(work, request))
    if request.after is not None:
        query = query.where(col(_D.key) < decode_cursor(request.after, int)[0])
    rows = work.db.execute(
        query.order_by(col(_D.key).desc()).offset(request.skip).limit(request.limit + 1)
    ).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return DraftPage(
        rows=[_row(row) for row in rows[: request.limit]],
        next=encode_cursor(last.key) if last else None,
    )


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *map(col, (_D.key, _D.id, _D.flow, _D.kind, _D.subject, _D.signatory, _D.created_at)),
            *map(col, _AXES),
            col(DraftTable.version),
            col(EmployeeTable.full_name).label("author"),
        )
        .join(DraftTable, col(DraftTable.document_id) == col(_D.id))
        .join(EmployeeTable, col(EmployeeTable.id) == col(DraftTable.author_id))
    )


def _wanted(work: Work, request: ListDrafts) -> list[ColumnElement[bool]]:
    conditions = [visible_documents(work.actor), col(_D.lifecycle) == Lifecycle.DRAFT.value]
    if request.stage is not None:
        # a stage that no draft is in finds nothing
        approval = _APPROVALS.get(request.stage)
        conditions.append(col(_D.approval) == (approval.value if approval else ""))
    if request.mine:
        me = [work.actor.employee_id, *work.actor.stands_for]
        conditions.append(col(DraftTable.author_id).in_(me))
    return conditions


def _row(row: Any) -> DraftRow:
    values = dict(row._mapping)
    return DraftRow.model_validate(
        {**values, "short_id": short_id(row.id), "stage": stage_of_card(values)}
    )
