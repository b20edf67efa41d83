"""Weeks in an office: what is issued, reported, accepted and returned, by a seed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sed_tui.operations.assignment_control import (
    ACCEPT,
    RETURN,
    AcceptAssignment,
    ReturnAssignment,
)
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from random import Random

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
        call = office.as_("golova" if row.author.startswith("Головин") else "kontr").call
        if dice.random() < 0.6:
            call(ACCEPT, AcceptAssignment(assignment=str(row.id)))
        else:
            call(RETURN, ReturnAssignment(assignment=str(row.id), text="Доработать", due="10"))
    elif work and choice < 0.6:
        row = dice.choice(work)
        login = logins(office)[row.executor]
        request = ReportAssignment(assignment=str(row.id), text="Сделано")
        office.as_(login).call(REPORT, request)
    else:
        due = dice.choice(["1", "2", "4", "9", "без срока"])
        office.issue(by=dice.choice(AUTHORS), executor=dice.choice(EXECUTORS), due=due)


def logins(office: Office) -> dict[str, str]:
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
