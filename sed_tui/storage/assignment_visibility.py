"""Which assignments an actor may see, as one SQL predicate that every query carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, false, or_
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.storage.own_documents import on_own_document
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.actor import Actor


def visible_assignments(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate on `assignment`: the organization, the department, or one's own.

    One's own are those one has a part in, and those on documents one takes part in.
    """
    within = col(AssignmentTable.organization_id) == actor.organization_id
    match actor.sight:
        case Sight.ORGANIZATION:
            return within
        case Sight.DEPARTMENT | Sight.OWN:
            on_own = on_own_document(actor, AssignmentTable.document_id)
            return and_(within, or_(_has_part(actor), on_own))
        case Sight.NOTHING:
            return false()


def _has_part(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate that one of those has any part, if only to observe it."""
    # where a part is asked for
    from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable

    helps = exists().where(
        col(CoExecutorTable.assignment_id) == col(AssignmentTable.id),
        col(CoExecutorTable.employee_id).in_(actor.sees_for),
    )
    observes = exists().where(
        col(ObserverTable.assignment_id) == col(AssignmentTable.id),
        col(ObserverTable.employee_id).in_(actor.sees_for),
    )
    return or_(
        col(AssignmentTable.executor_id).in_(actor.sees_for),
        col(AssignmentTable.author_id).in_(actor.sees_for),
        col(AssignmentTable.controller_id).in_(actor.sees_for),
        col(AssignmentTable.entered_by).in_(actor.sees_for),
        helps,
        observes,
    )
