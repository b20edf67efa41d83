"""Somebody leaves: what is open is listed, handed over, and only then is he dismissed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors import SedError
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.operations.employee_access import DISABLE, DisableEmployee

if TYPE_CHECKING:
    from tests.handlers.assignment_acts import Acts


def test_every_part_of_a_leaver_is_listed_by_term_and_closed_ones_are_not(acts: Acts) -> None:
    office = acts.office
    office.issue(due="08.12.2026")
    office.issue(executor="sidorov", co_executors=("petrov",), due="01.12.2026")
    office.issue(executor="sidorov", controller="petrov", due="без срока")
    office.issue("petrov", executor="sidorov", due="27.11.2026")
    closed = office.issue(due="26.11.2026")
    acts.take("stop", "golova", closed.id, "Не нужно")

    rows = acts.items("golova", "petrov")

    assert [row.part for row in rows] == ["author", "co_executor", "executor", "controller"]
    assert [row.part for row in acts.items("golova", "petrov", "author")] == ["author"]


def test_an_administrator_without_sight_lists_without_reading(acts: Acts) -> None:
    from tests.handlers.people import add_people

    acts.office.issue()
    add_people(acts.office.settings, ("kadry", "Кадров К. К.", "administrator", None))

    assert [row.text for row in acts.items("kadry", "petrov")] == [None]
    assert [row.text for row in acts.items("golova", "petrov")] == ["Подготовить ответ"]


def test_one_command_hands_everything_over_and_keeps_terms_and_history(acts: Acts) -> None:
    number = acts.office.letter()
    mine = acts.office.issue(document=number, due="01.12.2026")
    helped = acts.office.issue(executor="kuznec", co_executors=("petrov",))
    acts.take("contribute", "petrov", helped.id)
    given = acts.office.issue("petrov", executor="petrov", due="без срока")
    rows = acts.hand_over("golova", "petrov", "sidorov")

    assert Counter(row.part for row in rows) == {"executor": 2, "co_executor": 1, "author": 1}
    card = acts.card(mine.id, "sidorov")
    assert (card.executor_login, card.due, card.shifts) == ("sidorov", mine.due, 0)
    assert (card.history[-1].event, card.history[-1].text) == ("handover", "Увольняется")
    assert acts.card(helped.id).readiness == "1/1"
    assert acts.card(given.id).author_login == "sidorov"
    assert acts.items("golova", "petrov") == []


def test_several_successors_take_turns_and_nobody_gets_two_parts(acts: Acts) -> None:
    for _number in range(4):
        acts.office.issue(controller="kontr")
    controlled = acts.office.issue(controller="sidorov")
    rows = acts.hand_over("kontr", "petrov", "sidorov", "kuznec")

    shares = Counter(row.successor for row in rows)
    assert sorted(shares.values()) == [2, 3]
    by_id = {row.id: row.successor for row in rows}
    assert by_id[controlled.id] == "Кузнецова Мария Олеговна"


def test_single_assignments_and_parts_are_handed_over_alone(acts: Acts) -> None:
    first, second = acts.office.issue(), acts.office.issue()
    acts.office.issue("petrov", executor="sidorov")
    acts.hand_over("golova", "petrov", "sidorov", assignments=(str(first.id)[:8],))
    acts.hand_over("golova", "petrov", "kuznec", parts=("author",))

    left = acts.items("golova", "petrov")
    assert [(row.id, row.part) for row in left] == [(second.id, "executor")]


@pytest.mark.parametrize(
    ("to", "fields", "code", "status"),
    [
        (("kontr",), {}, "nobody_takes", 3),
        (("petrov",), {}, "already_his", 5),
        (("нет такого",), {}, "nobody_here", 4),
        (("sidorov",), {"assignments": ("ffffffff",)}, "not_found", 4),
    ],
)
def test_a_handover_that_cannot_be_changes_nothing(
    acts: Acts, to: tuple[str, ...], fields: dict[str, tuple[str, ...]], code: str, status: int
) -> None:
    acts.office.issue()
    acts.office.issue(controller="kontr")
    before = acts.everything()
    with pytest.raises(SedError) as refused:
        acts.hand_over("golova", "petrov", *to, **fields)

    assert (refused.value.code, refused.value.exit_code) == (code, status)
    assert acts.everything() == before


def test_nobody_is_dismissed_with_open_assignments(acts: Acts) -> None:
    acts.office.issue()
    acts.office.issue("petrov", executor="petrov")
    admin, request = acts.office.as_("admin"), DisableEmployee(employee="petrov")
    with pytest.raises(SedError) as refused:
        admin.call(DISABLE, request)
    acts.hand_over("admin", "petrov", "sidorov")
    gone = admin.call(DISABLE, request)

    assert (refused.value.code, refused.value.exit_code) == ("open_items", 6)
    assert "2" in str(refused.value)
    assert "handover petrov" in refused.value.advice
    assert gone.state == "dismissed"
    assert len(admin.call(LIST, ListAssignments()).rows) == 2


def test_the_dismissed_get_no_assignments(acts: Acts) -> None:
    acts.office.as_("admin").call(DISABLE, DisableEmployee(employee="petrov"))
    key = acts.office.issue(executor="sidorov").id
    before = acts.everything()
    for call in (
        acts.office.issue,
        lambda: acts.office.issue(executor="sidorov", co_executors=("petrov",)),
        lambda: acts.take("amend", "golova", key, "x", executor="petrov"),
        lambda: acts.take("redirect", "sidorov", key, to="petrov"),
    ):
        with pytest.raises(SedError) as refused:
            call()
        assert (refused.value.code, refused.value.exit_code) == ("person_dismissed", 6)
    assert acts.everything() == before
