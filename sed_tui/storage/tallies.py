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

    from sed_tui.domain.access import Actor
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
        runs = and_(field("state").in_(_OPEN), ~_is_late(field, moment))
        other = or_(field("due").is_(None), ~_came(field, moment, period))
        return [*selected(field), field("state").in_([*_OPEN, _EXECUTED]), or_(runs, other)]

    return listing(standing(actor, moment, LISTED, condition))


def figures(field: Field, moment: Moment, period: Period) -> dict[str, ColumnElement[bool]]:
    """Return the predicate of every number that counts assignments of a period."""
    executed = field("state") == _EXECUTED
    reported_late = func.coalesce(field("reported_on") > field("due"), False)
    overdue = _is_late(field, moment)
    is_open = field("state").in_(_OPEN)
    came = and_(_came(field, moment, period), field("state").in_([*_OPEN, _EXECUTED]))
    late, in_work_late = and_(executed, reported_late), and_(is_open, overdue)
    return {
        "total": true(),
        "executed": executed,
        "executed_late": late,
        "in_work": is_open,
        "in_work_late": in_work_late,
        "in_time": and_(executed, ~reported_late),
        "late": late,
        "running": and_(is_open, ~overdue),
        "overdue": in_work_late,
        "stopped": field("state") == AssignmentState.STOPPED.value,
        "came_due": came,
        "came_due_in_time": and_(came, executed, ~reported_late),
        "shifted": field("shifts") > 0,
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
    """Return what `tally_of` reads; what is not known counts as not so, hence no negations."""
    executed = found.state == _EXECUTED
    late = and_(executed, found.reported_on > found.due)
    came = found.due.between(period.since, min(period.until, moment.day))
    unanswered = or_(found.reported_on.is_(None), found.reported_on > found.due)
    counts = {
        "executed": executed,
        "late": late,
        "overdue": and_(found.due < moment.day, found.state.in_(_OPEN), unanswered),
        "stopped": found.state == _STOPPED,
        "came_due": and_(came, found.state != _STOPPED),
        "came_executed": and_(came, executed),
        "came_late": and_(came, late),
        "shifted": found.shifts > 0,
    }
    return [
        func.count().label("whole"),
        *(func.count().filter(which).label(name) for name, which in counts.items()),
        func.sum(found.shifts).label("shifts"),
    ]


def _is_late(field: Field, moment: Moment) -> ColumnElement[bool]:
    late: ColumnElement[bool] = and_(
        field("due") < moment.day,
        or_(field("reported_on").is_(None), field("reported_on") > field("due")),
    )
    # without a term nobody is late: an unknown must not hide the row from both counts
    return func.coalesce(late, False)


def _came(field: Field, moment: Moment, period: Period) -> ColumnElement[bool]:
    last = min(period.until, moment.day)
    return func.coalesce(field("due").between(period.since, last), False)
