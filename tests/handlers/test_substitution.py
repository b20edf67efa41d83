"""Standing in for an absent person: rights on some days, for some work, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.recurrence import Every
from sed_tui.domain.substitution import Scope
from sed_tui.errors import NotFound
from sed_tui.errors.assignments import NotYourPart, OwnReport
from sed_tui.errors.people import ForeignSubstitution, SubstitutionOver
from sed_tui.operations import assignment_list, recurring
from sed_tui.operations.assignment import ISSUE, SHOW, IssueAssignment, ShowAssignment
from sed_tui.operations.assignment_control import ACCEPT, AcceptAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.draft import REVISE, ReviseDraft
from sed_tui.operations.substitution import (
    ADD,
    END,
    LIST,
    AddSubstitution,
    EndSubstitution,
    ListSubstitutions,
    Substitution,
)
from tests.handlers.callers import acting
from tests.handlers.drafts import drafted
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

TODAY = date(2026, 11, 23)
WEEK = TODAY + timedelta(days=6)


@pytest.fixture(autouse=True)
def _people(settings: Settings) -> None:
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("kim", "Ким Анна Львовна", "executor", "Б"),
    )


def arrange(gateway: LocalGateway, **more: object) -> Substitution:
    fields = {"absent": "petrov", "substitute": "kim", "starts_on": TODAY, "ends_on": WEEK}
    return gateway.call(ADD, AddSubstitution.model_validate({**fields, **more}))


def issued(gateway: LocalGateway, **more: object) -> str:
    fields = {"text": "Ответить", "executor": "petrov", "due": "10"}
    return str(gateway.call(ISSUE, IssueAssignment.model_validate({**fields, **more})).id)


@pytest.mark.remote_too
def test_a_substitute_sees_and_reports_for_the_absent_and_the_log_tells_both(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    task = issued(gateway)
    with acting(settings, clock, "kim") as kim:
        with pytest.raises(NotFound):
            kim.call(SHOW, ShowAssignment(assignment=task))
        arrange(gateway)
        assert kim.call(SHOW, ShowAssignment(assignment=task)).executor_login == "petrov"
        assert [str(row.id) for row in seen(kim)] == [task]
        done = kim.call(REPORT, ReportAssignment(assignment=task, text="Ответ направлен"))

    assert done.state is AssignmentState.ACCEPTANCE
    entry = gateway.call(AUDIT, ListAudit(object=task)).rows[0]
    assert (entry.event, entry.actor, entry.on_behalf_of) == ("report", "kim", "petrov")


def test_a_substitute_writes_on_the_draft_and_ends_the_schedule_of_the_absent_in_his_name(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "petrov") as petrov:
        draft = drafted(petrov, signatory="admin")
        schedule = petrov.call(
            recurring.ADD,
            recurring.AddSchedule(text="Отчёт", executor="petrov", every=Every.MONTH, day="10"),
        )
    arrange(gateway)
    with acting(settings, clock, "kim") as kim:
        revision = ReviseDraft(document=str(draft.id), changes={"subject": "Ответ"})
        kim.call(REVISE, revision)
        kim.call(recurring.CLOSE, recurring.CloseSchedule(schedule=str(schedule.id)))

    done = {row.event: row for row in gateway.call(AUDIT, ListAudit()).rows if row.actor == "kim"}
    assert {event: row.on_behalf_of for event, row in done.items()} == {
        "revise": "petrov",
        "close": "petrov",
    }


def test_a_substitution_holds_only_on_its_days_and_for_its_work(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    task = issued(gateway)
    arrange(gateway, starts_on=TODAY + timedelta(days=1))
    with acting(settings, clock, "kim") as kim:
        assert seen(kim) == []
        clock.moment += timedelta(days=1)
        assert len(seen(kim)) == 1
        clock.moment += timedelta(days=6)
        assert seen(kim) == []
    arrange(
        gateway, starts_on=WEEK + timedelta(days=1), ends_on=WEEK + timedelta(days=2),
        scopes=(Scope.APPROVAL,),
    )  # fmt: skip
    with acting(settings, clock, "kim") as kim, pytest.raises(NotFound):
        kim.call(REPORT, ReportAssignment(assignment=task, text="Готово"))


def test_nobody_accepts_his_own_report_by_standing_in(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("orlova", "Орлова Ольга", "controller", "А"))
    task = issued(gateway, executor="kim", controller="orlova")
    arrange(gateway, absent="orlova", substitute="kim")
    with acting(settings, clock, "kim") as kim:
        kim.call(REPORT, ReportAssignment(assignment=task, text="Готово"))
        with pytest.raises(OwnReport):
            kim.call(ACCEPT, AcceptAssignment(assignment=task))


def test_standing_in_is_not_passed_on(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("orlova", "Орлова Ольга", "head", "А"))
    task = issued(gateway)
    arrange(gateway)
    warned = arrange(gateway, absent="kim", substitute="orlova")
    assert warned.warnings == []
    with acting(settings, clock, "orlova") as orlova, pytest.raises(NotYourPart):
        orlova.call(REPORT, ReportAssignment(assignment=task, text="Готово"))


def test_an_absent_substitute_is_told_of(gateway: LocalGateway) -> None:
    arrange(gateway, absent="kim", substitute=None)

    assert len(arrange(gateway).warnings) == 1


def test_a_substitute_who_may_do_nothing_is_told_of(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_people(settings, ("revizor", "Ревизорова Нина Ильинична", "auditor", "А"))
    [warning] = arrange(gateway, substitute="revizor").warnings

    assert "assignments" in warning
    assert "approval" in warning


def test_one_sets_ones_own_and_not_anothers(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "petrov") as petrov:
        own = arrange(petrov)
        assert (own.is_active, own.set_by) == (True, "Петров Василий Сергеевич")
        with pytest.raises(ForeignSubstitution):
            arrange(petrov, absent="kim", substitute="petrov")
    with acting(settings, clock, "kim") as kim, pytest.raises(ForeignSubstitution):
        kim.call(END, EndSubstitution(substitution=own.short_id))


def test_an_ended_substitution_holds_no_longer(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    issued(gateway)
    made = arrange(gateway)
    ended = gateway.call(END, EndSubstitution(substitution=str(made.id)))

    assert (ended.is_active, ended.is_cancelled) == (False, True)
    with acting(settings, clock, "kim") as kim:
        assert seen(kim) == []
    with pytest.raises(SubstitutionOver):
        gateway.call(END, EndSubstitution(substitution=made.short_id))
    with pytest.raises(NotFound):
        gateway.call(END, EndSubstitution(substitution="нет такого"))
    assert gateway.call(LIST, ListSubstitutions()).rows == []
    assert len(gateway.call(LIST, ListSubstitutions(person="kim", past=True)).rows) == 1


def seen(gateway: LocalGateway) -> list[assignment_list.AssignmentRow]:
    """Return the assignments that the caller sees."""
    return gateway.call(assignment_list.LIST, ListAssignments()).rows
