"""Lists of assignments: pages by key, counts, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, func, select, tuple_, union_all
from sqlmodel import col

from sed_tui.domain.assignment import SOON_DAYS, TO_EXECUTE, AssignmentState
from sed_tui.domain.text import optional
from sed_tui.handlers.assignment_rows import assignment_rows, shown_row
from sed_tui.operations.assignment_list import (
    AssignmentCount,
    AssignmentFilter,
    AssignmentPage,
    AssignmentRow,
    AssignmentSummary,
    CountAssignments,
    ListAssignments,
    Order,
    Scope,
    SummarizeAssignments,
    Waiting,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.work import Work

_A = AssignmentTable
# an assignment without a term comes after all that have one
_LAST_DAY = date(9999, 12, 31)
_BY_DUE = {Scope.TO_EXECUTE, Scope.TO_ACCEPT, Scope.OVERDUE, Scope.SUBSTITUTED, Scope.TO_CONTRIBUTE}


def list_assignments(work: Work, request: ListAssignments) -> AssignmentPage:
    """Return a page in the order of issue, or of terms where something waits."""
    order = _order(request)
    chosen = wanted(work, request)
    place = None
    if request.after is not None:
        place = decode_cursor(request.after, date.fromisoformat, UUID)
    if request.skip:
        skipped = _last_skipped(work, order, chosen, place, request.skip)
        if skipped is None:
            return AssignmentPage(rows=[])
        place = skipped
    query = assignment_rows(order.day.label("day")).where(chosen, *order.after(place))
    rows = work.db.execute(query.order_by(*order.by).limit(request.limit + 1)).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return AssignmentPage(
        rows=[AssignmentRow(**shown_row(work, row)) for row in rows[: request.limit]],
        next=encode_cursor(last.day, last.id) if last else None,
    )


def count_assignments(work: Work, request: CountAssignments) -> AssignmentCount:
    """Count, up to a limit where there is one."""
    found = select(col(_A.id)).where(wanted(work, request))
    if request.limit is not None:
        found = found.limit(request.limit + 1)
    total = work.db.scalar(select(func.count()).select_from(found.subquery())) or 0
    more = request.limit is not None and total > request.limit
    return AssignmentCount(total=request.limit if more and request.limit else total, more=more)


def summarize_assignments(work: Work, _request: SummarizeAssignments) -> AssignmentSummary:
    """Count what waits for the actor, each group in one pass over an index."""
    return AssignmentSummary(
        to_execute=_waiting(work, Scope.TO_EXECUTE),
        to_accept=_waiting(work, Scope.TO_ACCEPT),
        issued=_waiting(work, Scope.ISSUED),
        substituted=_waiting(work, Scope.SUBSTITUTED) if work.actor.stands_for else Waiting(),
    )


def overdue_by(day: date) -> ColumnElement[bool]:
    """Return the predicate that an open assignment is overdue at the end of a day (A15, A16)."""
    late = col(_A.reported_on).is_(None) | (col(_A.reported_on) > col(_A.due))
    return and_(col(_A.closed_at).is_(None), col(_A.due) < day, late)


@dataclass(frozen=True, slots=True)
class _Sorting:
    """The order of a list: by a day and the id, forwards or backwards."""

    day: Any
    forward: bool

    @property
    def by(self) -> tuple[Any, Any]:
        key = (self.day, col(_A.id))
        return key if self.forward else (key[0].desc(), key[1].desc())

    def after(self, place: tuple[Any, ...] | None) -> tuple[Any, ...]:
        if place is None:
            return ()
        key = tuple_(self.day, col(_A.id))
        return (key > place if self.forward else key < place,)


def _order(request: ListAssignments) -> _Sorting:
    usual = Order.DUE if request.scope in _BY_DUE else Order.ISSUED
    if (request.order or usual) is Order.ISSUED:
        return _Sorting(col(_A.issued_on), forward=False)
    if request.scope is Scope.OVERDUE:  # what is late has a term, and an index in its order
        return _Sorting(col(_A.due), forward=True)
    return _Sorting(func.coalesce(col(_A.due), _LAST_DAY), forward=True)


def _last_skipped(
    work: Work, order: _Sorting, chosen: Any, place: tuple[Any, ...] | None, count: int
) -> tuple[Any, ...] | None:
    """Return the place of the last row skipped, reading keys alone; None beyond the end."""
    keys = select(order.day, col(_A.id)).where(chosen, *order.after(place)).order_by(*order.by)
    found = work.db.execute(keys.offset(count - 1).limit(1)).one_or_none()
    return None if found is None else tuple(found)


def wanted(work: Work, asked: AssignmentFilter) -> ColumnElement[bool]:
    """Return the predicate of what a filter takes of what the actor may see."""
    conditions = [visible_assignments(work.actor), *_in_scope(work, asked.scope)]
    if asked.executor is not None:
        # 30 ms with the dialect of PostgreSQL, for lists of one person alone
        from sed_tui.handlers.employee import resolve_employee

        person = resolve_employee(work, asked.executor, "executor")
        conditions.append(col(_A.executor_id) == person.id)
    if asked.document is not None:
        from sed_tui.handlers.references import find_document  # 10 ms of other nouns' tables

        conditions.append(col(_A.document_id) == find_document(work, asked.document).id)
    if asked.state is not None:
        conditions.append(col(_A.state) == asked.state.value)
    if words := optional(asked.text, "text", limit=200):
        conditions.append(col(_A.text).icontains(words, autoescape=True))
    if asked.due_on is not None:
        conditions += [col(_A.due) == asked.due_on, col(_A.closed_at).is_(None)]
    return and_(*conditions)


def _in_scope(work: Work, scope: Scope) -> list[ColumnElement[bool]]:
    match scope:
        case Scope.ALL:
            return []
        case Scope.TO_EXECUTE:
            return [_to_execute(work.actor.employee_id)]
        case Scope.TO_ACCEPT:
            return [_to_accept(work.actor)]
        case Scope.ISSUED:
            return [_issued(work.actor)]
        case Scope.TO_CONTRIBUTE:
            return [col(_A.closed_at).is_(None), col(_A.id).in_(_to_contribute(work.actor))]
        case Scope.OBSERVED:
            return [col(_A.closed_at).is_(None), col(_A.id).in_(_observed(work.actor))]
        case Scope.OVERDUE:
            return [overdue_by(work.today)]
        case Scope.SUBSTITUTED:
            return [_to_execute(*sorted(work.actor.stands_for))]


def _to_execute(*people: UUID) -> ColumnElement[bool]:
    return and_(
        col(_A.executor_id).in_(people),
        col(_A.closed_at).is_(None),
        col(_A.state).in_([state.value for state in TO_EXECUTE]),
    )


def _to_accept(actor: Actor) -> ColumnElement[bool]:
    me = actor.employee_id
    # two narrow searches: of an OR the planners make a walk over all that is open
    queue = select(col(_A.id)).where(
        col(_A.closed_at).is_(None), col(_A.state) == AssignmentState.ACCEPTANCE.value
    )
    controls = queue.where(col(_A.controller_id) == me)
    gave = queue.where(col(_A.author_id) == me, col(_A.controller_id).is_(None))
    return and_(col(_A.id).in_(union_all(controls, gave)), col(_A.executor_id) != me)


def _issued(actor: Actor) -> ColumnElement[bool]:
    return and_(col(_A.author_id) == actor.employee_id, col(_A.closed_at).is_(None))


def _to_contribute(actor: Actor) -> Any:
    helper = CoExecutorTable
    return select(col(helper.assignment_id)).where(
        col(helper.employee_id) == actor.employee_id,
        col(helper.reported_at).is_(None),
    )


def _observed(actor: Actor) -> Any:
    return select(col(ObserverTable.assignment_id)).where(
        col(ObserverTable.employee_id) == actor.employee_id
    )


def _waiting(work: Work, scope: Scope) -> Waiting:
    today, soon = work.today, work.today + timedelta(days=SOON_DAYS)
    runs = and_(col(_A.state) != AssignmentState.ACCEPTANCE.value, col(_A.due) >= today)
    row = work.db.execute(
        select(
            func.count(),
            func.count().filter(overdue_by(today)),
            func.count().filter(runs, col(_A.due) == today),
            func.count().filter(runs, col(_A.due) > today, col(_A.due) <= soon),
        ).where(visible_assignments(work.actor), *_in_scope(work, scope))
    ).one()
    return Waiting(total=row[0], overdue=row[1], today=row[2], soon=row[3])
