"""The flow of an assignment: every step, state and party, and nothing that is not declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sed_tui.domain.assignment import CLOSED, OPEN, AssignmentState, Standing
from sed_tui.domain.assignment_flow import STEP_TITLES, TRANSITIONS, Party, Step, transition
from sed_tui.errors.assignments import NotYourPart, OwnReport, ProofNeeded, WrongState

AUTHOR, EXECUTOR, CONTROLLER, HELPER, CLERK, STRANGER = (UUID(int=n) for n in range(1, 7))
EVERYBODY = (AUTHOR, EXECUTOR, CONTROLLER, HELPER, CLERK, STRANGER)
TODAY = date(2026, 11, 23)
S = AssignmentState
STANDING = Standing(
    state=S.IN_WORK,
    on_control=True,
    author=AUTHOR,
    executor=EXECUTOR,
    controller=CONTROLLER,
    due=date(2026, 12, 1),
    reported_on=None,
    entered_by=CLERK,
    co_executors=frozenset({HELPER}),
)
WAITING = replace(STANDING, state=S.ACCEPTANCE, reported_on=TODAY, reported_by=EXECUTOR)
STEPS = [step for step in Step if step is not Step.ISSUE]
WATCHERS = {AUTHOR, CONTROLLER}
GIVERS = {AUTHOR, CLERK}
# written out and not taken from the table, which it checks
MAY = {
    Step.REPORT: {EXECUTOR},
    Step.INTERIM: {EXECUTOR},
    Step.CONTRIBUTE: {HELPER},
    Step.ACCEPT: WATCHERS,
    Step.RELEASE: WATCHERS,
    Step.RETURN: WATCHERS,
    Step.REDIRECT: {EXECUTOR},
    Step.REDIRECT_CONTROL: {CONTROLLER},
    Step.AMEND: GIVERS,
    Step.STOP: GIVERS,
    Step.STOP_AUTOMATICALLY: set(EVERYBODY),
    Step.ASK: WATCHERS,
    Step.ANSWER: {EXECUTOR},
    Step.ACCEPT_ANSWER: WATCHERS,
    Step.RETURN_ANSWER: WATCHERS,
    Step.EXTEND: {EXECUTOR},
    Step.GRANT: GIVERS,
    Step.DENY: GIVERS,
    Step.SHIFT: set(EVERYBODY),
    Step.HANDOVER: set(EVERYBODY),
}
W, A, R, E, X = S.IN_WORK, S.ACCEPTANCE, S.REWORK, S.EXECUTED, S.STOPPED
LEADS = {
    Step.REPORT: {W: A, R: A},
    Step.INTERIM: {W: W, R: R},
    Step.CONTRIBUTE: {W: W, R: R},
    Step.ACCEPT: {A: E},
    Step.RELEASE: {A: E},
    Step.RETURN: {A: R},
    Step.REDIRECT: {W: W, R: R},
    Step.REDIRECT_CONTROL: {W: W, R: R},
    Step.AMEND: {W: W, A: A, R: R},
    Step.STOP: {W: X, A: X, R: X},
    Step.STOP_AUTOMATICALLY: {W: X, A: X, R: X},
    Step.ASK: {W: W, R: R},
    Step.ANSWER: {W: W, A: A, R: R},
    Step.ACCEPT_ANSWER: {W: W, A: A, R: R},
    Step.RETURN_ANSWER: {W: W, A: A, R: R},
    Step.EXTEND: {W: W, R: R},
    Step.GRANT: {W: W, R: R},
    Step.DENY: {W: W, A: A, R: R},
    Step.SHIFT: {W: W, R: R},
    Step.HANDOVER: {W: W, A: A, R: R},
}


def test_every_row_of_the_flow_names_its_rules_and_closed_states_are_ends() -> None:
    assert all(row.rule.split(", ") for row in TRANSITIONS)
    assert not [row for row in TRANSITIONS if row.source in CLOSED]
    assert {row.step for row in TRANSITIONS} == set(Step) == set(STEP_TITLES)
    assert {row.party for row in TRANSITIONS} == set(Party)


def test_every_rule_stands_in_the_flow() -> None:
    named = {rule for row in TRANSITIONS for rule in row.rule.split(", ")}

    assert named == {f"A{number}" for number in range(1, 17)}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state_by_everybody(step: Step) -> None:
    for state, person in product(S, EVERYBODY):
        standing = replace(STANDING, state=state)
        if state not in LEADS[step]:
            with pytest.raises(WrongState):
                transition(step, standing, person)
        elif person in MAY[step]:
            taken = transition(step, standing, person)
            assert (taken.row.source, taken.row.target) == (state, LEADS[step][state])
            assert taken.on_behalf_of is None
        else:
            with pytest.raises((NotYourPart, OwnReport)):
                transition(step, standing, person)


@pytest.mark.parametrize("step", STEPS)
def test_a_substitute_has_the_parts_of_the_absent_and_no_others(step: Step) -> None:
    state = next(iter(LEADS[step]))
    for absent in EVERYBODY[:-1]:
        standing = replace(STANDING, state=state)
        if len(MAY[step]) == len(EVERYBODY):
            assert transition(step, standing, STRANGER).on_behalf_of is None
        elif absent in MAY[step]:
            taken = transition(step, standing, STRANGER, frozenset({absent}))
            assert taken.on_behalf_of == absent
        else:
            with pytest.raises(NotYourPart):
                transition(step, standing, STRANGER, frozenset({absent}))


def test_who_has_the_part_himself_acts_for_himself() -> None:
    assert transition(Step.ACCEPT, WAITING, AUTHOR, frozenset({CONTROLLER})).on_behalf_of is None


@pytest.mark.parametrize("step", [Step.ACCEPT, Step.RELEASE, Step.RETURN])
def test_nobody_accepts_his_own_report_not_even_as_a_substitute(step: Step) -> None:
    own = replace(WAITING, author=EXECUTOR)
    by_substitute = replace(WAITING, reported_by=AUTHOR)

    with pytest.raises(OwnReport):
        transition(step, WAITING, EXECUTOR, frozenset({AUTHOR, CONTROLLER}))
    with pytest.raises(OwnReport):
        transition(step, own, EXECUTOR)
    with pytest.raises(OwnReport):
        transition(step, by_substitute, AUTHOR)
    with pytest.raises(NotYourPart):  # standing in for an author who executes himself
        transition(step, own, STRANGER, frozenset({EXECUTOR}))
    assert transition(step, by_substitute, CONTROLLER)


@pytest.mark.parametrize("step", [Step.AMEND, Step.GRANT, Step.DENY, Step.STOP])
def test_a10_the_executor_is_not_the_master_of_his_own_term(step: Step) -> None:
    by_himself = replace(STANDING, entered_by=EXECUTOR)

    with pytest.raises(NotYourPart):
        transition(step, by_himself, EXECUTOR)
    with pytest.raises(NotYourPart):
        transition(step, STANDING, EXECUTOR, frozenset({AUTHOR}))
    assert transition(step, replace(STANDING, author=EXECUTOR), EXECUTOR)


@pytest.mark.parametrize("on_control", [True, False])
def test_a14_a_report_waits_for_acceptance_only_on_control(on_control: bool) -> None:
    standing = replace(STANDING, on_control=on_control)

    target = transition(Step.REPORT, standing, EXECUTOR).row.target

    assert target is (S.ACCEPTANCE if on_control else S.EXECUTED)


def test_a13_special_control_ends_with_a_proof() -> None:
    special = replace(WAITING, is_special=True)

    with pytest.raises(ProofNeeded) as refused:
        transition(Step.ACCEPT, special, CONTROLLER)
    assert "release" in refused.value.advice
    assert transition(Step.RELEASE, special, CONTROLLER).row.target is S.EXECUTED
    with pytest.raises(NotYourPart):  # a stranger learns of his part first
        transition(Step.ACCEPT, special, STRANGER)


def test_a11_interim_information_does_not_end_control() -> None:
    assert transition(Step.INTERIM, STANDING, EXECUTOR).row.target is S.IN_WORK
    with pytest.raises(WrongState):
        transition(Step.RELEASE, STANDING, CONTROLLER)
    with pytest.raises(WrongState):
        transition(Step.ACCEPT, STANDING, CONTROLLER)


class Flow(RuleBasedStateMachine):
    """Anybody tries anything in any order, in his own name or standing in for another."""

    def __init__(self) -> None:
        super().__init__()
        self.standing = STANDING
        self.accepted = False

    @rule(
        step=st.sampled_from(STEPS),
        person=st.sampled_from(EVERYBODY),
        absent=st.frozensets(st.sampled_from(EVERYBODY), max_size=2),
    )
    def take(self, step: Step, person: UUID, absent: frozenset[UUID]) -> None:
        try:
            taken = transition(step, self.standing, person, absent)
        except (WrongState, NotYourPart, OwnReport):
            return
        assert taken.row in TRANSITIONS
        assert taken.on_behalf_of is None or taken.on_behalf_of in absent
        if step is Step.REPORT:
            self.standing = replace(self.standing, reported_on=TODAY, reported_by=person)
        if step in {Step.ACCEPT, Step.RELEASE}:
            assert person not in {self.standing.executor, self.standing.reported_by}
            self.accepted = True
        if step is Step.RETURN:
            self.standing = replace(self.standing, reported_on=None, reported_by=None)
        self.standing = replace(self.standing, state=taken.row.target)

    @precondition(lambda self: self.standing.state in CLOSED)
    @rule(step=st.sampled_from(STEPS), person=st.sampled_from(EVERYBODY))
    def nothing_leaves_a_closed_state(self, step: Step, person: UUID) -> None:
        with pytest.raises(WrongState):
            transition(step, self.standing, person)

    @invariant()
    def executed_is_accepted(self) -> None:
        assert self.standing.state in OPEN | CLOSED
        assert (self.standing.state is S.EXECUTED) is self.accepted

    @invariant()
    def a_report_waits_or_was_accepted(self) -> None:
        if self.standing.state in {S.ACCEPTANCE, S.EXECUTED}:
            assert self.standing.reported_on is not None
        if self.standing.state in {S.IN_WORK, S.REWORK}:
            assert self.standing.reported_on is None


TestFlow = Flow.TestCase
