"""The flow of an assignment: every state and step, and nothing that is not declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sed_tui.domain.access import Role
from sed_tui.domain.assignment import (
    CLOSED,
    OPEN,
    STATE_TITLES,
    STEP_TITLES,
    TRANSITIONS,
    AssignmentState,
    Standing,
    Step,
    Urgency,
    check_author,
    check_people,
    check_right_over,
    is_on_control,
    is_overdue,
    transition,
    urgency,
)
from sed_tui.errors.assignments import (
    ForeignAuthor,
    NoRightOverExecutor,
    NotYourPart,
    OwnReport,
    SamePersonTwice,
    WrongState,
)

AUTHOR, EXECUTOR, CONTROLLER, STRANGER = (UUID(int=n) for n in range(1, 5))
TODAY = date(2026, 11, 23)
STANDING = Standing(
    state=AssignmentState.IN_WORK,
    on_control=True,
    author=AUTHOR,
    executor=EXECUTOR,
    controller=CONTROLLER,
    due=date(2026, 12, 1),
    reported_on=None,
)
DECLARED = {(row.step, row.source) for row in TRANSITIONS}
WHO = {Step.REPORT: EXECUTOR, Step.ACCEPT: CONTROLLER, Step.RETURN: CONTROLLER}


def test_open_and_closed_states_are_all_the_states() -> None:
    assert set(AssignmentState) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert set(STATE_TITLES) == set(AssignmentState)
    assert set(STEP_TITLES) == set(Step)


def test_every_row_of_the_flow_names_its_rule_and_closed_states_are_ends() -> None:
    assert all(row.rule for row in TRANSITIONS)
    assert not [row for row in TRANSITIONS if row.source in CLOSED]


@pytest.mark.parametrize(("step", "state"), list(product(WHO, AssignmentState)))
def test_only_declared_steps_are_possible(step: Step, state: AssignmentState) -> None:
    standing = replace(STANDING, state=state)
    if (step, state) in DECLARED:
        assert transition(step, standing, WHO[step]).source is state
    else:
        with pytest.raises(WrongState):
            transition(step, standing, WHO[step])


@pytest.mark.parametrize("on_control", [True, False])
def test_a_report_waits_for_acceptance_only_on_control(on_control: bool) -> None:
    target = transition(Step.REPORT, replace(STANDING, on_control=on_control), EXECUTOR).target

    assert target is (AssignmentState.ACCEPTANCE if on_control else AssignmentState.EXECUTED)


@pytest.mark.parametrize("step", [Step.ACCEPT, Step.RETURN])
def test_a14_author_or_controller_takes_off_control(step: Step) -> None:
    waiting = replace(STANDING, state=AssignmentState.ACCEPTANCE)

    for person in (AUTHOR, CONTROLLER):
        assert transition(step, waiting, person)
    with pytest.raises(NotYourPart):
        transition(step, waiting, STRANGER)
    with pytest.raises(OwnReport):
        transition(step, waiting, EXECUTOR)
    with pytest.raises(OwnReport):
        transition(step, replace(waiting, author=EXECUTOR), EXECUTOR)


def test_only_the_executor_reports() -> None:
    for person in (AUTHOR, CONTROLLER, STRANGER):
        with pytest.raises(NotYourPart):
            transition(Step.REPORT, STANDING, person)


@pytest.mark.parametrize(
    ("controller", "author", "has_term", "controlled"),
    [
        (CONTROLLER, AUTHOR, False, True),
        (None, AUTHOR, True, True),
        (None, AUTHOR, False, False),
        (None, EXECUTOR, True, False),
        (CONTROLLER, EXECUTOR, False, True),
    ],
)
def test_what_is_on_control(
    controller: UUID | None, author: UUID, has_term: bool, controlled: bool
) -> None:
    found = is_on_control(
        author=author, executor=EXECUTOR, controller=controller, has_term=has_term
    )

    assert found is controlled


def test_one_person_has_one_part() -> None:
    names = {EXECUTOR: "Петров", CONTROLLER: "Орлова"}
    for controller, others in (
        (EXECUTOR, set()),
        (None, {EXECUTOR}),
        (CONTROLLER, {CONTROLLER}),
    ):
        with pytest.raises(SamePersonTwice):
            check_people(EXECUTOR, controller, others, names)
    check_people(EXECUTOR, CONTROLLER, {STRANGER}, names)


@pytest.mark.parametrize(
    ("actor", "author", "allowed"),
    [
        (Role.ASSISTANT, Role.HEAD, True),
        (Role.CONTROLLER, Role.HEAD, True),
        (Role.ASSISTANT, Role.EXECUTOR, False),
        (Role.EXECUTOR, Role.HEAD, False),
        (Role.HEAD, Role.HEAD, False),
    ],
)
def test_a6_in_whose_name_one_may_issue(actor: Role, author: Role, allowed: bool) -> None:
    check_author(is_self=True, actor_roles={actor}, author_roles={actor}, author="Он сам")
    if allowed:
        check_author(is_self=False, actor_roles={actor}, author_roles={author}, author="Иванов")
    else:
        with pytest.raises(ForeignAuthor):
            check_author(is_self=False, actor_roles={actor}, author_roles={author}, author="Иванов")


def test_who_directs_whom() -> None:
    unit, other = UUID(int=10), UUID(int=11)
    check_right_over({Role.HEAD}, None, [(other, "Петров")])
    check_right_over({Role.EXECUTOR}, unit, [(unit, "Петров")])
    for place in (other, None):
        with pytest.raises(NoRightOverExecutor):
            check_right_over({Role.EXECUTOR}, unit, [(unit, "Петров"), (place, "Орлова")])


@pytest.mark.parametrize(
    ("due", "reported", "state", "late"),
    [
        (-1, None, AssignmentState.IN_WORK, True),
        (0, None, AssignmentState.IN_WORK, False),
        (None, None, AssignmentState.IN_WORK, False),
        (-5, -5, AssignmentState.ACCEPTANCE, False),
        (-5, -4, AssignmentState.ACCEPTANCE, True),
        (-5, None, AssignmentState.REWORK, True),
        (-5, -4, AssignmentState.EXECUTED, False),
    ],
)
def test_a15_a16_what_is_overdue(
    due: int | None, reported: int | None, state: AssignmentState, late: bool
) -> None:
    day = {n: TODAY + timedelta(days=n) for n in range(-5, 1)}
    standing = replace(
        STANDING,
        state=state,
        due=None if due is None else day[due],
        reported_on=None if reported is None else day[reported],
    )

    assert is_overdue(standing, TODAY) is late


@given(st.integers(-400, 400), st.sampled_from(AssignmentState), st.booleans())
def test_every_assignment_has_one_sign(days: int, state: AssignmentState, has_term: bool) -> None:
    due = TODAY + timedelta(days=days) if has_term else None
    reported = TODAY if state in {AssignmentState.ACCEPTANCE, AssignmentState.EXECUTED} else None
    sign = urgency(replace(STANDING, state=state, due=due, reported_on=reported), TODAY)

    assert (sign is Urgency.CLOSED) is (state in CLOSED)
    if sign is Urgency.OVERDUE:
        assert days < 0
    if sign in {Urgency.TODAY, Urgency.SOON}:
        assert 0 <= days <= 3


class Flow(RuleBasedStateMachine):
    """Anybody tries anything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.standing = STANDING
        self.accepted = False

    @rule(
        step=st.sampled_from(list(WHO)),
        person=st.sampled_from([AUTHOR, EXECUTOR, CONTROLLER, STRANGER]),
    )
    def take(self, step: Step, person: UUID) -> None:
        try:
            row = transition(step, self.standing, person)
        except (WrongState, NotYourPart, OwnReport):
            return
        assert row in TRANSITIONS
        reported = TODAY if step is Step.REPORT else self.standing.reported_on
        if step is Step.RETURN:
            reported = None
        self.accepted = self.accepted or step is Step.ACCEPT
        self.standing = replace(self.standing, state=row.target, reported_on=reported)

    @precondition(lambda self: self.standing.state in CLOSED)
    @rule(step=st.sampled_from(list(WHO)))
    def nothing_leaves_a_closed_state(self, step: Step) -> None:
        with pytest.raises(WrongState):
            transition(step, self.standing, WHO[step])

    @invariant()
    def executed_is_accepted(self) -> None:
        assert self.standing.state in set(AssignmentState)
        assert (self.standing.state is AssignmentState.EXECUTED) is self.accepted

    @invariant()
    def a_report_waits_or_was_accepted(self) -> None:
        waits = self.standing.state in {AssignmentState.ACCEPTANCE, AssignmentState.EXECUTED}
        assert (self.standing.reported_on is not None) is waits


TestFlow = Flow.TestCase
