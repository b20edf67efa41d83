"""Counting of stored bytes set right: what is named no more, what an import brought, a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, literal, select, union, update
from sqlmodel import col

from sed_tui.storage.kept_contents import KEPT, size_of
from sed_tui.storage.room import add_bytes, lock_room
from sed_tui.storage.tables.room import OrganizationContentTable, OrganizationStorageTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import Connection, Select

_C, _S = OrganizationContentTable, OrganizationStorageTable


def free(db: Connection, organization_id: UUID, digests: Collection[str]) -> None:
    """Take contents off the account that no row of the organization names any more."""
    if not digests:
        return
    lock_room(db, organization_id)
    gone = db.scalars(
        delete(_C)
        .where(
            col(_C.organization_id) == organization_id,
            col(_C.sha256).in_(digests),
            *_unnamed(),
        )
        .returning(col(_C.size))
    ).all()
    add_bytes(db, organization_id, -sum(gone))


def recount(db: Connection, organization_id: UUID) -> None:
    """Count anew from what the rows name; sizes that were measured once are kept."""
    lock_room(db, organization_id)
    db.execute(delete(_C).where(col(_C.organization_id) == organization_id, *_unnamed()))
    for query in _named_with_sizes():
        lacking = query.subquery()
        rows = select(lacking.c.organization_id, lacking.c.sha256, func.max(lacking.c.size)).where(
            lacking.c.organization_id == organization_id,
            ~exists().where(
                col(_C.organization_id) == organization_id, col(_C.sha256) == lacking.c.sha256
            ),
        )
        grouped = rows.group_by(lacking.c.organization_id, lacking.c.sha256)
        db.execute(insert(_C).from_select(["organization_id", "sha256", "size"], grouped))
    add_bytes(db, organization_id, 0)
    total = select(func.coalesce(func.sum(col(_C.size)), 0)).where(
        col(_C.organization_id) == organization_id
    )
    db.execute(
        update(_S)
        .where(col(_S.organization_id) == organization_id)
        .values(used_bytes=total.scalar_subquery())
    )


def miscounted(db: Connection) -> list[str]:
    """Return the contents and organizations whose counting differs from what rows name."""
    found = union(*_named()).subquery()
    named, counted = select(found), select(col(_C.organization_id), col(_C.sha256))
    wrong = [row.sha256[:12] for row in db.execute(named.except_(counted))]
    wrong += [row.sha256[:12] for row in db.execute(counted.except_(named))]
    sums = (
        select(col(_C.organization_id).label("id"), func.sum(col(_C.size)).label("size"))
        .group_by(col(_C.organization_id))
        .subquery()
    )
    totals = select(col(_S.organization_id)).outerjoin(sums, sums.c.id == col(_S.organization_id))
    differs = func.coalesce(sums.c.size, 0) != col(_S.used_bytes)
    return sorted(wrong) + [str(key) for key in db.scalars(totals.where(differs))]


def _unnamed() -> list[Any]:
    """Return the conditions that no row of the organization names a content."""
    return [
        ~exists().where(
            column.table.c.organization_id == col(_C.organization_id), column == col(_C.sha256)
        )
        for column in KEPT
    ]


def _named() -> list[Select[Any]]:
    return [
        select(column.table.c.organization_id, column.label("sha256")).where(column.is_not(None))
        for column in KEPT
    ]


def _named_with_sizes() -> list[Select[Any]]:
    sizes = (size_of(column) for column in KEPT)
    return [
        query.add_columns((literal(0) if size is None else size).label("size"))
        for query, size in zip(_named(), sizes, strict=True)
    ]
