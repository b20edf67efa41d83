"""Who is to sign a draft: the signatory, those beside him, and who of them has not signed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, not_, or_, select
from sqlmodel import col

from sed_tui.errors import Invalid
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.i18n import _
from sed_tui.storage.tables.draft import CosignatoryTable, DraftTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.signature import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from sed_tui.handlers.work import Work

_C, _S = CosignatoryTable, SignatureTable
_EMPLOYEES: Any = EmployeeTable.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who is to sign, and whether the last version has his signature."""

    id: UUID
    name: str
    login: str
    has_signed: bool


def find_cosignatories(work: Work, names: Sequence[str], first: UUID | None) -> list[UUID]:
    """Return who signs beside the signatory; each signs once. Raises `Invalid`."""
    found: list[UUID] = []
    for name in names:
        person = find_colleague_at_work(work, name, "cosignatories")
        if first is None:
            reason = _("the signatory is named first")
            raise Invalid(field="signatory", reason=reason)
        if person.id == first or person.id in found:
            reason = _("{name} is named twice").format(name=person.name)
            raise Invalid(field="cosignatories", reason=reason)
        found.append(person.id)
    return found


def store_cosignatories(work: Work, document_id: UUID, people: Sequence[UUID]) -> None:
    """Put these people in place of those that were named."""
    work.db.execute(delete(_C).where(col(_C.document_id) == document_id))
    shared = {"document_id": document_id, "organization_id": work.organization_id}
    rows = [{**shared, "employee_id": one, "position": n} for n, one in enumerate(people, 1)]
    if rows:
        work.db.execute(insert(_C), rows)


def signatories_of(work: Work, document_id: UUID) -> list[Signatory]:
    """Return who is to sign a draft, in the order of the document."""
    draft, people = DraftTable, _EMPLOYEES
    place = func.coalesce(col(_C.position), 0)
    rows = work.db.execute(
        select(
            people.c.id,
            people.c.full_name.label("name"),
            people.c.login,
            _has_signed(people.c.id).label("has_signed"),
        )
        .select_from(draft)
        .outerjoin(_C, col(_C.document_id) == col(draft.document_id))
        .join(
            people,
            or_(people.c.id == col(draft.signatory_id), people.c.id == col(_C.employee_id)),
        )
        .where(col(draft.document_id) == document_id)
        .order_by(people.c.id != col(draft.signatory_id), place)
    )
    found = [Signatory(row.id, row.name, row.login, bool(row.has_signed)) for row in rows]
    return list({one.id: one for one in found}.values())


def waits_for(people: Collection[UUID]) -> ColumnElement[bool]:
    """Return the condition that a draft waits for the signature of one of these people.

    It is asked of `document_draft` alone: where the draft stands is for others to ask.
    """
    worker = _EMPLOYEES.alias("named")
    beside = exists().where(
        col(_C.document_id) == col(DraftTable.document_id), col(_C.employee_id) == worker.c.id
    )
    # two selects deep: without this it would read every draft, not the one that is asked about
    beside = beside.correlate_except(_C)
    named = or_(worker.c.id == col(DraftTable.signatory_id), beside)
    return exists().where(
        and_(worker.c.id.in_(list(people)), named, not_(_has_signed(worker.c.id)))
    )


def _has_signed(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether the last version bears the signature of a person, or of who stood in for him."""
    found = exists().where(
        col(_S.document_id) == col(DraftTable.document_id),
        col(_S.version) == col(DraftTable.version),
        func.coalesce(col(_S.on_behalf_id), col(_S.signer_id)) == person,
    )
    return found.correlate_except(_S)
