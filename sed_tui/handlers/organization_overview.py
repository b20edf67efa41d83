"""Figures of the organizations below; no number, subject or name of a document is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select
from sqlmodel import col

from sed_tui.domain.text import folded, normalized
from sed_tui.operations.organization_overview import OrganizationFigures, Overview, ShowOverview
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.room import rooms_of
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable
from sed_tui.storage.tables.workstation import WorkstationTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_O, _D = OrganizationTable, DocumentTable
_FIGURES = ("documents", "documents_this_year", "last_registered_on")


def show_overview(work: Work, request: ShowOverview) -> Overview:
    """Return a page of organizations by code, with figures of those shown alone."""
    found = _organizations(work, request)
    shown = found[: request.limit]
    ids = [row.id for row in shown]
    people = _counted(work, EmployeeTable, ids, col(EmployeeTable.state) == "active")
    places = _counted(work, WorkstationTable, ids)
    documents = _documents(work, ids)
    stored = rooms_of(work.db, ids)
    rows = [
        OrganizationFigures(
            **row._mapping,
            people=people.get(row.id, 0),
            workplaces=places.get(row.id, 0),
            **documents[row.id],
            **stored[row.id],
        )
        for row in shown
    ]
    more = len(found) > request.limit
    return Overview(rows=rows, next=encode_cursor(rows[-1].code) if more else None)


def _organizations(work: Work, request: ShowOverview) -> Sequence[Row[*tuple[Any, ...]]]:
    parent = OrganizationTable.__table__.alias("parent")  # type: ignore[attr-defined]
    query = (
        select(
            *map(col, (_O.id, _O.code, _O.name, _O.state, _O.inn)), parent.c.code.label("parent")
        )
        .outerjoin(parent, parent.c.id == col(_O.parent_id))
        .where(col(_O.id).in_(_branch(work.organization_id)))
        .order_by(col(_O.code))
    )
    if request.after is not None:
        query = query.where(col(_O.code) > decode_cursor(request.after, str)[0])
    words = folded(normalized(request.query)).split()
    if not words:
        return work.db.execute(query.offset(request.skip).limit(request.limit + 1)).all()
    # SQLite does not know capital Cyrillic letters, and organizations are hundreds
    fitting = [
        row
        for row in work.db.execute(query)
        if all(word in folded(f"{row.code} {row.name} {row.inn or ''}") for word in words)
    ]
    return fitting[request.skip : request.skip + request.limit + 1]


def _branch(top: UUID) -> Select[UUID]:
    """Return the ids of an organization and of every one below it."""
    table: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
    below = select(table.c.id).where(table.c.id == top).cte("below", recursive=True)
    below = below.union(select(table.c.id).join(below, table.c.parent_id == below.c.id))
    return select(below.c.id)


def _counted(work: Work, table: Any, ids: Sequence[UUID], *conditions: Any) -> dict[UUID, int]:
    place = col(table.organization_id)
    query = select(place, func.count()).where(place.in_(ids), *conditions).group_by(place)
    return {organization: count for organization, count in work.db.execute(query)}


def _documents(work: Work, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the figures of what is registered; each of them reads one range of an index."""
    theirs = and_(col(_D.organization_id) == col(_O.id), col(_D.number).is_not(None))
    day = col(_D.listed_on)
    year = day.between(date(work.today.year, 1, 1), date(work.today.year, 12, 31))
    count = select(func.count()).select_from(_D).correlate(_O)
    last = select(day).where(theirs).correlate(_O).order_by(day.desc(), col(_D.key).desc()).limit(1)
    figures = (count.where(theirs), count.where(theirs, year), last)
    rows = work.db.execute(
        select(col(_O.id), *(figure.scalar_subquery() for figure in figures)).where(
            col(_O.id).in_(ids)
        )
    )
    return {row[0]: dict(zip(_FIGURES, row[1:], strict=True)) for row in rows}
