"""Extra rights: given for a reason and a time, one at a time to a person, never removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select, true, update
from sqlmodel import col

from sed_tui.domain.text import clean
from sed_tui.errors.access import AccessEndsInPast, NoAccess
from sed_tui.handlers.employee import find_colleague, resolve_employee
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.operations.access import AccessList, AccessRow, GrantAccess, ListAccess, RevokeAccess
from sed_tui.storage.tables.access import DocumentAccessTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_A = DocumentAccessTable


def grant_access(work: Work, request: GrantAccess) -> AccessRow:
    """Give the right in the place of an earlier one, and return it. Raises `AccessEndsInPast`."""
    document = find_document(work, request.document)
    person = resolve_employee(work, request.employee, "employee")
    reason = clean(request.reason, "reason", limit=1000)
    if request.ends_on is not None and request.ends_on < work.today:
        raise AccessEndsInPast(field="ends_on", day=request.ends_on)
    _revoke(work, document.id, person.id)
    given, row = uuid4(), {"ends_on": request.ends_on, "reason": reason}
    work.db.execute(
        insert(_A).values(
            id=given,
            organization_id=work.organization_id,
            document_id=document.id,
            employee_id=person.id,
            granted_at=work.now,
            granted_by=work.actor.employee_id,
            **row,
        )
    )
    work.record("grant_access", "document", document.id, None, {"access": person.login, **row})
    return _rights(work, document, col(_A.id) == given)[0]


def revoke_access(work: Work, request: RevokeAccess) -> AccessRow:
    """End the right at once and return it; a dismissed person's too. Raises `NoAccess`."""
    document = find_document(work, request.document)
    person = find_colleague(work, request.employee)
    ended = _revoke(work, document.id, person.id)
    if not ended:
        raise NoAccess(field="employee", person=person.full_name)
    work.record("revoke_access", "document", document.id, {"access": person.login}, None)
    return _rights(work, document, col(_A.id).in_(ended))[0]


def list_access(work: Work, request: ListAccess) -> AccessList:
    """Return the extra rights to a document that the actor may see."""
    rights = _rights(work, find_document(work, request.document), true())
    return AccessList(rows=[right for right in rights if request.past or right.is_active])


def _revoke(work: Work, document_id: UUID, employee_id: UUID) -> list[UUID]:
    done = work.db.scalars(
        update(_A)
        .where(
            col(_A.document_id) == document_id,
            col(_A.employee_id) == employee_id,
            col(_A.revoked_at).is_(None),
            or_(col(_A.ends_on).is_(None), col(_A.ends_on) >= work.today),
        )
        .values(revoked_at=work.now, revoked_by=work.actor.employee_id)
        .returning(col(_A.id))
    )
    return list(done)


def _rights(
    work: Work, document: DocumentReference, condition: ColumnElement[bool]
) -> list[AccessRow]:
    granter: Any = EmployeeTable.__table__.alias("granter")  # type: ignore[attr-defined]
    rows = work.db.execute(
        select(
            *map(col, (_A.id, _A.ends_on, _A.reason, _A.granted_at, _A.revoked_at)),
            col(EmployeeTable.full_name).label("employee"),
            col(EmployeeTable.login),
            granter.c.full_name.label("granted_by"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(_A.employee_id))
        .join(granter, granter.c.id == col(_A.granted_by))
        .where(col(_A.organization_id) == work.organization_id, col(_A.document_id) == document.id)
        .where(condition)
        .order_by(col(_A.granted_at).desc(), col(_A.id))
    )
    return [
        AccessRow.model_validate({**row._mapping, "is_active": _holds(work, row)}) for row in rows
    ]


def _holds(work: Work, row: Any) -> bool:
    return row.revoked_at is None and (row.ends_on is None or row.ends_on >= work.today)
