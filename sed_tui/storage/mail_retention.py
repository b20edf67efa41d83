"""Forgetting letters that were sent long ago, and reminders of what is closed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlmodel import col

from sed_tui.domain.mail import LetterState
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.mail import OutgoingMailTable, ReminderTable

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Connection

_M, _R = OutgoingMailTable, ReminderTable


def remove_letters(db: Connection, organization_id: UUID, before: datetime, most: int) -> int:
    """Remove the letters that servers took before a moment, the oldest first; count them.

    What they reminded of stays known; letters that wait or were refused stay too.
    """
    ids = db.scalars(
        select(col(_M.id))
        .where(
            col(_M.organization_id) == organization_id,
            col(_M.state) == LetterState.SENT.value,
            col(_M.created_at) < before,
        )
        .order_by(col(_M.created_at), col(_M.id))
        .limit(most)
    ).all()
    db.execute(update(_R).where(col(_R.mail_id).in_(ids)).values(mail_id=None))
    db.execute(delete(_M).where(col(_M.id).in_(ids)))
    return len(ids)


def remove_reminders(db: Connection, organization_id: UUID, before: date) -> int:
    """Remove what was reminded of before a day and is closed since; count it."""
    closed = select(col(AssignmentTable.id)).where(
        col(AssignmentTable.id) == col(_R.object_id),
        col(AssignmentTable.closed_at).is_not(None),
    )
    done = db.execute(
        delete(_R).where(
            col(_R.organization_id) == organization_id,
            col(_R.object_type) == "assignment",
            col(_R.day) < before,
            closed.exists(),
        )
    )
    return done.rowcount
