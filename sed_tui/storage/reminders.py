"""The rules of reminders as the database holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.reminders import DEFAULT_REMINDERS, Audience, ReminderRule
from sed_tui.storage.tables.mail import ReminderRuleTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def store_default_reminders(db: Connection, organization_id: UUID) -> list[str]:
    """Give a new organization the rules that every one begins with, and return their codes."""
    db.execute(
        insert(ReminderRuleTable),
        [
            {
                "organization_id": organization_id,
                "code": rule.code,
                "audience": rule.audience.value,
                "days_before": rule.days_before,
                "every_days": rule.every_days,
                "is_active": True,
            }
            for rule in DEFAULT_REMINDERS
        ],
    )
    return [rule.code for rule in DEFAULT_REMINDERS]


def load_reminders(db: Connection, organization_id: UUID) -> list[ReminderRule]:
    """Return the rules an organization goes by, the earliest reminder first."""
    table = ReminderRuleTable
    rows = db.execute(
        select(*map(col, (table.code, table.audience, table.days_before, table.every_days))).where(
            col(table.organization_id) == organization_id, col(table.is_active)
        )
    )
    rules = [
        ReminderRule(row.code, Audience(row.audience), row.days_before, row.every_days)
        for row in rows
    ]
    late = -1  # what comes after the term comes last
    return sorted(
        rules, key=lambda r: (-(late if r.days_before is None else r.days_before), r.code)
    )
