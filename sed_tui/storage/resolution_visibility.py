"""Which resolutions an actor may see, as one SQL predicate that every query carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.own_documents import on_own_document
from sed_tui.storage.tables.resolution import ResolutionTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.actor import Actor

_R = ResolutionTable


def visible_resolutions(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate: the organization's; or one's own, and those on one's documents."""
    within = col(_R.organization_id) == actor.organization_id
    match actor.sight:
        case Sight.ORGANIZATION:
            return within
        case Sight.DEPARTMENT | Sight.OWN:
            mine = or_(
                col(_R.drafted_by).in_(actor.sees_for), col(_R.author_id).in_(actor.sees_for)
            )
            return and_(within, or_(mine, on_own_document(actor, _R.document_id)))
        case Sight.NOTHING:
            return false()
