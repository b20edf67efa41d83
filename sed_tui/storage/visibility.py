"""What an actor may see, as one SQL predicate that every query of documents carries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.planning import unindexed
from sed_tui.storage.seen_people import is_mine
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.actor import Actor


def visible_documents(actor: Actor, *, is_narrowed: bool = False) -> ColumnElement[bool]:
    """Return the predicate on `document`: the organization, the department, or one's own.

    Nobody sees another organization's rows, whatever the role. `is_narrowed` says that
    another condition names a small set of ids, from which to begin.
    """
    organization = col(DocumentTable.organization_id)
    match actor.sight:
        case Sight.ORGANIZATION:
            return (unindexed(organization) if is_narrowed else organization) == (
                actor.organization_id
            )
        case Sight.DEPARTMENT | Sight.OWN:
            from sed_tui.storage.tables.participant import ParticipantTable  # for those alone

            mine = is_mine(col(ParticipantTable.employee_id), actor)
            if actor.approves_for:
                # who decides for an approver sees what that one is asked, and no more
                absent = col(ParticipantTable.employee_id).in_(sorted(actor.approves_for))
                mine = or_(mine, and_(col(ParticipantTable.capacity) == "approver", absent))
            taking_part = select(col(ParticipantTable.document_id)).where(mine)
            own = taking_part.union_all(_shown_to(actor))
            # one's own documents are few: reading the list to find them took 350 ms of
            # 200,000 rows, reading them and sorting takes 0.2
            return and_(
                unindexed(organization) == actor.organization_id,
                col(DocumentTable.id).in_(own),
            )
        case Sight.NOTHING:
            return false()


def _shown_to(actor: Actor) -> Select[UUID]:
    """Return the documents to which the actor has an extra right on the day of the operation."""
    from sed_tui.storage.tables.access import DocumentAccessTable as Access  # for those alone

    return select(col(Access.document_id)).where(
        col(Access.employee_id).in_(actor.acts_for),
        col(Access.revoked_at).is_(None),
        or_(col(Access.ends_on).is_(None), col(Access.ends_on) >= (actor.day or date.max)),
    )
