"""Organizations of a database and their tree; everybody sees those he works in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.identifiers import checked_inn, checked_kpp, checked_ogrn
from sed_tui.domain.text import clean, optional
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.input import UnknownField
from sed_tui.errors.people import CircularTree, OrganizationExists, OrganizationsOfOperator
from sed_tui.operations.organization import (
    AddOrganization,
    Branch,
    EditOrganization,
    ListOrganizations,
    Organization,
    OrganizationList,
    OrganizationRow,
    ShowOrganization,
    ShowTree,
    Tree,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable
from sed_tui.storage.tables.unit import UnitTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_FIELDS = ("name", "short_name", "inn", "kpp", "ogrn", "parent")
_EVERYBODY = UUID(int=0)


def add_organization(work: Work, request: AddOrganization) -> Organization:
    """Make an organization whose first administrator is who adds it.

    Raises `OrganizationsOfOperator` for whoever does not keep the system, `OrganizationExists`.
    """
    # 80 ms of the production calendar and the tables of joining, for this operation alone
    from sed_tui.handlers.founding import make_organization
    from sed_tui.storage.joining import load_keeper

    keeper = load_keeper(work.db)
    if keeper.id != work.organization_id:
        raise OrganizationsOfOperator(operator=f"{keeper.name} ({keeper.code})")
    code = clean(request.code, "code", limit=32)
    parent = _governed(work, request.parent) if request.parent else None
    fields = {"code": code, **_checked(request.model_dump()), "parent_id": parent}
    lock_name(work.db, _EVERYBODY, code)
    if work.db.scalar(_named(code)) is not None:
        raise OrganizationExists(field="code", organization=code)
    created = uuid4()
    actor = replace(work.actor, organization_id=created, organization=code)
    founding = work.elsewhere(actor)
    make_organization(founding, fields)
    grant = {"employee_id": actor.employee_id, "role": Role.ADMINISTRATOR.value}
    work.db.execute(insert(RoleGrantTable).values(organization_id=created, **grant))
    roles = [Role.ADMINISTRATOR.value]
    founding.record("roles", "employee", actor.employee_id, {"roles": []}, {"roles": roles})
    founding.finish()
    return _card(work, created)


def edit_organization(work: Work, request: EditOrganization) -> Organization:
    """Change the organization of the call, its place in the tree included.

    Raises `UnknownField`, `ChangedMeanwhile`.
    """
    for name in request.changes:
        if name not in _FIELDS:
            raise UnknownField(field=name, fields=", ".join(_FIELDS))
    lock_name(work.db, _EVERYBODY, "tree")
    table: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
    before = work.db.execute(select(table).where(table.c.id == work.organization_id)).one()
    old = {name: getattr(before, name) for name in _FIELDS if name != "parent"}
    fields = {**_checked({**old, **request.changes}), "parent_id": before.parent_id}
    if "parent" in request.changes:
        fields["parent_id"] = _new_parent(work, request.changes["parent"])
    versions = before.version, request.version
    change_row(
        *(work.db, OrganizationTable, before.id, fields, *versions), what=before.code, told=fields
    )
    shown = _shown({**old, "parent_id": before.parent_id})
    if shown != _shown(fields):
        work.record("edit", "organization", work.organization_id, shown, _shown(fields))
    return _card(work, work.organization_id)


def list_organizations(work: Work, request: ListOrganizations) -> OrganizationList:
    """Return the organizations in which the actor holds a role."""
    rows = _rows(work)
    stored: Mapping[UUID, Mapping[str, Any]] = {}
    if request.stored:
        from sed_tui.storage.room import rooms_of  # tables that a list does without otherwise

        stored = rooms_of(work.db, [row.id for row in rows])
    return OrganizationList(
        rows=[
            OrganizationRow.model_validate({**row._mapping, **stored.get(row.id, {})})
            for row in rows
        ]
    )


def show_organization(work: Work, request: ShowOrganization) -> Organization:
    """Return one of the actor's organizations. Raises `UnknownOrganization`."""
    if request.organization is None:
        return _card(work, work.organization_id)
    for row in _rows(work):
        if request.organization in {row.code, str(row.id)}:
            return _card(work, row.id)
    raise UnknownOrganization(field="organization", organization=request.organization)


def show_tree(work: Work, _request: ShowTree) -> Tree:
    """Return the actor's organizations, each before those below it."""
    rows = _rows(work)
    codes = {row.code for row in rows}
    below: dict[str | None, list[_Row]] = {}
    for row in rows:
        below.setdefault(row.parent if row.parent in codes else None, []).append(row)
    branches: list[Branch] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        branches.append(Branch.model_validate({**row._mapping, "depth": depth}))
        waiting += [(child, depth + 1) for child in reversed(below.get(row.code, []))]
    return Tree(rows=branches)


def _rows(work: Work) -> Sequence[_Row]:
    parent = OrganizationTable.__table__.alias("parent")  # type: ignore[attr-defined]
    return work.db.execute(
        select(
            col(OrganizationTable.id),
            col(OrganizationTable.code),
            col(OrganizationTable.name),
            col(OrganizationTable.short_name),
            col(OrganizationTable.inn),
            col(OrganizationTable.state),
            parent.c.code.label("parent"),
        )
        .outerjoin(parent, parent.c.id == col(OrganizationTable.parent_id))
        .where(col(OrganizationTable.id).in_([key for key, _roles in work.actor.grants]))
        .order_by(col(OrganizationTable.code))
    ).all()


def _card(work: Work, organization_id: UUID) -> Organization:
    # 15 ms of tables, which a list of organizations does without
    from sed_tui.storage.room import room_of
    from sed_tui.storage.tables.journal import JournalTable

    table: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
    parent = table.alias("parent")
    row = work.db.execute(
        select(table, parent.c.code.label("parent"))
        .outerjoin(parent, parent.c.id == table.c.parent_id)
        .where(table.c.id == organization_id)
    ).one()
    counted: dict[str, tuple[Any, Any]] = {
        "people": (EmployeeTable, col(EmployeeTable.organization_id)),
        "units": (UnitTable, col(UnitTable.organization_id)),
        "journals": (JournalTable, col(JournalTable.organization_id)),
    }
    counts = {
        name: work.db.scalar(
            select(func.count())
            .select_from(counting)
            .where(owner == organization_id, col(counting.state) == "active")
        )
        for name, (counting, owner) in counted.items()
    }
    room = room_of(work.db, organization_id, row.code)
    stored = {"used_bytes": room.used, "allowed_bytes": room.allowed}
    return Organization.model_validate({**row._mapping, **counts, **stored})


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    name = clean(values["name"] or "", "name", limit=500)
    inn = checked_inn(values["inn"]) if values["inn"] else None
    return {
        "name": name,
        "short_name": optional(values["short_name"], "short_name", limit=200) or name[:200],
        "inn": inn,
        "kpp": checked_kpp(values["kpp"], inn) if values["kpp"] else None,
        "ogrn": checked_ogrn(values["ogrn"], inn) if values["ogrn"] else None,
    }


def _governed(work: Work, code: str) -> UUID:
    """Return an organization whose administrator the actor is; others are as if absent."""
    for row in _rows(work):
        if row.code == code and Role.ADMINISTRATOR in dict(work.actor.grants)[row.id]:
            return UUID(str(row.id))
    raise UnknownOrganization(field="parent", organization=code)


def _new_parent(work: Work, code: str | None) -> UUID | None:
    """Return whom to be subordinate to; nobody who is below already."""
    if not code:
        return None
    parent = _governed(work, code)
    above: Any = (
        select(col(OrganizationTable.id), col(OrganizationTable.parent_id))
        .where(col(OrganizationTable.id) == parent)
        .cte("above", recursive=True)
    )
    table: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
    above = above.union(
        select(table.c.id, table.c.parent_id).join(above, table.c.id == above.c.parent_id)
    )
    if work.db.scalar(select(above.c.id).where(above.c.id == work.organization_id)) is not None:
        raise CircularTree(field="parent", organization=work.actor.organization, parent=code)
    return parent


def _named(code: str) -> Any:
    return select(col(OrganizationTable.id)).where(col(OrganizationTable.code) == code)


def _shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    parent = fields["parent_id"]
    return {**fields, "parent_id": None if parent is None else str(parent)}
