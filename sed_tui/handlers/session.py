"""Who the caller is and what he may do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.operations.session import ChangeCursor, SessionView, ShowChanges, ShowSession
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sed_tui.handlers.work import Work


def show_session(work: Work, _request: ShowSession) -> SessionView:
    """Describe the actor of the call."""
    name = work.db.execute(_name(), {"organization": work.organization_id}).scalar_one()
    return SessionView(
        login=work.actor.login,
        name=work.actor.name,
        organization=work.actor.organization,
        organization_name=name,
        roles=sorted(work.actor.roles),
        operations=work.actor.operations(),
    )


@cache
def _name() -> Select[str]:
    table = OrganizationTable
    return select(col(table.name)).where(col(table.id) == bindparam("organization"))


def show_changes(work: Work, _request: ShowChanges) -> ChangeCursor:
    """Return the end of the audit trail, which every change moves: one row to read."""
    from sed_tui.storage.tables.audit import AuditHeadTable  # 15 ms, for lists that stay open

    seq = work.db.scalar(
        select(col(AuditHeadTable.seq)).where(
            col(AuditHeadTable.organization_id) == work.organization_id
        )
    )
    return ChangeCursor(cursor=seq or 0)
