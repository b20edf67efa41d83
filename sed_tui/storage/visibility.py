"""What an actor may see, as one SQL predicate that every query of documents carries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, false, or_, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.planning import unindexed
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
    place = col(DocumentTable.organization_id)
    is_begun_elsewhere = is_narrowed or not (actor.sight is Sight.ORGANIZATION or actor.is_broad)
    within = (unindexed(place) if is_begun_elsewhere else place) == actor.organization_id
    match actor.sight:
        case Sight.ORGANIZATION:
            return within
        case Sight.DEPARTMENT | Sight.OWN:
            return and_(within, _own(actor))
        case Sight.NOTHING:
            return false()


def _own(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate that those whose documents one sees take part, or were shown it."""
    from sed_tui.storage.tables.participant import ParticipantTable  # for those alone

    document = col(DocumentTable.id)
    is_gone_through = actor.is_broad and actor.sight is Sight.DEPARTMENT
    person = col(ParticipantTable.employee_id)
    # SQLite would look for each of thirty people in each document of the list
    mine: ColumnElement[bool] = (unindexed(person) if is_gone_through else person).in_(
        actor.sees_for
    )
    if actor.approves_for:
        # who decides for an approver sees what that one is asked, and no more
        absent = person.in_(sorted(actor.approves_for))
        mine = or_(mine, and_(col(ParticipantTable.capacity) == "approver", absent))
    if is_gone_through:
        # a fifth of the list: going through it finds a page of 100,000 cards in a tenth of
        # the time that gathering and sorting the fifth takes
        takes_part = exists().where(col(ParticipantTable.document_id) == document, mine)
        return or_(takes_part, document.in_(_shown_to(actor)))
    # one's own documents are few: reading the list to find them took 350 ms of
    # 200,000 rows, reading them and sorting takes 0.2
    taking_part = select(col(ParticipantTable.document_id)).where(mine)
    return document.in_(taking_part.union_all(_shown_to(actor)))


def _shown_to(actor: Actor) -> Select[UUID]:
    """Return the documents to which the actor has an extra right on the day of the operation."""
    from sed_tui.storage.tables.access import DocumentAccessTable as Access  # for those alone

    return select(col(Access.document_id)).where(
        col(Access.employee_id).in_(actor.acts_for),
        col(Access.revoked_at).is_(None),
        or_(col(Access.ends_on).is_(None), col(Access.ends_on) >= (actor.day or date.max)),
    )
