"""People of the office, put straight into the database for tests of other things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.text import folded
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sed_tui.config import Settings


def add_people(
    settings: Settings, *people: tuple[str, str, str, str | None], code: str = "01"
) -> dict[str, UUID]:
    """Add people of an organization: login, full name, roles with spaces, code of the unit."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        organization = _organization(db, code)
        found = {
            login: _add(db, organization, login, name, roles, unit)
            for login, name, roles, unit in people
        }
    engine.dispose()
    return found


def add_letter(settings: Settings, number: str, confidentiality: str = "none") -> str:
    """Put a registered letter of organization 01 into the database and return its number."""
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(
            insert(DocumentTable).values(
                id=uuid4(),
                organization_id=_organization(db),
                flow="incoming",
                kind="Письмо",
                subject="О представлении сведений",
                number=number,
                registered_on=date(2026, 1, 12),
                listed_on=date(2026, 1, 12),
                registration="registered",
                confidentiality=confidentiality,
                lifecycle="active",
                approval="none",
                exchange="none",
                execution="none",
                control="none",
                historic=False,
                created_at=datetime(2026, 1, 12, tzinfo=UTC),
                version=1,
            )
        )
    engine.dispose()
    return number


def _organization(db: Connection, code: str = "01") -> UUID:
    return db.scalars(
        select(col(OrganizationTable.id)).where(col(OrganizationTable.code) == code)
    ).one()


def _add(
    db: Connection, organization: UUID, login: str, name: str, roles: str, unit: str | None
) -> UUID:
    employee = uuid4()
    db.execute(
        insert(EmployeeTable).values(
            id=employee,
            organization_id=organization,
            unit_id=_unit(db, organization, unit) if unit else None,
            login=login,
            full_name=name,
            folded_name=folded(name),
            clearance=False,
            state="active",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            version=1,
        )
    )
    for role in roles.split():
        db.execute(
            insert(RoleGrantTable).values(
                employee_id=employee, organization_id=organization, role=role
            )
        )
    return employee


def _unit(db: Connection, organization: UUID, code: str) -> UUID:
    found = db.scalar(select(col(UnitTable.id)).where(col(UnitTable.code) == code))
    if found is not None:
        return found
    unit = uuid4()
    db.execute(
        insert(UnitTable).values(
            id=unit,
            organization_id=organization,
            code=code,
            name=f"Отдел {code}",
            state="active",
        )
    )
    return unit
