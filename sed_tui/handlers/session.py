"""Who the caller is and what he may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import MATRIX
from sed_tui.operations.session import SessionView, ShowSession
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work


def show_session(work: Work, _request: ShowSession) -> SessionView:
    """Describe the actor of the call."""
    name = work.db.execute(
        select(col(OrganizationTable.name)).where(col(OrganizationTable.id) == work.organization_id)
    ).scalar_one()
    return SessionView(
        login=work.actor.login,
        name=work.actor.name,
        organization=work.actor.organization,
        organization_name=name,
        roles=sorted(work.actor.roles),
        operations=[operation for operation in MATRIX if work.actor.may(operation)],
    )
