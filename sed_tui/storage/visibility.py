"""What an actor may see, as one SQL predicate that every query of documents carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, false
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.tables.document import DocumentTable, ParticipantTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.access import Actor


def visible_documents(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate on `document`: the organization, and one's own where that is all.

    Nobody sees another organization's rows, whatever the role.
    """
    within = col(DocumentTable.organization_id) == actor.organization_id
    match actor.sight:
        case Sight.ORGANIZATION:
            return within
        case Sight.OWN:
            takes_part = exists().where(
                col(ParticipantTable.document_id) == col(DocumentTable.id),
                col(ParticipantTable.employee_id) == actor.employee_id,
            )
            return and_(within, takes_part)
        case Sight.NOTHING:
            return false()
