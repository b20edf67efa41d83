"""Recurring assignments: each period is issued once, whoever runs, on both databases."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from sed_tui.domain.recurrence import Every, PeriodState
from sed_tui.errors import NotPermitted, SedError
from sed_tui.errors.assignments import SamePersonTwice
from sed_tui.errors.recurring import (
    BadRule,
    NoPeriods,
    NoSuchPeriod,
    NotYourSchedule,
    PeriodDecided,
    ScheduleClosed,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import SHOW as SHOW_ASSIGNMENT
from sed_tui.operations.assignment import AssignmentCard, ShowAssignment
from sed_tui.operations.assignment_list import LIST as LIST_ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.recurring import (
    ADD,
    CLOSE,
    EXECUTOR,
    LIST,
    SHOW,
    SKIP,
    AddSchedule,
    ChangeExecutor,
    CloseSchedule,
    ListSchedules,
    Schedule,
    ShowSchedule,
    SkipPeriod,
)
from sed_tui.operations.recurring_run import RUN, RunOutcome, RunSchedules, ScheduleRun
from sed_tui.operations.registry import CallOptions
from tests.conftest import FixedClock
from tests.patience import LONGEST

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from tests.handlers.assignments import Office


def add(office: Office, by: str = "golova", **fields: Any) -> Schedule:
    request = {"text": "Сводка", "executor": "petrov", "every": Every.WEEK, **fields}
    return office.as_(by).call(ADD, AddSchedule(**request))


def run(office: Office, **fields: Any) -> ScheduleRun:
    return office.as_("admin").call(RUN, RunSchedules(**fields))


def show(office: Office, schedule: Schedule) -> Schedule:
    return office.as_("golova").call(SHOW, ShowSchedule(schedule=schedule.short_id))


def go_to(office: Office, day: date) -> None:
    office.clock.moment = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def assignments(office: Office) -> list[AssignmentCard]:
    rows = office.as_("golova").call(LIST_ASSIGNMENTS, ListAssignments(limit=500)).rows
    return [
        office.as_("golova").call(SHOW_ASSIGNMENT, ShowAssignment(assignment=str(row.id)))
        for row in rows
    ]


def test_a_schedule_shows_what_it_will_issue(office: Office) -> None:
    made = add(office, every=Every.MONTH, day="31", lead=5, starts_on=date(2026, 12, 1))

    assert [(p.period, p.effective, p.issue_on) for p in made.upcoming[:2]] == [
        (date(2026, 12, 31), date(2026, 12, 30), date(2026, 12, 25)),
        (date(2027, 1, 31), date(2027, 1, 29), date(2027, 1, 24)),
    ]
    assert made.upcoming[2].period == date(2027, 2, 28)
    assert [row.id for row in office.as_("golova").call(LIST, ListSchedules()).rows] == [made.id]


def test_what_is_due_is_issued_once_with_its_term_explained(office: Office) -> None:
    number = office.letter()
    made = add(
        office, "pomosh", author="golova", document=number, controller="kontr", lead=3,
        starts_on=date(2026, 11, 29), co_executors=("sidorov",),
    )  # fmt: skip
    assert run(office).rows == []
    go_to(office, date(2026, 11, 24))
    first, again = run(office), run(office)

    assert (first.issued, again.rows) == (1, [])
    [issued] = assignments(office)
    # Sunday 29 November, hence Friday
    assert (issued.nominal_due, issued.due) == (date(2026, 11, 29), date(2026, 11, 27))
    assert len(issued.explanation) > 1
    assert (issued.author, issued.entered_by) == ("Головин Пётр Ильич", "Помощникова Анна Юрьевна")
    assert (issued.executor_login, issued.co_executors) == ("petrov", ["Сидоров Иван Иванович"])
    assert issued.document_number == number
    seen = show(office, made)
    assert (seen.issued, seen.past[0].assignment_id) == (1, issued.id)
    assert seen.upcoming[0].period == date(2026, 12, 6)


def test_two_processes_at_once_issue_each_period_once(office: Office) -> None:
    for name in ("Первая", "Вторая", "Третья"):
        add(office, text=name, lead=60)
    settings = replace(office.settings, login="admin")
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        runs = [pool.submit(run_by_itself, settings, office.clock.moment) for _ in range(2)]
        issued = [key for run in runs for key in run.result(timeout=LONGEST)]

    assert issued
    assert len(set(issued)) == len(issued) == len(assignments(office))


def run_by_itself(settings: Settings, moment: datetime) -> list[tuple[str, date]]:
    """Run the schedules in a process of its own and return what it issued."""
    gateway = LocalGateway(settings, FixedClock(moment))
    rows = gateway.call(RUN, RunSchedules()).rows
    gateway.close()
    assert all(row.became is RunOutcome.ISSUED for row in rows)
    return [(str(row.schedule_id), row.period) for row in rows]


def test_a_dry_run_issues_nothing(office: Office) -> None:
    add(office, lead=3)
    tried = office.as_("admin").call(RUN, RunSchedules(), CallOptions(dry_run=True))

    assert (tried.issued, assignments(office)) == (1, [])


def test_a_period_is_skipped_once(office: Office) -> None:
    made = add(office, lead=7)
    skip = SkipPeriod(schedule=str(made.id), period=date(2026, 11, 23))
    skipped = office.as_("golova").call(SKIP, skip)

    assert skipped.upcoming[0].state is PeriodState.SKIPPED
    assert [row.period for row in run(office).rows] == [date(2026, 11, 30)]
    with pytest.raises(PeriodDecided):
        office.as_("golova").call(SKIP, skip)
    for period, failure in ((date(2026, 12, 1), NoSuchPeriod), (date(2026, 11, 30), PeriodDecided)):
        with pytest.raises(failure):
            office.as_("golova").call(SKIP, SkipPeriod(schedule=str(made.id), period=period))


def test_the_executor_changes_from_a_day_on(office: Office) -> None:
    made = add(office, lead=14, controller="kontr")
    change = ChangeExecutor(schedule=str(made.id), executor="sidorov", from_day=date(2026, 11, 30))
    office.as_("golova").call(EXECUTOR, change)
    run(office)

    issued = sorted((a.due or date.max, a.executor_login) for a in assignments(office))
    assert issued == [
        (date(2026, 11, 23), "petrov"),
        (date(2026, 11, 30), "sidorov"),
        (date(2026, 12, 7), "sidorov"),
    ]
    both = ChangeExecutor(schedule=str(made.id), executor="kontr", from_day=date(2026, 12, 30))
    with pytest.raises(SamePersonTwice):
        office.as_("golova").call(EXECUTOR, both)


def test_an_executor_who_left_stops_his_own_period_alone(office: Office) -> None:
    stuck = add(office, text="Его", executor="kuznec", starts_on=date(2026, 11, 30), lead=7)
    add(office, text="Другая", starts_on=date(2026, 11, 30), lead=7)
    # as a restored copy or an import may leave it: dismissing him asks to hand this over first
    engine = create_engine(office.settings.database)
    with engine.begin() as db:
        db.execute(text("UPDATE employee SET state = 'dismissed' WHERE login = 'kuznec'"))
    engine.dispose()
    first = run(office)

    assert (first.issued, first.failed) == (1, 1)
    told = next(row for row in first.rows if row.became is RunOutcome.FAILED)
    assert (told.schedule_id, told.code) == (stuck.id, "person_dismissed")
    change = ChangeExecutor(schedule=str(stuck.id), executor="sidorov", from_day=date(2026, 1, 1))
    office.as_("golova").call(EXECUTOR, change)
    assert (run(office).issued, len(assignments(office))) == (1, 2)


def test_an_unknown_year_is_told_and_tried_again(office: Office) -> None:
    add(office, every=Every.YEAR, starts_on=date(2028, 2, 10), lead=30)
    go_to(office, date(2028, 1, 20))
    told = run(office)

    assert (told.failed, told.rows[0].code) == (1, "calendar_year_unknown")
    assert run(office).failed == 1


def test_a_term_that_was_over_before_the_run_is_missed_and_told_once(office: Office) -> None:
    made = add(office)
    go_to(office, date(2026, 12, 1))
    late = run(office)

    assert [(row.period, row.became) for row in late.rows] == [
        (date(2026, 11, 23), RunOutcome.MISSED),
        (date(2026, 11, 30), RunOutcome.MISSED),
    ]
    assert run(office).rows == []
    assert [p.state for p in show(office, made).past] == [PeriodState.MISSED] * 2


def test_a_run_on_the_day_off_itself_moves_the_term_on(office: Office) -> None:
    add(office, starts_on=date(2026, 11, 29))
    go_to(office, date(2026, 11, 29))

    assert [(row.became, row.due) for row in run(office).rows] == [
        (RunOutcome.ISSUED, date(2026, 11, 30))
    ]


def test_closing_stops_the_future_alone(office: Office) -> None:
    made = add(office, lead=7)
    run(office)
    closed = office.as_("golova").call(CLOSE, CloseSchedule(schedule=str(made.id)))
    office.clock.moment += timedelta(days=7)

    assert (closed.upcoming, run(office).rows) == ([], [])
    assert {a.state for a in assignments(office)} == {"in_work"}
    with pytest.raises(ScheduleClosed):
        office.as_("golova").call(CLOSE, CloseSchedule(schedule=str(made.id)))


def test_a_schedule_is_its_givers_and_a_run_the_administrators(office: Office) -> None:
    made = add(office)
    with pytest.raises(NotYourSchedule):
        office.as_("kontr").call(CLOSE, CloseSchedule(schedule=str(made.id)))
    with pytest.raises(NotPermitted):
        office.as_("golova").call(RUN, RunSchedules())


@pytest.mark.parametrize(
    ("fields", "failure"),
    [
        ({"every": None}, BadRule),
        ({"rule": "FREQ=DAILY"}, BadRule),
        ({"until": date(2026, 11, 1)}, NoPeriods),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(
    office: Office, fields: dict[str, Any], failure: type[SedError]
) -> None:
    with pytest.raises(failure):
        add(office, **fields)
