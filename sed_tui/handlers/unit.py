"""Units of an organization; a unit is put under one that is there, so no circle can arise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.text import clean, folded, normalized
from sed_tui.errors import NotFound
from sed_tui.errors.people import AmbiguousUnit, UnitExists
from sed_tui.i18n import N_, _
from sed_tui.operations.unit import AddUnit, ListUnits, Unit, UnitList
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from sqlalchemy import Row, Select

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]


def add_unit(work: Work, request: AddUnit) -> Unit:
    """Put a unit into the tree. Raises `UnitExists`."""
    code, name = clean(request.code, "code", limit=32), clean(request.name, "name", limit=300)
    parent = find_unit(work, request.parent, "parent") if request.parent else None
    created = uuid4()
    insert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    row = {"code": code, "name": name, "parent_id": parent}
    added = work.db.scalar(
        insert(UnitTable)
        .values(id=created, organization_id=work.organization_id, state="active", **row)
        .on_conflict_do_nothing(index_elements=["organization_id", "code"])
        .returning(col(UnitTable.id))
    )
    if added is None:
        raise UnitExists(field="code", unit=code)
    work.record(
        "create", "unit", created, None, {**row, "parent_id": str(parent) if parent else None}
    )
    return _unit(work.db.execute(_units(work).where(col(UnitTable.id) == created)).one())


def list_units(work: Work, _request: ListUnits) -> UnitList:
    """Return the units of the organization by code."""
    rows = work.db.execute(_units(work).order_by(col(UnitTable.code)))
    return UnitList(rows=[_unit(row) for row in rows])


def find_unit(work: Work, text: str, field: str = "unit") -> UUID:
    """Return the unit under a code or a name. Raises `NotFound` and `AmbiguousUnit`."""
    text = normalized(text)
    rows = work.db.execute(
        select(col(UnitTable.id), col(UnitTable.code), col(UnitTable.name)).where(
            col(UnitTable.organization_id) == work.organization_id,
            col(UnitTable.state) == "active",
        )
    ).all()
    found = [row for row in rows if row.code == text]
    found = found or [row for row in rows if folded(row.name) == folded(text)]
    if len(found) > 1:
        candidates = "; ".join(f"{row.name} ({row.code})" for row in found)
        raise AmbiguousUnit(field=field, value=text, candidates=candidates)
    if not found:
        raise NotFound(field=field, kind=_(N_("Unit")), key=text)
    return UUID(str(found[0].id))


def _units(work: Work) -> Select[*tuple[Any, ...]]:
    parent = UnitTable.__table__.alias("parent")  # type: ignore[attr-defined]
    people = (
        select(func.count())
        .select_from(EmployeeTable)
        .where(
            and_(
                col(EmployeeTable.unit_id) == col(UnitTable.id),
                col(EmployeeTable.state) == "active",
            )
        )
        .scalar_subquery()
    )
    return (
        select(
            col(UnitTable.id),
            col(UnitTable.code),
            col(UnitTable.name),
            parent.c.code.label("parent"),
            people.label("people"),
        )
        .outerjoin(parent, parent.c.id == col(UnitTable.parent_id))
        .where(
            col(UnitTable.organization_id) == work.organization_id,
            col(UnitTable.state) == "active",
        )
    )


def _unit(row: _Row) -> Unit:
    return Unit.model_validate(dict(row._mapping))
