"""Longer terms asked for, granted and denied, and what becomes of the terms below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.operations.assignment_policy import SET, SHOW, SetPolicy, ShowPolicy
from tests.handlers.assignment_acts import FRIDAY, NEXT, family, issue, refuse

if TYPE_CHECKING:
    from tests.handlers.assignment_acts import Acts


def test_ten_extensions_keep_the_whole_chain_of_terms(acts: Acts) -> None:
    key = issue(acts)
    days = [date(2026, 12, day) for day in (2, 3, 4, 7, 8, 9, 10, 11, 14, 15)]
    for day in days:
        acts.take("extend", "petrov", key, f"Прошу до {day:%d.%m}", due=f"{day:%d.%m.%Y}")
        acts.take("grant", "golova", key, f"Разрешено до {day:%d.%m}")

    card = acts.card(key)
    assert (card.original_due, card.due, card.shifts) == (NEXT, days[-1], len(days))
    assert [term.due for term in card.terms] == [NEXT, *days]
    assert card.terms[-1].reason == "Разрешено до 15.12"
    assert {request.state for request in card.extensions} == {"granted"}


@pytest.mark.parametrize(
    ("due", "code", "status"),
    [
        ("30.11.2026", "not_later", 3),
        ("01.12.2026", "not_later", 3),
        ("05.12.2026", "not_a_working_day", 3),
        ("31.02.2027", "bad_date", 3),
        ("01.03.2040", "calendar_year_unknown", 6),
        ("без срока", "not_later", 3),
        ("", "empty_text", 3),
    ],
)
def test_an_extension_that_does_not_extend(acts: Acts, due: str, code: str, status: int) -> None:
    refuse(acts, code, status, "extend", "petrov", issue(acts), "Не успеваем", due=due)


def test_one_extension_is_asked_at_a_time_and_decided_once(acts: Acts) -> None:
    key = issue(acts)
    refuse(acts, "reason_needed", 3, "extend", "petrov", key, due="08.12.2026")
    refuse(acts, "nothing_asked", 6, "grant", "golova", key)
    acts.take("extend", "petrov", key, "Болезнь", due="08.12.2026")
    refuse(acts, "already_asked", 5, "extend", "petrov", key, "x", due="09.12.2026")
    refuse(acts, "reason_needed", 3, "deny", "golova", key)
    acts.take("deny", "golova", key, "Срок установлен сверху")
    refuse(acts, "nothing_asked", 6, "deny", "golova", key, "x")

    card = acts.card(key)
    assert (card.due, card.shifts) == (NEXT, 0)
    assert card.extensions[0].comment == "Срок установлен сверху"
    free = issue(acts, due="без срока")
    refuse(acts, "no_term_to_extend", 6, "extend", "petrov", free, "x", due="08.12.2026")


def test_an_extension_after_the_term_is_marked_or_refused(acts: Acts) -> None:
    key = issue(acts)
    acts.office.clock.moment += timedelta(days=9)
    moved = acts.take("extend", "petrov", key, "Поздно", due="08.12.2026")
    acts.take("deny", "golova", key, "Нет")
    policy = SetPolicy.model_validate({"late_extension": "refuse", "extension_notice": 3})
    acts.office.as_("admin").call(SET, policy)

    assert moved.warnings
    assert acts.card(key).extensions[0].is_late
    refuse(acts, "extension_too_late", 6, "extend", "petrov", key, "x", due="08.12.2026")
    soon = issue(acts, due="04.12.2026")
    refuse(acts, "extension_too_late", 6, "extend", "petrov", soon, "x", due="08.12.2026")
    shown = acts.office.as_("petrov").call(SHOW, ShowPolicy())
    assert (shown.extension_notice, shown.late_extension) == (3, "refuse")


def test_a_granted_extension_moves_the_children_by_working_days(acts: Acts) -> None:
    key, children = family(acts)
    acts.take("extend", "petrov", key, "Ждём", due="08.12.2026")
    acts.take("grant", "golova", key, "Согласен", shift_children=True)

    cards = [acts.card(child) for child in children]
    assert {card.due for card in cards} == {date(2026, 12, 4)}
    assert {card.shifts for card in cards} == {1}
    assert {card.history[-1].event for card in cards} == {"shift"}
    assert acts.card(key).extensions[0].shifted_children == len(children)


def test_the_card_tells_who_changed_the_term_and_why(acts: Acts) -> None:
    key = issue(acts, "pomosh", author="golova")
    acts.take("amend", "golova", key, "Просьба министерства", due="27.11.2026")
    acts.take("extend", "petrov", key, "Болезнь", due="30.11.2026")
    acts.take("grant", "pomosh", key, "Согласовано с главой")

    assert [(term.due, term.event, term.actor, term.reason) for term in acts.card(key).terms] == [
        (NEXT, "issue", "Помощникова Анна Юрьевна", None),
        (FRIDAY, "amend", "Головин Пётр Ильич", "Просьба министерства"),
        (date(2026, 11, 30), "grant", "Помощникова Анна Юрьевна", "Согласовано с главой"),
    ]


def test_a_later_term_granted_without_a_word_has_the_reason_of_the_request(acts: Acts) -> None:
    key = issue(acts)
    acts.take("extend", "petrov", key, "Болезнь", due="02.12.2026")
    acts.take("grant", "golova", key)

    assert (acts.card(key).terms[-1].reason or "").endswith("Болезнь")
