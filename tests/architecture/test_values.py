"""Values of fields have names for people, in both languages."""

from __future__ import annotations

import pytest

from sed_tui import i18n
from sed_tui.domain.acquaintance import ReadingState
from sed_tui.domain.assignment_part import PartState
from sed_tui.domain.exchange_flow import MessageState
from sed_tui.operations import values
from sed_tui.operations.values import shown_value


@pytest.mark.parametrize(
    "names",
    [values.FLOWS, values.REGISTRATIONS, values.EXECUTIONS, values.CONTROLS, values.ROLES],
)
def test_every_value_has_a_name_in_russian(names: dict[str, str]) -> None:
    i18n.use("ru")

    assert set(names) == {member.value for member in type(next(iter(names)))}  # type: ignore[attr-defined]
    assert all(i18n._(name) != name for name in names.values())


def test_dates_and_marks_are_read_in_the_language() -> None:
    i18n.use("ru")

    assert shown_value("registered_on", "2026-11-23") == "23.11.2026"
    assert shown_value("their_number", "2026-11-23") == "2026-11-23"
    assert shown_value("created_at", "2026-11-23T20:37:00Z") == "24.11.2026 01:37"
    assert shown_value("is_default", value=True) == "да"
    assert shown_value("kind", "письмо") == "письмо"


def test_states_of_one_name_are_told_by_the_words_of_their_own_list() -> None:
    i18n.use("ru")

    assert shown_value("state", ReadingState.WAITING) == "не ознакомлен"
    assert shown_value("state", MessageState.WAITING) == "ждёт регистрации"
    assert shown_value("state", PartState.SENT) == "в работе"
    assert shown_value("state", MessageState.SENT) == "отправлено"
