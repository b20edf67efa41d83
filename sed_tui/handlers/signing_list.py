"""The queue of the signatory: drafts that nothing but his signature is missing from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, false, or_, select
from sqlmodel import col

from sed_tui.domain.flows import Approval, Lifecycle
from sed_tui.domain.signing import SigningScope
from sed_tui.handlers.draft_standing import stage_of_card
from sed_tui.handlers.route_choice import approval_needed
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.signatories import waits_for
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.operations.signing_list import ListToSign, ToSignPage, ToSignRow
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable, DraftVersionTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.signing_right import SigningRightTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.handlers.work import Work

_D, _R = DocumentTable, SigningRightTable
_AXES = (_D.lifecycle, _D.approval, _D.registration, _D.exchange)


def list_to_sign(work: Work, request: ListToSign) -> ToSignPage:
    """Return a page of drafts that wait for a signature, the oldest first."""
    query = _rows().where(
        visible_documents(work.actor),
        col(_D.lifecycle) == Lifecycle.DRAFT.value,
        _waits(work, request.scope),
    )
    if request.after is not None:
        query = query.where(col(_D.key) > decode_cursor(request.after, int)[0])
    rows = work.db.execute(
        query.order_by(col(_D.key)).offset(request.skip).limit(request.limit + 1)
    ).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return ToSignPage(
        rows=[_row(row) for row in rows[: request.limit]],
        next=encode_cursor(last.key) if last else None,
    )


def _rows() -> Select[*tuple[Any, ...]]:
    draft, version = DraftTable, DraftVersionTable
    return (
        select(
            *map(col, (_D.key, _D.id, _D.flow, _D.kind, _D.subject, _D.signatory)),
            *map(col, _AXES),
            col(draft.version),
            col(version.made_at),
            col(EmployeeTable.full_name).label("author"),
        )
        .join(draft, col(draft.document_id) == col(_D.id))
        .join(
            version,
            and_(
                col(version.document_id) == col(_D.id),
                col(version.number) == col(draft.version),
            ),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(draft.author_id))
    )


def _waits(work: Work, scope: SigningScope) -> ColumnElement[bool]:
    own = scope is SigningScope.MINE
    whose = [work.actor.employee_id] if own else sorted(work.actor.approves_for)
    named = waits_for(whose)
    anybodys = _is_anybodys(work) if own else false()
    return or_(
        and_(col(_D.approval) == Approval.APPROVED.value, or_(named, anybodys)),
        col(_D.id).in_(_unapproved(work, whose)),
    )


def _is_anybodys(work: Work) -> ColumnElement[bool]:
    """Tell whether a draft names nobody, and the actor has a right to sign something."""
    right = exists().where(
        col(_R.organization_id) == work.organization_id,
        col(_R.employee_id) == work.actor.employee_id,
        col(_R.starts_on) <= work.today,
        or_(col(_R.ends_on).is_(None), col(_R.ends_on) >= work.today),
    )
    return and_(col(DraftTable.signatory_id).is_(None), right)


def _unapproved(work: Work, whose: list[UUID]) -> list[UUID]:
    """Return the drafts of signatories that nobody has to approve."""
    rows = work.db.execute(
        select(*map(col, (_D.id, _D.flow, _D.kind, DraftTable.unit_id)))
        .join(DraftTable, col(DraftTable.document_id) == col(_D.id))
        .where(
            col(DraftTable.organization_id) == work.organization_id,
            waits_for(whose),
            col(_D.lifecycle) == Lifecycle.DRAFT.value,
            col(_D.approval) == Approval.NONE.value,
        )
    ).all()
    if not rows:
        return []
    needed = approval_needed(work)
    return [row.id for row in rows if not needed(row.flow, row.kind, row.unit_id)]


def _row(row: Any) -> ToSignRow:
    values = dict(row._mapping)
    return ToSignRow.model_validate(
        {**values, "short_id": short_id(row.id), "stage": stage_of_card(values)}
    )
