"""Who the caller is and what he may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.handlers.organization_name import organization_name
from sed_tui.operations.session import ChangeCursor, SessionView, ShowChanges, ShowSession

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work


def show_session(work: Work, _request: ShowSession) -> SessionView:
    """Describe the actor of the call."""
    return SessionView(
        login=work.actor.login,
        name=work.actor.name,
        organization=work.actor.organization,
        organization_name=organization_name(work),
        roles=sorted(work.actor.roles),
        operations=work.actor.operations(),
        stands_in_for=_absent(work),
    )


def _absent(work: Work) -> list[str]:
    actor = work.actor
    if not (absent := actor.stands_for | actor.approves_for | actor.reads_for):
        return []
    from sed_tui.storage.tables.organization import EmployeeTable  # for those alone who stand in

    names = select(col(EmployeeTable.full_name)).where(col(EmployeeTable.id).in_(absent))
    return sorted(work.db.scalars(names))


def show_changes(work: Work, _request: ShowChanges) -> ChangeCursor:
    """Return the end of the audit trail, which every change moves: one row to read."""
    from sed_tui.storage.tables.audit import AuditHeadTable  # 15 ms, for lists that stay open

    seq = work.db.scalar(
        select(col(AuditHeadTable.seq)).where(
            col(AuditHeadTable.organization_id) == work.organization_id
        )
    )
    return ChangeCursor(cursor=seq or 0)
