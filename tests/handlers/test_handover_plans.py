"""Drafts, schedules and readings of somebody who leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.acquaintance import AcquaintanceState
from sed_tui.domain.recurrence import Every
from sed_tui.errors.assignments import NobodyTakes, OpenItems
from sed_tui.operations import acquaintance, recurring, resolution
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.handover_plans import PLANS, ListPlans
from sed_tui.operations.recurring_run import RUN, RunSchedules
from tests.handlers.assignment_acts import Acts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.assignments import Office


def draft(office: Office, **fields: Any) -> resolution.ResolutionCard:
    point = resolution.PointGiven(number="1", **{"executor": "petrov", "due": "10", **fields})
    request = resolution.DraftResolution(author="golova", text="Доложить", points=(point,))
    return office.as_("pomosh").call(resolution.DRAFT, request)


def schedule(office: Office, **fields: Any) -> recurring.Schedule:
    request = {"text": "Сводка", "executor": "petrov", "every": Every.WEEK, **fields}
    return office.as_("golova").call(recurring.ADD, recurring.AddSchedule(**request))


def planned(office: Office, person: str) -> set[tuple[str, str]]:
    rows = office.as_("golova").call(PLANS, ListPlans(employee=person)).rows
    return {(row.item, row.part) for row in rows}


def test_drafts_and_schedules_are_listed_page_by_page_and_handed_over(office: Office) -> None:
    drafted = draft(office, co_executors="kuznec")
    made = schedule(office, controller="kontr", lead=7)
    pages = [office.as_("golova").call(PLANS, ListPlans(employee="petrov", limit=1))]
    pages.append(
        office.as_("golova").call(PLANS, ListPlans(employee="petrov", after=pages[0].next))
    )

    assert [row.id for page in pages for row in page.rows] == [drafted.id, made.id]
    assert pages[1].next is None

    given = Acts(office).hand_over("golova", "petrov", "sidorov")
    office.as_("admin").call(DISABLE, DisableEmployee(employee="petrov"))
    issued = office.as_("admin").call(RUN, RunSchedules()).rows[0]

    assert [(row.item, row.part) for row in given] == [
        ("draft", "executor"),
        ("schedule", "executor"),
    ]
    assert planned(office, "petrov") == set()
    assert planned(office, "sidorov") == {("draft", "executor"), ("schedule", "executor")}
    assert Acts(office).card(issued.assignment_id).executor_login == "sidorov"
    shown = resolution.ShowResolution(resolution=drafted.short_id)
    assert office.as_("golova").call(resolution.SHOW, shown).points[0].gaps == []


@pytest.mark.parametrize("make", [draft, schedule])
def test_nobody_is_dismissed_whom_a_draft_or_a_schedule_names(
    office: Office, make: Callable[[Office], object]
) -> None:
    make(office)
    dismiss = DisableEmployee(employee="petrov")
    with pytest.raises(OpenItems) as refused:
        office.as_("admin").call(DISABLE, dismiss)
    Acts(office).hand_over("golova", "petrov", "sidorov")

    assert (refused.value.exit_code, refused.value.details["plans"]) == (6, 1)
    assert office.as_("admin").call(DISABLE, dismiss).state == "dismissed"


def test_every_part_is_found_and_who_executed_before_is_not(office: Office) -> None:
    draft(office, executor="sidorov", co_executors="petrov")
    draft(office, executor="sidorov", controller="petrov")
    made = schedule(office, executor="kuznec", co_executors=("petrov",))
    schedule(office, executor="kuznec", controller="petrov")
    first = office.clock.moment.date() + timedelta(days=60)
    office.as_("golova").call(
        recurring.EXECUTOR,
        recurring.ChangeExecutor(schedule=str(made.id), executor="sidorov", from_day=first),
    )

    assert planned(office, "petrov") == {
        ("draft", "co_executor"),
        ("draft", "controller"),
        ("schedule", "co_executor"),
        ("schedule", "controller"),
    }
    assert ("schedule", "executor") in planned(office, "kuznec") & planned(office, "sidorov")

    office.clock.moment += timedelta(days=70)

    assert {row for row in planned(office, "kuznec") if row == ("schedule", "executor")}
    assert len(Acts(office).hand_over("golova", "kuznec", "kontr", parts=("executor",))) == 1


def test_what_a_head_has_to_decide_goes_to_a_head_alone(office: Office) -> None:
    drafted = draft(office)
    acts = Acts(office)
    before = acts.everything()
    with pytest.raises(NobodyTakes):
        acts.hand_over("kontr", "golova", "sidorov")

    assert acts.everything() == before
    acts.hand_over("kontr", "golova", "sidorov", "admin")
    shown = resolution.ShowResolution(resolution=drafted.short_id)
    assert office.as_("pomosh").call(resolution.SHOW, shown).author.startswith("Иванова")


def test_nobody_waits_for_a_person_who_left_to_read(office: Office) -> None:
    number = office.letter()

    def start(*people: str) -> acquaintance.Acquaintance:
        request = acquaintance.StartAcquaintance(document=number, people=people)
        return office.as_("golova").call(acquaintance.START, request)

    alone, among = start("petrov"), start("petrov", "sidorov")
    confirm = acquaintance.ConfirmAcquaintance(acquaintance=str(among.id))
    office.as_("sidorov").call(acquaintance.CONFIRM, confirm)
    office.as_("admin").call(DISABLE, DisableEmployee(employee="petrov"))

    states = [
        office.as_("golova")
        .call(acquaintance.SHOW, acquaintance.ShowAcquaintance(acquaintance=str(one.id)))
        .state
        for one in (alone, among)
    ]
    assert states == [AcquaintanceState.STOPPED, AcquaintanceState.COMPLETED]
