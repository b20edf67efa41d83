"""Who may be what in an assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.assignment import AssignmentState, Standing
from sed_tui.domain.assignment_people import (
    Watch,
    check_author,
    check_part_in_parent,
    check_people,
    check_right_over,
    chosen_control,
    is_on_control,
)
from sed_tui.errors.assignments import (
    ControllerWithoutControl,
    ForeignAuthor,
    NobodyAccepts,
    NoPartInParent,
    NoRightOverExecutor,
    SamePersonTwice,
)

if TYPE_CHECKING:
    from sed_tui.errors import SedError

AUTHOR, EXECUTOR, CONTROLLER, STRANGER = (UUID(int=n) for n in range(1, 5))


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
    ("wanted", "author", "controller", "found"),
    [
        (None, AUTHOR, None, Watch.CONTROL),
        (None, EXECUTOR, None, Watch.NONE),
        (Watch.NONE, AUTHOR, None, Watch.NONE),
        (Watch.SPECIAL, AUTHOR, None, Watch.SPECIAL),
        (Watch.CONTROL, EXECUTOR, CONTROLLER, Watch.CONTROL),
        (Watch.NONE, AUTHOR, CONTROLLER, ControllerWithoutControl),
        (Watch.SPECIAL, EXECUTOR, None, NobodyAccepts),
    ],
)
def test_a_control_is_chosen_or_follows_and_somebody_accepts(
    wanted: Watch | None, author: UUID, controller: UUID | None, found: Watch | type[SedError]
) -> None:
    def choose() -> Watch:
        return chosen_control(
            wanted, author=author, executor=EXECUTOR, controller=controller, has_term=True
        )

    if isinstance(found, Watch):
        assert choose() is found
    else:
        with pytest.raises(found):
            choose()


def test_who_has_a_part_divides_an_assignment() -> None:
    parent = Standing(
        AssignmentState.IN_WORK, True, AUTHOR, EXECUTOR, None, None, None,
        co_executors=frozenset({CONTROLLER}),
    )  # fmt: skip
    for person in (AUTHOR, EXECUTOR, CONTROLLER):
        check_part_in_parent(parent, person, "Петров")
    with pytest.raises(NoPartInParent):
        check_part_in_parent(parent, STRANGER, "Чужой")
