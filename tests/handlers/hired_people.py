"""People that tests need beside the administrator."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.text import folded
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable
from tests.served import opened

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.domain.access import Role
    from sed_tui.domain.clock import Clock
    from sed_tui.gateway.local import LocalGateway


def hire(settings: Settings, login: str, *roles: Role, clearance: bool = False) -> None:
    """Store an employee of the only organization."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        organization = db.scalar(select(col(OrganizationTable.id)))
        employee = uuid4()
        db.execute(
            insert(EmployeeTable).values(
                id=employee,
                organization_id=organization,
                login=login,
                full_name=login.title(),
                folded_name=folded(login),
                clearance=clearance,
                state="active",
                created_at=datetime(2026, 1, 1, tzinfo=UTC),
                version=1,
            )
        )
        for role in roles:
            db.execute(
                insert(RoleGrantTable).values(
                    employee_id=employee, organization_id=organization, role=role.value
                )
            )
    engine.dispose()


def gateway_of(settings: Settings, login: str, clock: Clock) -> LocalGateway:
    """Return a gateway for another person."""
    return opened(replace(settings, login=login), clock)
