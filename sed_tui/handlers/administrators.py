"""An organization never loses its last administrator: nobody could give rights in it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.errors.people import LastAdministrator
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work


def governed_by(work: Work, person: UUID) -> list[UUID]:
    """Return the organizations in which the person is an administrator, always in one order."""
    return list(
        work.db.scalars(
            select(col(RoleGrantTable.organization_id))
            .where(
                col(RoleGrantTable.employee_id) == person,
                col(RoleGrantTable.role) == Role.ADMINISTRATOR.value,
            )
            .order_by(col(RoleGrantTable.organization_id))
        )
    )


def lock_administrators(work: Work, organizations: list[UUID]) -> None:
    """Make others who take administrators away wait."""
    # two administrators who dismiss each other at once would both see the other one left
    for organization in organizations:
        lock_name(work.db, organization, "administrators")


def require_administrators(
    work: Work, organizations: list[UUID], person: UUID, field: str = "employee"
) -> None:
    """Refuse to leave an organization without one, by what is stored now.

    Raises `LastAdministrator`.
    """
    for organization in organizations:
        left = work.db.scalar(
            select(func.count())
            .select_from(RoleGrantTable)
            .join(EmployeeTable, col(EmployeeTable.id) == col(RoleGrantTable.employee_id))
            .where(
                col(RoleGrantTable.organization_id) == organization,
                col(RoleGrantTable.role) == Role.ADMINISTRATOR.value,
                col(EmployeeTable.state) == "active",
            )
        )
        if not left:
            raise LastAdministrator(
                field=field,
                login=work.db.scalar(
                    select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == person)
                ),
                organization=work.db.scalar(
                    select(col(OrganizationTable.code)).where(
                        col(OrganizationTable.id) == organization
                    )
                ),
            )
