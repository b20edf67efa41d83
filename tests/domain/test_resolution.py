"""The rules of resolutions: who decides, what a point must have, how rows are numbered."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sed_tui.domain.resolution import (
    STATE_TITLES,
    STEP_TITLES,
    TRANSITIONS,
    DraftStanding,
    DraftState,
    DraftStep,
    PointParts,
    SharedParts,
    controller_of,
    gaps,
    people_in,
    places,
    transition,
)
from sed_tui.errors.resolutions import NotYourResolution, ResolutionState

HEAD, DRAFTER, OTHER, DEPUTY = (UUID(int=n) for n in range(1, 5))
NAMES = {person: str(person) for person in (HEAD, DRAFTER, OTHER, DEPUTY)}
NOBODY: frozenset[UUID] = frozenset()


def standing(state: DraftState) -> DraftStanding:
    return DraftStanding(state, author=HEAD, drafter=DRAFTER)


@pytest.mark.parametrize("step", [DraftStep.APPROVE, DraftStep.RETURN])
def test_the_head_alone_decides(step: DraftStep) -> None:
    for person in (DRAFTER, OTHER):
        with pytest.raises(NotYourResolution):
            transition(step, standing(DraftState.DRAFT), person, NOBODY)

    assert transition(step, standing(DraftState.DRAFT), HEAD, NOBODY).on_behalf_of is None
    taken = transition(step, standing(DraftState.DRAFT), DEPUTY, frozenset({HEAD}))
    assert taken.on_behalf_of == HEAD


@pytest.mark.parametrize("step", [DraftStep.EDIT, DraftStep.WITHDRAW])
@pytest.mark.parametrize("state", [DraftState.DRAFT, DraftState.RETURNED])
def test_head_and_drafter_change_a_draft(step: DraftStep, state: DraftState) -> None:
    for person in (HEAD, DRAFTER):
        transition(step, standing(state), person, NOBODY)
    with pytest.raises(NotYourResolution):
        transition(step, standing(state), OTHER, NOBODY)


def test_what_is_decided_stays_decided() -> None:
    for state in (DraftState.APPROVED, DraftState.WITHDRAWN):
        for step in DraftStep:
            with pytest.raises(ResolutionState):
                transition(step, standing(state), HEAD, NOBODY)


def test_every_state_and_step_has_a_title() -> None:
    assert set(STATE_TITLES) == set(DraftState)
    assert set(STEP_TITLES) == set(DraftStep) == {step for step, _source in TRANSITIONS}


@pytest.mark.parametrize(
    ("point", "shared", "lacks"),
    [
        (PointParts("т", "10", OTHER), SharedParts(), []),
        (PointParts(executor=OTHER), SharedParts("т", "10"), []),
        (PointParts("т", "10"), SharedParts(), ["executor"]),
        (PointParts(due="10", executor=OTHER), SharedParts(), ["text"]),
        (PointParts("т", executor=OTHER), SharedParts(), ["due"]),
        (PointParts(), SharedParts(), ["text", "executor", "due"]),
        (PointParts("т", "10", OTHER, (OTHER,)), SharedParts(), ["co_executors"]),
        (PointParts("т", "10", OTHER, (HEAD,), HEAD), SharedParts(), ["controller"]),
    ],
)
def test_a8_a_point_has_a_text_an_executor_and_a_term_or_shares_them(
    point: PointParts, shared: SharedParts, lacks: list[str]
) -> None:
    assert [gap.field for gap in gaps(point, shared, NAMES)] == lacks


def test_nobody_controls_himself_because_he_controls_the_others() -> None:
    shared = SharedParts(controller=OTHER)

    assert controller_of(PointParts(executor=HEAD), shared) == OTHER
    assert controller_of(PointParts(executor=OTHER), shared) is None
    assert controller_of(PointParts(executor=OTHER, controller=HEAD), shared) == HEAD


def test_a8_rows_keep_their_numbers_and_those_without_get_free_ones() -> None:
    read = places(["п. 1", "№2.", "", "1.2", "2", "0", "-3", "пять", "10"], {})

    assert [place.number for place in read] == [1, 2, 11, 12, 13, 14, 15, 16, 10]
    assert [place.label for place in read if place.fault is None] == [
        *(None, None, None),
        *("1.2", None),
    ]
    assert [place.label for place in read if place.fault] == ["2", "0", "-3", "пять"]


def test_a_second_table_means_the_points_that_are_there() -> None:
    taken = {1: None, 5: "1.2"}

    assert [p.number for p in places(["1", "1.2", ""], taken)] == [1, 5, 6]


@given(st.lists(st.none() | st.text(max_size=5) | st.integers(-3, 9).map(str), max_size=20))
def test_a8_numbers_are_above_zero_and_each_is_there_once(written: list[str | None]) -> None:
    numbers = [place.number for place in places(written, {3: None, 4: "1.2"})]

    assert len(numbers) == len(written)
    assert all(number > 0 for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_people_of_one_cell_are_told_apart() -> None:
    assert people_in("Петров П.П., Сидоров С. С.;\nОрлова О.О. и Ким А.") == [
        *("Петров П.П.", "Сидоров С. С.", "Орлова О.О.", "Ким А."),
    ]
    assert people_in("  ") == []


class Draft(RuleBasedStateMachine):
    """Any sequence of steps by anybody: what took force was approved by the head, once."""

    def __init__(self) -> None:
        super().__init__()
        self.state = DraftState.DRAFT
        self.approvals: list[UUID] = []

    @rule(step=st.sampled_from(DraftStep), person=st.sampled_from([HEAD, DRAFTER, OTHER, DEPUTY]))
    def take(self, step: DraftStep, person: UUID) -> None:
        stands_for = frozenset({HEAD}) if person == DEPUTY else NOBODY
        try:
            taken = transition(step, standing(self.state), person, stands_for)
        except (ResolutionState, NotYourResolution):
            return
        assert TRANSITIONS[step, self.state][0] is taken.target
        if step is DraftStep.APPROVE:
            self.approvals.append(person)
        self.state = taken.target

    @invariant()
    def force_comes_from_the_head_alone(self) -> None:
        assert (self.state is DraftState.APPROVED) == (len(self.approvals) == 1)
        assert set(self.approvals) <= {HEAD, DEPUTY}


Draft.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestDraft = Draft.TestCase
