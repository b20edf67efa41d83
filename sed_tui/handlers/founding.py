"""Founding an organization: what every one begins with, and the first of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert

from sed_tui.domain.access import Role
from sed_tui.domain.defaults import DEFAULT_JOURNALS
from sed_tui.domain.text import clean, folded
from sed_tui.handlers.assignment_template import default_templates
from sed_tui.handlers.document_kind import default_kinds
from sed_tui.operations.organization import Initialized, InitializeOrganization
from sed_tui.storage.calendar import store_default_profiles
from sed_tui.storage.production_calendar import load_published
from sed_tui.storage.reminders import store_default_reminders
from sed_tui.storage.tables.assignment_template import AssignmentTemplateTable
from sed_tui.storage.tables.document_kind import DocumentKindTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sed_tui.handlers.work import Work


def initialize_organization(work: Work, request: InitializeOrganization) -> Initialized:
    """Make the first organization: calendar, default journals, one person with every role.

    The actor of the work is that person, who does not exist yet.
    """
    years = load_published(work.db, work.now)
    name = clean(request.name, "name", limit=500)
    code = clean(request.code or "01", "code", limit=32)
    make_organization(work, {"code": code, "name": name, "short_name": name[:200]})
    login = clean(request.login, "login", limit=64)
    full_name = clean(request.full_name or login, "full_name", limit=200)
    _make_first_employee(work, login, full_name, request.os_user)
    return Initialized(
        organization=code,
        login=login,
        journals=[journal.code for journal in DEFAULT_JOURNALS],
        calendar_years=years,
    )


def make_organization(work: Work, fields: Mapping[str, Any], state: str = "active") -> None:
    """Store the organization of the work with its default journals, kinds and terms.

    The trail of the organization begins with it.
    """
    organization_id = work.organization_id
    work.db.execute(
        insert(OrganizationTable).values(
            id=organization_id, created_at=work.now, state=state, version=1, **fields
        )
    )
    parent = fields.get("parent_id")
    shown = {**fields, "parent_id": str(parent)} if parent else fields
    work.record("create", "organization", organization_id, None, shown)
    work.db.execute(insert(JournalTable), _default_journals(work, organization_id))
    work.db.execute(insert(DocumentKindTable), default_kinds(organization_id))
    work.db.execute(insert(AssignmentTemplateTable), default_templates(organization_id))
    profiles = store_default_profiles(work.db, organization_id)
    work.record("create", "term_profiles", organization_id, None, {"profiles": profiles})
    reminders = store_default_reminders(work.db, organization_id)
    work.record("create", "reminder_rules", organization_id, None, {"rules": reminders})


def _make_first_employee(work: Work, login: str, full_name: str, os_user: str | None) -> None:
    employee_id = work.actor.employee_id
    row = {"login": login, "full_name": full_name, "os_user": os_user}
    work.db.execute(
        insert(EmployeeTable).values(
            id=employee_id,
            organization_id=work.organization_id,
            folded_name=folded(full_name),
            clearance=True,
            state="active",
            created_at=work.now,
            version=1,
            **row,
        )
    )
    roles = [role for role in Role if role is not Role.SYSTEM]
    work.db.execute(
        insert(RoleGrantTable),
        [
            {
                "employee_id": employee_id,
                "organization_id": work.organization_id,
                "role": role.value,
            }
            for role in roles
        ],
    )
    after = {**row, "roles": [role.value for role in roles]}
    work.record("create", "employee", employee_id, None, after)


def _default_journals(work: Work, organization_id: UUID) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "organization_id": organization_id,
            "code": journal.code,
            "name": journal.name,
            "flow": journal.flow.value,
            "formula": journal.formula,
            "period": "year",
            "scope": "none",
            "start": 1,
            "is_default": True,
            "state": "active",
            "created_at": work.now,
            "version": 1,
        }
        for journal in DEFAULT_JOURNALS
    ]
    for row in rows:
        shown = {name: row[name] for name in ("code", "name", "flow", "formula")}
        work.record("create", "journal", row["id"], None, shown)
    return rows
