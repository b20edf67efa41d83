"""Who is reminded of what on a day: thresholds, versions of terms, heads and controllers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.digests import DigestPlan, Heads, OpenTerm, Part, Worker
from sed_tui.domain.reminders import (
    DEFAULT_REMINDERS,
    Audience,
    ReminderRule,
    check_rule,
    horizon,
    is_due,
    reached,
)
from sed_tui.errors.mail import BadReminderRule

DAY = date(2026, 11, 23)
TOP, UNDER, ELSEWHERE = uuid4(), uuid4(), uuid4()
EXECUTOR = Worker(uuid4(), "Петров", "p@o.example", UNDER, is_active=True)
AUTHOR = Worker(uuid4(), "Автор", "a@o.example", None, is_active=True)
CONTROLLER = Worker(uuid4(), "Контролёр", "k@o.example", None, is_active=True)
CHIEF = Worker(uuid4(), "Начальник", "n@o.example", TOP, is_active=True)
STRANGER = Worker(uuid4(), "Чужой", "x@o.example", ELSEWHERE, is_active=True)
HEADS = Heads([CHIEF, STRANGER], {UNDER: TOP, TOP: None, ELSEWHERE: None})
PEOPLE = {one.id: one for one in (EXECUTOR, AUTHOR, CONTROLLER, CHIEF, STRANGER)}


def term(days: int, **fields: object) -> OpenTerm:
    base = OpenTerm(
        id=uuid4(),
        number="01-23/1",
        text="Дело",
        author=AUTHOR.id,
        executor=EXECUTOR.id,
        controller=CONTROLLER.id,
        due=DAY + timedelta(days=days),
        state=AssignmentState.IN_WORK,
        version=0,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def plan(
    *terms: OpenTerm,
    known: dict[tuple[UUID, str, int, UUID], date] | None = None,
    people: dict[UUID, Worker] | None = None,
    heads: Heads = HEADS,
    rules: tuple[ReminderRule, ...] = DEFAULT_REMINDERS,
) -> DigestPlan:
    made = DigestPlan(rules, people or PEOPLE, heads, known or {}, DAY)
    made.of(terms)
    return made


def told(*terms: OpenTerm, **more: object) -> dict[str, dict[Part, int]]:
    made = plan(**more)  # type: ignore[arg-type]
    found = made.of(terms)
    everybody = more.get("people") or PEOPLE
    assert isinstance(everybody, dict)
    return {
        everybody[person].name: {part: len(items) for part, items in digest.told.items()}
        for person, digest in found.items()
    }


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (11, None),
        (10, "before-10"),
        (7, "before-10"),
        (5, "before-5"),
        (4, "before-5"),
        (2, "before-3"),
        (0, "on-the-day"),
        (-1, "overdue"),
        (-90, "overdue"),
    ],
)
def test_the_nearest_threshold_is_reached_and_no_other(days: int, code: str | None) -> None:
    rule = reached(DEFAULT_REMINDERS, Audience.EXECUTOR, days)

    assert (rule.code if rule else None) == code


@pytest.mark.parametrize(("days", "is_told"), [(-4, False), (-5, True), (-6, True)])
def test_a_controller_hears_of_it_after_five_days(days: int, is_told: bool) -> None:
    assert (reached(DEFAULT_REMINDERS, Audience.CONTROLLER, days) is not None) is is_told


@pytest.mark.parametrize(("waited", "parts"), [(0, {}), (1, {"Контролёр": {Part.TO_ACCEPT: 1}})])
def test_the_waiting_of_a_report_is_told_to_who_is_to_accept_it_alone(
    waited: int, parts: dict[str, dict[Part, int]]
) -> None:
    late = term(-9, state=AssignmentState.ACCEPTANCE, reported_on=DAY - timedelta(days=waited))

    assert told(late) == parts


def test_before_the_term_once_after_it_every_so_many_days() -> None:
    before, after = ReminderRule("a", Audience.EXECUTOR, days_before=5), DEFAULT_REMINDERS[-2]

    assert is_due(before, None, DAY)
    assert not is_due(before, DAY - timedelta(days=40), DAY)
    assert after.every_days == 5
    assert not is_due(after, DAY - timedelta(days=4), DAY)
    assert is_due(after, DAY - timedelta(days=5), DAY)


def test_the_list_looks_as_far_as_the_earliest_reminder() -> None:
    assert horizon(DEFAULT_REMINDERS) == 10
    assert horizon([]) == 0


@pytest.mark.parametrize(
    "rule",
    [
        ReminderRule("x", Audience.EXECUTOR),
        ReminderRule("x", Audience.EXECUTOR, days_before=1, every_days=1),
        ReminderRule("x", Audience.HEAD, days_before=1),
        ReminderRule("x", Audience.ACCEPTOR, days_before=1),
    ],
)
def test_a_rule_names_one_moment(rule: ReminderRule) -> None:
    with pytest.raises(BadReminderRule):
        check_rule(rule)


def test_an_executor_hears_of_everything_he_has_once_one_threshold_is_reached() -> None:
    assert told(term(5), term(8), term(-1)) == {
        "Петров": {Part.OWN: 3},
        "Начальник": {Part.PEOPLE: 1},
    }


def test_what_was_sent_is_not_sent_again_until_the_term_changes() -> None:
    one = term(5)
    known = {(one.id, "before-5", 0, EXECUTOR.id): DAY - timedelta(days=1)}

    assert told(one, known=known) == {}
    assert told(replace(one, version=1), known=known) == {"Петров": {Part.OWN: 1}}


def test_what_waits_for_acceptance_reminds_nobody() -> None:
    assert told(term(-9, state=AssignmentState.ACCEPTANCE)) == {}


def test_the_author_controls_where_nobody_else_does() -> None:
    assert told(term(-5, controller=None))["Автор"] == {Part.CONTROLLED: 1}
    assert told(term(-5))["Контролёр"] == {Part.CONTROLLED: 1}


def test_what_one_gave_oneself_is_told_once() -> None:
    own = term(-9, author=EXECUTOR.id, controller=None)

    assert told(own)["Петров"] == {Part.OWN: 1}


def test_a_head_hears_of_his_people_by_the_tree_and_of_what_he_gave() -> None:
    given = term(-1, author=STRANGER.id)

    assert told(given)["Чужой"] == {Part.PEOPLE: 1}
    assert "Чужой" not in told(term(-1))
    assert "Начальник" in told(term(-1))


def test_a_head_outside_every_unit_heads_everybody() -> None:
    everywhere = replace(STRANGER, unit=None)
    heads = Heads([everywhere], {UNDER: TOP, TOP: None})

    assert told(term(-1), heads=heads, people=PEOPLE | {everywhere.id: everywhere})["Чужой"]


def test_a_head_who_heard_today_hears_tomorrow() -> None:
    known = {(CHIEF.id, "overdue-head", 0, CHIEF.id): DAY}

    assert "Начальник" not in told(term(-1), known=known)
    known = {(CHIEF.id, "overdue-head", 0, CHIEF.id): DAY - timedelta(days=1)}
    assert "Начальник" in told(term(-1), known=known)


def test_what_a_dismissed_person_left_goes_to_his_head_else_to_the_author() -> None:
    people = PEOPLE | {EXECUTOR.id: replace(EXECUTOR, is_active=False)}
    alone = Heads([], {})

    assert told(term(3), people=people) == {"Начальник": {Part.LEFT: 1}}
    assert told(term(3), people=people, heads=alone) == {"Автор": {Part.LEFT: 1}}
    silent = Heads([replace(CHIEF, email=None)], HEADS.parents)
    assert told(term(3), people=people, heads=silent) == {"Автор": {Part.LEFT: 1}}


def test_a_dismissed_person_without_head_and_author_is_named() -> None:
    people = PEOPLE | {
        EXECUTOR.id: replace(EXECUTOR, is_active=False),
        AUTHOR.id: replace(AUTHOR, is_active=False),
    }

    assert plan(term(3), people=people, heads=Heads([], {})).unreachable == {EXECUTOR.id}


def test_a_circle_of_units_is_walked_once() -> None:
    circle = Heads([CHIEF], {UNDER: ELSEWHERE, ELSEWHERE: UNDER})

    assert circle.over(EXECUTOR) == []
