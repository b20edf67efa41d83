"""What is known of an applicant, collected for the conditions of the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.joining import WORKING, JoiningState, JoiningStep, RegisterState, Side
from sed_tui.domain.joining_application import lacking
from sed_tui.domain.joining_conditions import Facts
from sed_tui.domain.joining_papers import Paper
from sed_tui.domain.workstation import Status
from sed_tui.handlers.joining_left import counts_of, left_behind
from sed_tui.storage.tables.audit import AuditEventTable
from sed_tui.storage.tables.joining import (
    JoiningEvidenceTable,
    JoiningPaperTable,
    JoiningPersonTable,
    JoiningSignatureTable,
)
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.unit import UnitTable
from sed_tui.storage.tables.workstation import WorkstationTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work

_P, _G, _W = JoiningPaperTable, JoiningSignatureTable, WorkstationTable
_OWN = {
    "machines": ((_W, ()),),
    "failing": ((_W, (col(_W.status) == Status.FAIL.value,)),),
    "units": ((UnitTable, (col(UnitTable.state) == "active",)),),
    "people": ((EmployeeTable, (col(EmployeeTable.state) == "active",)),),
    "journals": ((JournalTable, (col(JournalTable.state) == "active",)),),
}
_LEAVE = WORKING | {JoiningState.LEAVING}
"""Who is at work may leave something behind; nobody else is asked."""


def facts_of(work: Work, found: Found) -> Facts:
    """Collect what the conditions ask of the applicant."""
    organization, row = found.organization_id, found.row
    signatures = _signatures(work, found.id)
    agreed = [day for (paper, _side), day in signatures.items() if paper is not Paper.ACT]
    register = row.register_state
    return Facts(
        lacking=frozenset(lacking(row._asdict())),
        register_state=RegisterState(register) if register else None,
        signed=frozenset(signatures),
        agreed_on=max(agreed, default=None),
        **_people(work, organization),
        recorded=_recorded(work, found.id),
        **counts_of(work, organization, _OWN),
        **(left_behind(work, organization) if found.state in _LEAVE else {}),
        is_exported=_is_exported(work, found),
    )


def _signatures(work: Work, joining_id: UUID) -> dict[tuple[Paper, Side], date]:
    rows = work.db.execute(
        select(*map(col, (_P.paper, _G.side, _G.signed_on)))
        .join(_G, col(_G.paper_id) == col(_P.id))
        .where(col(_P.joining_id) == joining_id)
        .order_by(col(_G.signed_on))
    )
    return {(Paper(row.paper), Side(row.side)): row.signed_on for row in rows}


def _people(work: Work, organization: UUID) -> dict[str, int]:
    """Count the people on the list, of those whose consent stands."""
    table = JoiningPersonTable
    rows = work.db.execute(
        select(*map(col, (table.roles, table.owns_signature, table.consent_on))).where(
            col(table.organization_id) == organization, col(table.withdrawn_on).is_(None)
        )
    ).all()
    return {
        "listed": len(rows),
        "without_consent": sum(row.consent_on is None for row in rows),
        "administrators": sum(Role.ADMINISTRATOR.value in row.roles.split() for row in rows),
        "signature_owners": sum(row.owns_signature for row in rows),
    }


def _recorded(work: Work, joining_id: UUID) -> frozenset[JoiningStep]:
    table = JoiningEvidenceTable
    steps = work.db.scalars(
        select(col(table.step)).where(col(table.joining_id) == joining_id).distinct()
    )
    return frozenset(map(JoiningStep, steps))


def _is_exported(work: Work, found: Found) -> bool:
    """Tell whether an export was recorded, and nothing but joining went on after it."""
    if found.row.exported_seq is None:
        return False
    table = AuditEventTable
    later = (
        col(table.seq) > found.row.exported_seq,
        col(table.event) != "export",
        col(table.operation).not_like("joining.%"),
    )
    return not counts_of(work, found.organization_id, {"later": ((table, later),)})["later"]
