"""What hangs on documents that an actor takes part in, or those for whom he acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists
from sqlmodel import col

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.actor import Actor


def on_own_document(actor: Actor, document: Any) -> ColumnElement[bool]:
    """Return the predicate that a column names a document which one of them takes part in."""
    from sed_tui.storage.tables.participant import ParticipantTable  # for one's own alone

    return exists().where(
        col(ParticipantTable.document_id) == col(document),
        col(ParticipantTable.employee_id).in_(actor.sees_for),
    )
