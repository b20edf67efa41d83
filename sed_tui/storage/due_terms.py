"""What reminders are made of: open terms, the people they concern, what was sent before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.digests import Heads, OpenTerm, Worker
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.substitution import Scope, scopes_of
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.mail import OutgoingMailTable, ReminderTable
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable
from sed_tui.storage.tables.substitution import SubstitutionTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Connection, Row

    from sed_tui.domain.digests import Reminder

_A = AssignmentTable
_AT_ONCE = 500  # rows and ids in one statement
OPEN_TO_ALL = {None, Confidentiality.NONE.value}


def open_terms(db: Connection, organization_id: UUID, until: date) -> list[OpenTerm]:
    """Return the open assignments due until a day or waiting for acceptance, the earliest first.

    Those on official-use-only documents have no text.
    """
    document = DocumentTable
    rows = db.execute(
        select(
            *map(col, (_A.id, _A.text, _A.author_id, _A.executor_id, _A.controller_id)),
            *map(col, (_A.due, _A.state, _A.shifts, _A.reported_on)),
            *map(col, (document.number, document.confidentiality)),
        )
        .outerjoin(document, col(document.id) == col(_A.document_id))
        .where(
            col(_A.organization_id) == organization_id,
            col(_A.closed_at).is_(None),
            or_(col(_A.due) <= until, col(_A.state) == AssignmentState.ACCEPTANCE.value),
        )
        .order_by(col(_A.due), col(_A.id))
    )
    return [
        OpenTerm(
            id=row.id,
            number=row.number,
            text=row.text if row.confidentiality in OPEN_TO_ALL else None,
            author=row.author_id,
            executor=row.executor_id,
            controller=row.controller_id,
            due=row.due or date.max,
            state=AssignmentState(row.state),
            version=row.shifts,
            reported_on=row.reported_on,
        )
        for row in rows
    ]


def workers(db: Connection, ids: Collection[UUID]) -> dict[UUID, Worker]:
    """Return people by their ids."""
    asked = sorted(ids)
    parts = [asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE)]
    employee = EmployeeTable
    query = _workers()
    found = (db.execute(query.where(col(employee.id).in_(part))) for part in parts)
    return {row.id: _worker(row) for rows in found for row in rows}


def heads(db: Connection, organization_id: UUID) -> Heads:
    """Return who heads whom in an organization."""
    grant = RoleGrantTable
    rows = db.execute(
        _workers()
        .join(grant, col(grant.employee_id) == col(EmployeeTable.id))
        .where(
            col(grant.organization_id) == organization_id,
            col(grant.role) == Role.HEAD.value,
            col(EmployeeTable.state) == "active",
        )
        .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
    )
    units = db.execute(
        select(col(UnitTable.id), col(UnitTable.parent_id)).where(
            col(UnitTable.organization_id) == organization_id
        )
    )
    return Heads([_worker(row) for row in rows], {row.id: row.parent_id for row in units})


def substitutes(db: Connection, organization_id: UUID, day: date) -> dict[UUID, UUID]:
    """Return who does the assignments of absent people on a day, by the absent."""
    table = SubstitutionTable
    rows = db.execute(
        select(*map(col, (table.absent_id, table.substitute_id, table.scope))).where(
            col(table.organization_id) == organization_id,
            col(table.starts_on) <= day,
            col(table.ends_on) >= day,
            col(table.substitute_id).is_not(None),
            col(table.cancelled_at).is_(None),
        )
    )
    return {
        row.absent_id: row.substitute_id
        for row in rows
        if Scope.ASSIGNMENTS in scopes_of(row.scope)
    }


def sent_reminders(
    db: Connection, organization_id: UUID, day: date
) -> dict[tuple[UUID, str, int, UUID], date]:
    """Return when people were reminded of open terms still to come, and of what is over."""
    asked = _reminders(organization_id)
    reminder = ReminderTable
    terms = asked.join(_A, col(_A.id) == col(reminder.object_id)).where(
        col(_A.organization_id) == organization_id,
        col(_A.closed_at).is_(None),
        col(_A.due) >= day,
    )
    others = asked.where(col(reminder.object_type) == "employee")
    return _told([*db.execute(terms), *db.execute(others)])


def reminders_since(
    db: Connection, organization_id: UUID, moment: datetime
) -> dict[tuple[UUID, str, int, UUID], date]:
    """Return what letters written since a moment have reminded of, as `sent_reminders` does."""
    mail = OutgoingMailTable
    query = _reminders(organization_id).join(mail, col(mail.id) == col(ReminderTable.mail_id))
    return _told(
        db.execute(
            query.where(
                col(mail.organization_id) == organization_id, col(mail.created_at) >= moment
            )
        )
    )


def store_reminders(
    db: Connection,
    organization_id: UUID,
    day: date,
    reminders: Mapping[UUID, Collection[Reminder]],
) -> None:
    """Write down which letters reminded of what; under the same rule again, the later day."""
    upsert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    statement = upsert(ReminderTable)
    statement = statement.on_conflict_do_update(
        index_elements=["object_id", "threshold", "term_version", "recipient_id"],
        set_={"day": statement.excluded.day, "mail_id": statement.excluded.mail_id},
    )
    db.execute(
        statement,
        [
            {
                "object_id": one.object_id,
                "threshold": one.rule,
                "term_version": one.version,
                "recipient_id": one.recipient,
                "organization_id": organization_id,
                "object_type": one.object_type,
                "day": day,
                "mail_id": mail,
            }
            for mail, told in reminders.items()
            for one in told
        ],
    )


def _reminders(organization_id: UUID) -> Any:
    reminder = ReminderTable
    return select(
        *map(col, (reminder.object_id, reminder.threshold, reminder.term_version)),
        *map(col, (reminder.recipient_id, reminder.day)),
    ).where(col(reminder.organization_id) == organization_id)


def _told(rows: Iterable[Any]) -> dict[tuple[UUID, str, int, UUID], date]:
    return {
        (row.object_id, row.threshold, row.term_version, row.recipient_id): row.day for row in rows
    }


def _workers() -> Any:
    employee = EmployeeTable
    return select(
        *map(col, (employee.id, employee.full_name, employee.email)),
        *map(col, (employee.unit_id, employee.state, employee.language)),
    )


def _worker(row: Row[*tuple[Any, ...]]) -> Worker:
    return Worker(
        row.id, row.full_name, row.email, row.unit_id, row.state == "active", row.language
    )
