"""What an actor may see, as one SQL predicate that every query of documents carries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, false, or_, select, true
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.planning import unindexed
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.actor import Actor


class Shape(NamedTuple):
    """What the predicate of an actor looks like, whatever his organization and his name."""

    sight: Sight
    is_broad: bool
    approves_for_others: bool


def visible_documents(
    actor: Actor, *, is_narrowed: bool = False, is_whole: bool = False
) -> ColumnElement[bool]:
    """Return the predicate on `document`: the organization, the department, or one's own.

    Nobody sees another organization's rows, whatever the role. `is_narrowed` says that
    another condition names a small set of ids, from which to begin; `is_whole` that all
    that is seen is read, not a page of it.
    """
    shape, values = shape_of(actor), values_of(actor)
    return _predicate(shape, values, is_narrowed=is_narrowed, is_whole=is_whole)


def visible_by_parameters(shape: Shape, *, is_narrowed: bool = False) -> ColumnElement[bool]:
    """Return the same for a query that is built once and takes the actor's `values_of`."""
    many = {"seen_people", "seen_acts_for", "seen_approves_for"}
    parameters: dict[str, Any] = {name: bindparam(name, expanding=name in many) for name in _VALUES}
    return _predicate(shape, parameters, is_narrowed=is_narrowed)


def shape_of(actor: Actor) -> Shape:
    """Return by what an actor's queries differ from those of others."""
    return Shape(actor.sight, actor.is_broad, bool(actor.approves_for))


def values_of(actor: Actor) -> dict[str, Any]:
    """Return what the predicate of an actor is filled with."""
    return {
        "seen_organization": actor.organization_id,
        "seen_people": actor.sees_for,
        "seen_acts_for": actor.acts_for,
        "seen_approves_for": sorted(actor.approves_for),
        "seen_day": actor.day or date.max,
    }


_VALUES = (
    "seen_organization",
    "seen_people",
    "seen_acts_for",
    "seen_approves_for",
    "seen_day",
)


def _predicate(
    shape: Shape, values: Mapping[str, Any], *, is_narrowed: bool, is_whole: bool = False
) -> ColumnElement[bool]:
    place = col(DocumentTable.organization_id)
    is_begun_elsewhere = is_narrowed or not (shape.sight is Sight.ORGANIZATION or shape.is_broad)
    within = (unindexed(place) if is_begun_elsewhere else place) == values["seen_organization"]
    match shape.sight:
        case Sight.ORGANIZATION:
            return and_(within)
        case Sight.DEPARTMENT | Sight.OWN:
            return and_(within, _own(shape, values, is_whole=is_whole))
        case Sight.NOTHING:
            return false()


def _own(shape: Shape, values: Mapping[str, Any], *, is_whole: bool) -> ColumnElement[bool]:
    """Return the predicate that those whose documents one sees take part, or were shown it."""
    from sed_tui.storage.tables.participant import ParticipantTable  # for those alone

    document = col(DocumentTable.id)
    is_gone_through = shape.is_broad and shape.sight is Sight.DEPARTMENT
    person = col(ParticipantTable.employee_id)
    # SQLite would look for each of thirty people in each document of the list
    mine: ColumnElement[bool] = (unindexed(person) if is_gone_through else person).in_(
        values["seen_people"]
    )
    if shape.approves_for_others:
        # who decides for an approver sees what that one is asked, and no more
        absent = person.in_(values["seen_approves_for"])
        mine = or_(mine, and_(col(ParticipantTable.capacity) == "approver", absent))
    if is_gone_through:
        # a fifth of the list: going through it finds a page of 100,000 cards in a tenth of
        # the time that gathering and sorting the fifth takes
        # PostgreSQL would look for thirty people in each document too, or else gather all
        # parts for a page of a hundred: a truth is in no index, and an offset not gathered
        parts = select(col(ParticipantTable.document_id)).where(
            col(ParticipantTable.document_id) == document, mine if is_whole else mine.is_(true())
        )
        takes_part = exists(parts if is_whole else parts.offset(0))
        return or_(takes_part, document.in_(_shown_to(values)))
    # one's own documents are few: reading the list to find them took 350 ms of
    # 200,000 rows, reading them and sorting takes 0.2
    taking_part = select(col(ParticipantTable.document_id)).where(mine)
    return document.in_(taking_part.union_all(_shown_to(values)))


def _shown_to(values: Mapping[str, Any]) -> Select[UUID]:
    """Return the documents to which the actor has an extra right on the day of the operation."""
    from sed_tui.storage.tables.access import DocumentAccessTable as Access  # for those alone

    return select(col(Access.document_id)).where(
        col(Access.employee_id).in_(values["seen_acts_for"]),
        col(Access.revoked_at).is_(None),
        or_(col(Access.ends_on).is_(None), col(Access.ends_on) >= values["seen_day"]),
    )
