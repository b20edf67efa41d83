"""The rules of reminders as the database holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.reminders import DEFAULT_REMINDERS, Audience, ReminderRule
from sed_tui.storage.tables.mail import ReminderRuleTable
from sed_tui.storage.versioned import keep_row

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
                "version": 1,
            }
            for rule in DEFAULT_REMINDERS
        ],
    )
    return [rule.code for rule in DEFAULT_REMINDERS]


def load_reminders(db: Connection, organization_id: UUID) -> list[ReminderRule]:
    """Return the rules an organization goes by, the earliest reminder first."""
    return [rule for rule, is_active in stored_reminders(db, organization_id) if is_active]


def notice_codes(db: Connection, organization_id: UUID) -> set[str]:
    """Return the codes of the steps that an organization tells of at once."""
    table = ReminderRuleTable
    return set(
        db.scalars(
            select(col(table.code)).where(
                col(table.organization_id) == organization_id,
                col(table.is_active),
                col(table.days_before).is_(None),
                col(table.every_days).is_(None),
            )
        )
    )


def stored_reminders(db: Connection, organization_id: UUID) -> list[tuple[ReminderRule, bool]]:
    """Return every rule and whether it is gone by, the earliest reminder first."""
    table = ReminderRuleTable
    rows = db.execute(
        select(
            *map(col, (table.code, table.audience, table.days_before, table.every_days)),
            col(table.is_active),
        ).where(col(table.organization_id) == organization_id)
    )
    rules = [
        (
            ReminderRule(row.code, Audience(row.audience), row.days_before, row.every_days),
            bool(row.is_active),
        )
        for row in rows
    ]
    return sorted(rules, key=lambda pair: _place(pair[0]))


def store_reminder(
    db: Connection, organization_id: UUID, rule: ReminderRule, seen: int | None, *, is_active: bool
) -> int:
    """Make a rule, or replace the one of its code, and return its version.

    Raises `ChangedMeanwhile` unless it is at the version `seen`.
    """
    values = {
        "audience": rule.audience.value,
        "days_before": rule.days_before,
        "every_days": rule.every_days,
        "is_active": is_active,
    }
    key = {"organization_id": organization_id, "code": rule.code}
    return keep_row(db, ReminderRuleTable, key, values, seen, what=rule.code)


def _place(rule: ReminderRule) -> tuple[int, int, str]:
    """Order rules by their moment: what comes after the term comes last."""
    if rule.days_before is not None:
        return 0, -rule.days_before, rule.code
    return 1, rule.every_days or 0, rule.code
