"""Who keeps the system, which applications one sees, and their terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, true
from sqlmodel import col

from sed_tui.domain.joining import DEFAULT_TERMS, JoiningState, StepTerm
from sed_tui.storage.tables.joining import JoiningOperatorTable, JoiningTable, JoiningTermTable
from sed_tui.storage.tables.organization import OrganizationTable
from sed_tui.storage.transfer import ELSEWHERE

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

_J = JoiningTable


@dataclass(frozen=True, slots=True)
class SystemOperator:
    """The organization that keeps the system."""

    id: UUID
    code: str
    name: str


def load_operator(db: Connection) -> SystemOperator | None:
    """Return who keeps the system, None before anybody was named."""
    row = db.execute(
        select(*map(col, (OrganizationTable.id, OrganizationTable.code, OrganizationTable.name)))
        .join(
            JoiningOperatorTable,
            col(JoiningOperatorTable.organization_id) == col(OrganizationTable.id),
        )
        .where(col(JoiningOperatorTable.place) == 1)
    ).one_or_none()
    return SystemOperator(row.id, row.code, row.name) if row else None


def load_keeper(db: Connection) -> SystemOperator:
    """Return the operator, before one is named the organization that was made first."""
    known = load_operator(db)
    if known is not None:
        return known
    offices = OrganizationTable
    row = db.execute(
        select(*map(col, (offices.id, offices.code, offices.name)))
        .where(col(offices.state) != ELSEWHERE)
        .order_by(col(offices.created_at), col(offices.code))
        .limit(1)
    ).one()
    return SystemOperator(row.id, row.code, row.name)


def seen_applications(organization_id: UUID, operator: SystemOperator | None) -> Any:
    """Return the one predicate of joining: the operator sees all, others their own."""
    if operator is not None and operator.id == organization_id:
        return true()
    return col(_J.organization_id) == organization_id


def load_terms(db: Connection, operator: SystemOperator | None) -> dict[JoiningState, StepTerm]:
    """Return how long each state may last: the operator's own terms over those shipped."""
    terms = dict(DEFAULT_TERMS)
    if operator is None:
        return terms
    table = JoiningTermTable
    rows = db.execute(
        select(*map(col, (table.state, table.days, table.source))).where(
            col(table.organization_id) == operator.id
        )
    )
    return terms | {JoiningState(row.state): StepTerm(row.days, row.source) for row in rows}
