"""Rights to sign: entered, listed, ended, and read when somebody signs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.signing import Basis, SigningRight, check_right
from sed_tui.domain.text import optional
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.document_kind import find_kind
from sed_tui.handlers.employee import resolve_employee
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.signing_right import (
    AddSigningRight,
    EndSigningRight,
    ListSigningRights,
    SigningRightRow,
    SigningRights,
)
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.signing_right import SigningRightTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_R = SigningRightTable
_PLAIN = (_R.id, _R.flow, _R.kind, _R.amount, _R.basis, _R.power, _R.starts_on, _R.ends_on)


def add_signing_right(work: Work, request: AddSigningRight) -> SigningRightRow:
    """Enter a right. Raises `PowerNeeded`, `WrongOrder`, and what kinds refuse."""
    person = find_colleague_at_work(work, request.employee, "employee")
    row = _checked(work, request)
    created = uuid4()
    work.db.execute(
        insert(_R).values(
            id=created,
            organization_id=work.organization_id,
            employee_id=person.id,
            set_by=work.actor.employee_id,
            created_at=work.now,
            **row,
        )
    )
    work.record("add", "signing_right", created, None, {"employee": person.name, **row})
    return _rows(work, col(_R.id) == created)[0]


def list_signing_rights(work: Work, request: ListSigningRights) -> SigningRights:
    """Return rights, ended ones too, by name."""
    if request.employee is None:
        return SigningRights(rows=_rows(work))
    person = resolve_employee(work, request.employee, "employee")
    return SigningRights(rows=_rows(work, col(_R.employee_id) == person.id))


def end_signing_right(work: Work, request: EndSigningRight) -> SigningRightRow:
    """End a right with yesterday, so that nothing is signed by it from now on.

    Raises `Ambiguous`, `NotFound`.
    """
    condition = by_id(col(_R.id), request.right.strip())
    found = [] if condition is None else _rows(work, condition)
    if not found:
        raise NotFound(field="right", kind=_(N_("Right to sign")), key=request.right)
    if len(found) > 1:
        candidates = "; ".join(f"{short_id(one.id)} {one.employee}" for one in found)
        raise Ambiguous(field="right", value=request.right, candidates=candidates)
    last = work.today - timedelta(days=1)
    ended = work.db.execute(
        update(_R)
        .where(
            col(_R.id) == found[0].id,
            col(_R.ends_on).is_(None) | (col(_R.ends_on) > last),
        )
        .values(ends_on=last)
    )
    if ended.rowcount:
        before, after = {"ends_on": found[0].ends_on}, {"ends_on": last}
        work.record("end", "signing_right", found[0].id, before, after)
    return _rows(work, col(_R.id) == found[0].id)[0]


def rights_of(work: Work, employee_id: UUID) -> list[SigningRight]:
    """Return every right of a person."""
    rows = work.db.execute(
        select(*map(col, _PLAIN))
        .where(col(_R.employee_id) == employee_id, col(_R.organization_id) == work.organization_id)
        .order_by(col(_R.starts_on), col(_R.id))
    )
    return [SigningRight(**{**row._mapping, "basis": Basis(row.basis)}) for row in rows]


def _checked(work: Work, request: AddSigningRight) -> dict[str, Any]:
    power = optional(request.power, "power", limit=300)
    starts_on = request.starts_on or work.today
    check_right(request.basis, power, starts_on, request.ends_on)
    kind = optional(request.kind, "kind", limit=200)
    if kind is not None:
        if request.flow is None:
            raise Invalid(field="flow", reason=_("a kind is named with its flow"))
        kind = find_kind(work, request.flow, kind, reason=None).name
    return {
        "flow": request.flow.value if request.flow else None,
        "kind": kind,
        "amount": request.amount,
        "basis": request.basis.value,
        "power": power,
        "starts_on": starts_on,
        "ends_on": request.ends_on,
    }


def _rows(work: Work, *conditions: ColumnElement[bool]) -> list[SigningRightRow]:
    employee = EmployeeTable
    rows = work.db.execute(
        select(*map(col, _PLAIN), col(employee.full_name).label("employee"), col(employee.login))
        .join(employee, col(employee.id) == col(_R.employee_id))
        .where(col(_R.organization_id) == work.organization_id, *conditions)
        .order_by(col(employee.folded_name), col(_R.starts_on), col(_R.id))
    )
    return [SigningRightRow.model_validate(dict(row._mapping)) for row in rows]
