"""The state of a part follows the work of the other organization, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_part import FOLLOWS
from sed_tui.handlers.other_organization import working_in
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_outcome import AssignmentPartTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

_A = AssignmentTable
_P = AssignmentPartTable


def follow_part(work: Work, assignment_id: UUID) -> None:
    """Bring the part to what its assignment is now, and record it with the author's records."""
    now = work.db.execute(
        select(*map(col, (_A.state, _A.due, _A.report_text, _A.reported_on))).where(
            col(_A.id) == assignment_id
        )
    ).one()
    part = work.db.execute(
        select(
            *map(col, (_P.id, _P.organization_id, _P.state, _P.due, _P.reported_on)),
            col(OrganizationTable.code),
        )
        .join(OrganizationTable, col(OrganizationTable.id) == col(_P.organization_id))
        .where(col(_P.target_assignment_id) == assignment_id)
    ).one()
    after = {
        "state": FOLLOWS[AssignmentState(now.state)].value,
        "due": now.due,
        "reported_on": now.reported_on,
    }
    before = {name: getattr(part, name) for name in after}
    work.db.execute(
        update(_P)
        .where(col(_P.id) == part.id)
        .values(**after, report_text=now.report_text, changed_at=work.now, version=_P.version + 1)
    )
    if before == after:
        return
    with working_in(work, part.organization_id, part.code) as authors:
        authors.record("follow", "assignment_part", part.id, before, after)
