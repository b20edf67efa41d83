"""Weeks in an office: what is issued, reported, accepted and returned, by a seed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sed_tui.operations.assignment_change import (
    AMEND,
    REDIRECT,
    AmendAssignment,
    RedirectAssignment,
)
from sed_tui.operations.assignment_control import (
    ACCEPT,
    RETURN,
    STOP,
    AcceptAssignment,
    ReturnAssignment,
    StopAssignment,
)
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_extension import (
    EXTEND,
    GRANT,
    ExtendAssignment,
    GrantExtension,
)
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from sed_tui.operations.assignment_list import AssignmentRow
    from tests.handlers.assignments import Office

EXECUTORS = ("petrov", "sidorov", "kuznec")
AUTHORS = ("golova", "kontr")


def live(office: Office, dice: Random, days: int, at_noon: Callable[[date], None]) -> None:
    """Let days pass, with some steps before and after each noon."""
    for _day in range(days):
        for _step in range(4):
            act(office, dice)
        at_noon(office.clock.moment.date())
        office.clock.moment += timedelta(days=1)


def act(office: Office, dice: Random) -> None:
    """Issue an assignment, or move one that is open."""
    listed = office.as_("admin").call(LIST, ListAssignments(limit=200)).rows
    work = [row for row in listed if row.state in {"in_work", "rework"}]
    waiting = [row for row in listed if row.state == "acceptance"]
    choice = dice.random()
    if waiting and choice < 0.3:
        row = dice.choice(waiting)
        key = str(row.id)
        if dice.random() < 0.6:
            giver(office, row)(ACCEPT, AcceptAssignment(assignment=key))
        else:
            back = ReturnAssignment(assignment=key, text="Доработать", due="10")
            giver(office, row)(RETURN, back)
    elif work and choice < 0.5:
        row = dice.choice(work)
        request = ReportAssignment(assignment=str(row.id), text="Сделано")
        office.as_(logins()[row.executor]).call(REPORT, request)
    elif work and choice < 0.7:
        change(office, dice, dice.choice(work))
    else:
        due = dice.choice(["1", "2", "4", "9", "без срока"])
        office.issue(by=dice.choice(AUTHORS), executor=dice.choice(EXECUTORS), due=due)


def change(office: Office, dice: Random, row: AssignmentRow) -> None:
    """Stop an assignment, amend it, forward it, or let its term be extended."""
    key, why = str(row.id), CallOptions(reason="Изменились обстоятельства")
    match dice.choice(["stop", "amend", "redirect", "extend"]):
        case "stop":
            giver(office, row)(STOP, StopAssignment(assignment=key), why)
        case "amend":
            amended = AmendAssignment(assignment=key, text=f"Подготовить {dice.random()}", due="12")
            giver(office, row)(AMEND, amended, why)
        case "redirect":
            to = dice.choice([name for name in EXECUTORS if name != logins()[row.executor]])
            request = RedirectAssignment(assignment=key, to=to)
            office.as_(logins()[row.executor]).call(REDIRECT, request, why)
        case "extend" if row.due is not None:
            later = working_day_after(max(row.due, office.clock.moment.date()))
            asked = ExtendAssignment(assignment=key, due=f"{later:%d.%m.%Y}")
            office.as_(logins()[row.executor]).call(EXTEND, asked, why)
            giver(office, row)(GRANT, GrantExtension(assignment=key), why)


def giver(office: Office, row: AssignmentRow) -> Callable[..., Any]:
    """Return the call of the author of an assignment."""
    return office.as_(logins()[row.author]).call


def working_day_after(day: date) -> date:
    """Return a day of work in the week after next; the tests' weeks hold no holiday."""
    later = day + timedelta(days=7)
    return later - timedelta(days=max(0, later.weekday() - 4))


def logins() -> dict[str, str]:
    """Return the logins of people by their names."""
    from tests.handlers.assignments import PEOPLE

    return {name: login for login, name, _roles, _unit in PEOPLE}


def rows_of(office: Office) -> list[dict[str, Any]]:
    """Return the assignments as the database holds them now."""
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        table: Any = AssignmentTable.__table__  # type: ignore[attr-defined]
        rows = [dict(row._mapping) for row in db.execute(table.select())]
    engine.dispose()
    return rows
