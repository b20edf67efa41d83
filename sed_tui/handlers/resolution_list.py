"""Pages of resolutions, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_
from sqlmodel import col

from sed_tui.domain.resolution import DraftState
from sed_tui.handlers.references import find_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.operations.resolution_list import FirstPoint, ResolutionPage, ResolutionRow
from sed_tui.storage.resolution_visibility import visible_resolutions
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.resolution import ResolutionPointTable, ResolutionTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Select

    from sed_tui.handlers.work import Work
    from sed_tui.operations.resolution_list import ListResolutions

_R, _P = ResolutionTable, ResolutionPointTable
_SHOWN_POINTS = 3
_EMPLOYEES: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_AUTHOR, _DRAFTER = map(_EMPLOYEES.alias, ("author", "drafter"))
_PLAIN = (*(_R.id, _R.kind, _R.state, _R.basis, _R.text, _R.created_at, _R.decided_at, _R.comment),)


def list_resolutions(work: Work, request: ListResolutions) -> ResolutionPage:
    """Return a page of those that the actor may see."""
    key = (col(_R.created_at), col(_R.id))
    query = _rows().where(*_wanted(work, request))
    if request.after is not None:
        place: Any = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < place)
    rows = work.db.execute(
        query.order_by(*(part.desc() for part in key)).offset(request.skip).limit(request.limit + 1)
    ).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    shown = rows[: request.limit]
    points = _first_points(work, {row.id: row.text for row in shown})
    return ResolutionPage(
        rows=[
            ResolutionRow.model_validate(
                {**row._mapping, "short_id": short_id(row.id), "points": points.get(row.id, [])}
            )
            for row in shown
        ],
        next=encode_cursor(last.created_at, last.id) if last else None,
    )


def _rows() -> Select[*tuple[Any, ...]]:
    points = select(func.count()).where(col(_P.resolution_id) == col(_R.id)).scalar_subquery()
    return (
        select(
            *map(col, _PLAIN),
            col(DocumentTable.number).label("document_number"),
            _AUTHOR.c.full_name.label("author"),
            _DRAFTER.c.full_name.label("drafted_by"),
            points.label("total"),
        )
        .join(_AUTHOR, _AUTHOR.c.id == col(_R.author_id))
        .join(_DRAFTER, _DRAFTER.c.id == col(_R.drafted_by))
        .outerjoin(DocumentTable, col(DocumentTable.id) == col(_R.document_id))
    )


def _first_points(work: Work, common: Mapping[UUID, str | None]) -> dict[UUID, list[FirstPoint]]:
    """Return the first points of resolutions, whose common texts are given, in their order."""
    place = func.row_number().over(partition_by=col(_P.resolution_id), order_by=col(_P.number))
    numbered = (
        select(
            *map(col, (_P.resolution_id, _P.number, _P.text, _P.executor_id)), place.label("place")
        )
        .where(col(_P.resolution_id).in_(common))
        .subquery()
    )
    rows = work.db.execute(
        select(numbered, _EMPLOYEES.c.full_name)
        .outerjoin(_EMPLOYEES, _EMPLOYEES.c.id == numbered.c.executor_id)
        .where(numbered.c.place <= _SHOWN_POINTS)
        .order_by(numbered.c.resolution_id, numbered.c.number)
    )
    found: dict[UUID, list[FirstPoint]] = {}
    for row in rows:
        text = row.text or common[row.resolution_id]
        point = FirstPoint(number=row.number, text=text, executor=row.full_name)
        found.setdefault(row.resolution_id, []).append(point)
    return found


def _wanted(work: Work, request: ListResolutions) -> list[ColumnElement[bool]]:
    conditions = [visible_resolutions(work.actor)]
    if request.document is not None:
        conditions.append(col(_R.document_id) == find_document(work, request.document).id)
    if request.state is not None:
        conditions.append(col(_R.state) == request.state.value)
    if request.waiting:
        me = [work.actor.employee_id, *work.actor.stands_for]
        to_decide = and_(col(_R.state) == DraftState.DRAFT, col(_R.author_id).in_(me))
        to_mend = and_(col(_R.state) == DraftState.RETURNED, col(_R.drafted_by).in_(me))
        conditions.append(or_(to_decide, to_mend))
    return conditions
