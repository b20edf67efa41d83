"""What another system calls our units and people: remembered, so that a second load finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.domain.foreign_names import ForeignSort
from sed_tui.errors import NotFound
from sed_tui.i18n import N_, _
from sed_tui.operations.foreign_name import (
    ForeignName,
    ForeignNameList,
    ForeignNamesKept,
    KeepForeignNames,
    ListForeignNames,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.foreign_name import ForeignNameTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_T = ForeignNameTable
_TARGETS: dict[ForeignSort, tuple[Any, str]] = {
    ForeignSort.UNIT: (UnitTable, N_("Unit")),
    ForeignSort.PERSON: (EmployeeTable, N_("Employee")),
}
_AT_ONCE = 500


def list_foreign_names(work: Work, request: ListForeignNames) -> ForeignNameList:
    """Return the names of a sort."""
    rows = work.db.execute(
        select(col(_T.key), col(_T.target_id))
        .where(*_of(work, request.system, request.foreign_sort))
        .order_by(col(_T.key))
    )
    return ForeignNameList(rows=[ForeignName(key=row.key, target_id=row.target_id) for row in rows])


def keep_foreign_names(work: Work, request: KeepForeignNames) -> ForeignNamesKept:
    """Remember names. Raises `NotFound` for a unit or a person of another organization."""
    wanted = {name.key: name.target_id for name in request.names}
    lock_name(work.db, work.organization_id, f"names of {request.system}")
    _require_own(work, request.foreign_sort, set(wanted.values()))
    listed = ListForeignNames(system=request.system, foreign_sort=request.foreign_sort)
    known = {row.key: row.target_id for row in list_foreign_names(work, listed).rows}
    changed = {key: target for key, target in wanted.items() if known.get(key) != target}
    place = _of(work, request.system, request.foreign_sort)
    keys = list(changed)
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        work.db.execute(delete(_T).where(*place, col(_T.key).in_(some)))
        row = {
            "organization_id": work.organization_id,
            "system": request.system,
            "sort": request.foreign_sort.value,
        }
        work.db.execute(
            insert(_T), [{**row, "key": key, "target_id": changed[key]} for key in some]
        )
    if changed:
        told = {"sort": request.foreign_sort.value, "names": len(changed)}
        work.record("keep", "foreign_names", work.organization_id, None, told)
    return ForeignNamesKept(kept=len(changed))


def _of(work: Work, system: str, sort: ForeignSort) -> tuple[ColumnElement[bool], ...]:
    return (
        col(_T.organization_id) == work.organization_id,
        col(_T.system) == system,
        col(_T.sort) == sort.value,
    )


def _require_own(work: Work, sort: ForeignSort, targets: set[UUID]) -> None:
    table, kind = _TARGETS[sort]
    found = set(
        work.db.scalars(
            select(col(table.id)).where(col(table.organization_id) == work.organization_id)
        )
    )
    for target in targets - found:
        raise NotFound(field="names", kind=_(kind), key=str(target))
