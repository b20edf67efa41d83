"""What an actor may see, as one SQL predicate that every query of documents carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.planning import unindexed
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.access import Actor


def visible_documents(actor: Actor, *, is_narrowed: bool = False) -> ColumnElement[bool]:
    """Return the predicate on `document`: the organization, and one's own where that is all.

    Nobody sees another organization's rows, whatever the role. `is_narrowed` says that
    another condition names a small set of ids, from which to begin.
    """
    organization = col(DocumentTable.organization_id)
    match actor.sight:
        case Sight.ORGANIZATION:
            return (unindexed(organization) if is_narrowed else organization) == (
                actor.organization_id
            )
        case Sight.OWN:
            from sed_tui.storage.tables.participant import ParticipantTable  # for those alone

            mine: ColumnElement[bool] = col(ParticipantTable.employee_id).in_(actor.acts_for)
            if actor.approves_for:
                # who decides for an approver sees what that one is asked, and no more
                absent = col(ParticipantTable.employee_id).in_(sorted(actor.approves_for))
                mine = or_(mine, and_(col(ParticipantTable.capacity) == "approver", absent))
            own = select(col(ParticipantTable.document_id)).where(mine)
            # one's own documents are few: reading the list to find them took 350 ms of
            # 200,000 rows, reading them and sorting takes 0.2
            return and_(
                unindexed(organization) == actor.organization_id,
                col(DocumentTable.id).in_(own),
            )
        case Sight.NOTHING:
            return false()
