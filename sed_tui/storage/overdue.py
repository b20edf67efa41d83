"""What is overdue or falls due, as SQL over the partial index of open assignments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.storage.names import named_people
from sed_tui.storage.raw import raw
from sed_tui.storage.standing import standing, standing_counts
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.storage.standing import Condition, Field, Moment, People

_TEXTS = {"text", "state", "control", "shifts"}
LISTED = (
    "id",
    "document_id",
    "text",
    "author_id",
    "executor_id",
    "entered_by",
    "controller_id",
    "due",
    "reported_on",
    "state",
    "control",
    "shifts",
)


def overdue_listing(actor: Actor, moment: Moment, people: People) -> Select[*tuple[Any, ...]]:
    """Return every overdue assignment of the actor's organization, the longest overdue first."""
    return listing(standing(actor, moment, LISTED, late(moment, people), is_open=True))


def overdue_counts(
    actor: Actor, moment: Moment, people: People, person: str
) -> Select[*tuple[Any, ...]]:
    """Return how many are overdue by `executor_id` or `author_id`, with who that is."""
    counts = standing_counts(actor, moment, person, late(moment, people), is_open=True).c
    return named_people(counts["count"].label("overdue")).join(
        counts.key.table, counts.key == col(EmployeeTable.id)
    )


def due_listing(
    actor: Actor, moment: Moment, people: People, last: date
) -> Select[*tuple[Any, ...]]:
    """Return what is overdue, and what is to be executed by the last day, by term."""
    condition = falls_due(moment, people, (last - moment.day).days)
    return listing(standing(actor, moment, LISTED, condition, is_open=True))


def falls_due(moment: Moment, people: People, days: int) -> Condition:
    """Return the predicate of what is overdue or is to be executed within some days."""
    last = moment.day + timedelta(days=days)

    def condition(field: Field) -> list[ColumnElement[bool]]:
        return [
            field("due") <= last,
            or_(
                field("reported_on").is_(None),
                (field("due") < moment.day) & (field("reported_on") > field("due")),
            ),
            *people.condition(field),
        ]

    return condition


def listing(found: Any, *more: str) -> Select[*tuple[Any, ...]]:
    """Return the rows of assignments as text, with the number and the mark of the document."""
    document = DocumentTable
    rows = found.subquery("found")
    columns = [c if c.name in _TEXTS else raw(c).label(c.name) for c in rows.c]
    return (
        select(*columns, col(document.number), col(document.confidentiality))
        .outerjoin(document, col(document.id) == rows.c.document_id)
        .order_by(*(rows.c[name] for name in (*more, "due", "id")))
    )


def late(moment: Moment, people: People) -> Condition:
    """Return the predicate of lateness: a report in time stops the clock (A15, A16)."""

    def is_late(field: Field) -> list[ColumnElement[bool]]:
        reported = field("reported_on")
        return [
            field("due") < moment.day,
            reported.is_(None) | (reported > field("due")),
            *people.condition(field),
        ]

    return is_late
