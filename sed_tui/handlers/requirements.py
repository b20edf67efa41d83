"""Requirements for workplaces: published by an administrator, read by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.domain.requirements import read_requirements
from sed_tui.errors.workstation import NoPublishedRequirements, OlderRequirements
from sed_tui.operations.requirements import (
    PublishedRequirements,
    PublishRequirements,
    ShowRequirements,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.workstation import RequirementsTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_R = RequirementsTable


def publish_requirements(work: Work, request: PublishRequirements) -> PublishedRequirements:
    """Publish an edition. Raises `BadRequirements`, `OlderRequirements`.

    An edition of the same name is replaced.
    """
    new = read_requirements(request.content)
    lock_name(work.db, work.organization_id, "workstation_requirements")
    known = _newest(work)
    if known is not None and not request.force and new.dated < known.dated:
        raise OlderRequirements(
            field="content",
            edition=new.edition,
            date=new.dated.isoformat(),
            known=known.edition,
            known_date=known.dated.isoformat(),
        )
    same = col(_R.organization_id) == work.organization_id, col(_R.edition) == new.edition
    work.db.execute(delete(_R).where(*same))
    created = uuid4()
    work.db.execute(
        insert(_R).values(
            id=created,
            organization_id=work.organization_id,
            edition=new.edition,
            dated=new.dated,
            content=request.content,
            published_at=work.now,
            published_by=work.actor.employee_id,
        )
    )
    before = {"edition": known.edition} if known else None
    work.record("publish", "workstation_requirements", created, before, {"edition": new.edition})
    return show_requirements(work, ShowRequirements())


def show_requirements(work: Work, _request: ShowRequirements) -> PublishedRequirements:
    """Return the newest edition. Raises `NoPublishedRequirements`."""
    found = _newest(work)
    if found is None:
        raise NoPublishedRequirements
    return found


def _newest(work: Work) -> PublishedRequirements | None:
    row = work.db.execute(
        select(
            *map(col, (_R.edition, _R.dated, _R.published_at, _R.content)),
            col(EmployeeTable.full_name).label("published_by"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(_R.published_by))
        .where(col(_R.organization_id) == work.organization_id)
        .order_by(col(_R.published_at).desc())
        .limit(1)
    ).one_or_none()
    return PublishedRequirements(**row._mapping) if row is not None else None
