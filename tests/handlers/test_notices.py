"""Letters of a step itself: to whom it concerns, where the office has a rule for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.mail import BadReminderRule
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.notify import SET_RULE, SetReminderRule
from sed_tui.operations.registry import CallOptions
from tests.handlers.correspondence import give_addresses, letters

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


@pytest.fixture
def telling(office: Office) -> Office:
    """Return the office that tells of what is issued and of what is reported."""
    give_addresses(office)
    for code in ("step-issued", "step-reported"):
        office.as_("admin").call(SET_RULE, SetReminderRule(code=code))
    return office


def test_an_executor_hears_of_what_he_is_given(telling: Office) -> None:
    telling.issue(text="Подготовить ответ", due="27.11.2026")
    [(login, (subject, body))] = letters(telling).items()

    assert login == "petrov"
    assert subject.endswith("issued, term 27.11.2026")
    assert "Головин Пётр Ильич: issued." in body
    assert "Подготовить ответ" in body
    assert "Подготовить" not in subject


def test_who_accepts_hears_of_the_report(telling: Office) -> None:
    issued = telling.issue(due="27.11.2026", controller="kontr")
    request = ReportAssignment(assignment=str(issued.id), text="Сделано")
    telling.as_("petrov").call(REPORT, request)

    assert "Сделано" in letters(telling)["kontr"][1]
    assert "golova" not in letters(telling)


def test_nobody_hears_of_what_he_did_himself(telling: Office) -> None:
    telling.issue(by="golova", executor="golova", due="27.11.2026")

    assert letters(telling) == {}


def test_official_use_only_is_masked_here_too(telling: Office) -> None:
    number = telling.letter("01-23/9", "official")
    telling.issue(text="Секретный объект", document=number, due="27.11.2026")
    subject, body = letters(telling)["petrov"]

    assert "Секретный" not in subject + body
    assert "For official use only" in body


def test_a_step_that_is_tried_leaves_no_letter(telling: Office) -> None:
    issued = telling.issue(executor="sidorov", due="27.11.2026")
    request = ReportAssignment(assignment=str(issued.id), text="Сделано")
    telling.as_("sidorov").call(REPORT, request, CallOptions(dry_run=True))

    assert set(letters(telling)) == {"sidorov"}


def test_without_a_rule_nothing_is_written(telling: Office) -> None:
    off = SetReminderRule(code="step-issued", applies=False)
    telling.as_("admin").call(SET_RULE, off)
    telling.issue(due="27.11.2026")

    assert letters(telling) == {}


def test_a_step_has_no_days(telling: Office) -> None:
    with pytest.raises(BadReminderRule):
        telling.as_("admin").call(SET_RULE, SetReminderRule(code="step-issued", days_before=3))
