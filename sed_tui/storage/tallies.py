"""Assignments of a period counted by person and by outcome, as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, true

from sed_tui.domain.assignment import OPEN, AssignmentState
from sed_tui.domain.clock import start_of_office_day
from sed_tui.domain.discipline import Tally
from sed_tui.domain.report_period import Basis
from sed_tui.storage.overdue import LISTED, listing
from sed_tui.storage.standing import standing

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.domain.report_period import Period
    from sed_tui.storage.standing import Condition, Field, Moment, People

_EXECUTED = AssignmentState.EXECUTED.value
_STOPPED = AssignmentState.STOPPED.value
_OPEN = sorted(state.value for state in OPEN)
DATES = {
    Basis.REGISTRATION: "issued_on",
    Basis.TERM: "due",
    Basis.EXECUTION: "reported_on",
}


def tallies(
    actor: Actor, moment: Moment, people: People, period: Period, *, person: str, by_day: bool
) -> Select[*tuple[Any, ...]]:
    """Return the parts of a tally by `executor_id` or `author_id` and, if so asked, by day."""
    day = DATES[period.by]
    names = list(dict.fromkeys([person, day, "due", "reported_on", "state", "shifts"]))
    found = standing(actor, moment, names, in_period(period, people)).subquery("found").c
    keys = [found[person].label("person"), *([found[day].label("day")] if by_day else [])]
    return select(*keys, *_counted(found, moment, period)).group_by(*keys)


def in_period(period: Period, people: People) -> Condition:
    """Return the predicate of the assignments that a period selects."""

    def condition(field: Field) -> list[ColumnElement[bool]]:
        executed = []
        if period.by is Basis.EXECUTION:
            # a report is accepted on its day or later, and closings are what has an index
            begins = start_of_office_day(period.since)
            executed = [field("state") == _EXECUTED, field("closed_at") >= begins]
        return [
            field(DATES[period.by]).between(period.since, period.until),
            *executed,
            *people.condition(field),
        ]

    return condition


def differing(
    actor: Actor, moment: Moment, people: People, period: Period
) -> Select[*tuple[Any, ...]]:
    """Return the rows that the formulas of discipline count differently."""
    selected = in_period(period, people)

    def condition(field: Field) -> list[ColumnElement[bool]]:
        facts = _facts(field, moment, period)
        runs = and_(facts["open"], ~_known(facts["overdue"]))
        other = ~_known(facts["came"])
        return [*selected(field), field("state").in_([*_OPEN, _EXECUTED]), or_(runs, other)]

    return listing(standing(actor, moment, LISTED, condition))


def figures(field: Field, moment: Moment, period: Period) -> dict[str, ColumnElement[bool]]:
    """Return the predicate of every number that counts assignments of a period."""
    facts = _facts(field, moment, period)
    late, overdue, came = (_known(facts[name]) for name in ("late", "overdue", "came"))
    return {
        "total": true(),
        "executed": facts["executed"],
        "executed_late": late,
        "in_work": facts["open"],
        "in_work_late": overdue,
        "in_time": and_(facts["executed"], ~late),
        "late": late,
        "running": and_(facts["open"], ~overdue),
        "overdue": overdue,
        "stopped": facts["stopped"],
        "came_due": came,
        "came_due_in_time": and_(came, facts["executed"], ~late),
        "shifted": facts["shifted"],
    }


def tally_of(row: Row[*tuple[Any, ...]]) -> Tally:
    """Return what a row of `tallies` counted."""
    return Tally(
        in_time=row.executed - row.late,
        late=row.late,
        running=row.whole - row.executed - row.stopped - row.overdue,
        overdue=row.overdue,
        stopped=row.stopped,
        came_due=row.came_due,
        came_due_in_time=row.came_executed - row.came_late,
        shifted=row.shifted,
        shifts=row.shifts,
    )


def _counted(found: Any, moment: Moment, period: Period) -> list[ColumnElement[Any]]:
    """Return what `tally_of` reads: counts of facts, whose negations are differences of counts."""
    facts = _facts(found.__getitem__, moment, period)
    came = facts["came"]
    counts = {
        "executed": facts["executed"],
        "late": facts["late"],
        "overdue": facts["overdue"],
        "stopped": facts["stopped"],
        "came_due": came,
        "came_executed": and_(came, facts["executed"]),
        "came_late": and_(came, facts["late"]),
        "shifted": facts["shifted"],
    }
    return [
        func.count().label("whole"),
        *(func.count().filter(which).label(name) for name, which in counts.items()),
        func.sum(found["shifts"]).label("shifts"),
    ]


def _facts(field: Field, moment: Moment, period: Period) -> dict[str, ColumnElement[bool]]:
    """Return what every number is made of; what is not known is not so, see `_known`."""
    state, due, reported = field("state"), field("due"), field("reported_on")
    executed, is_open = state == _EXECUTED, state.in_(_OPEN)
    unanswered = or_(reported.is_(None), reported > due)
    return {
        "executed": executed,
        "open": is_open,
        "stopped": state == _STOPPED,
        "late": and_(executed, reported > due),
        "overdue": and_(due < moment.day, is_open, unanswered),
        # stopped assignments came due for nobody
        "came": and_(due.between(period.since, min(period.until, moment.day)), state != _STOPPED),
        "shifted": field("shifts") > 0,
    }


def _known(fact: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a fact that may be negated: without a term or a report it is false, not unknown."""
    return func.coalesce(fact, False)
