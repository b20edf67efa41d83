"""How values read on screens."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sed_tui.errors.installation import NoDatabase
from sed_tui.i18n import _
from sed_tui.tui import wording


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Иванова Анна Петровна", "Иванова А.П."),
        ("Ким О.О.", "Ким О.О."),
        ("Ким Олег", "Ким О."),
        ("admin", "admin"),
    ],
)
def test_a_name_is_cut_to_its_initials(full: str, short: str) -> None:
    assert wording.short_name(full) == short


def test_dates_are_those_of_the_language(russian: None) -> None:
    assert wording.day(date(2026, 11, 3)) == "03.11.26"
    assert wording.long_day(date(2026, 11, 3)) == "03.11.2026"
    assert wording.day(None) == ""


def test_an_instant_is_told_in_the_time_of_the_office() -> None:
    assert wording.moment(datetime(2026, 11, 22, 20, 30, tzinfo=UTC)) == "2026-11-23 01:30"


def test_thousands_stand_apart() -> None:
    assert wording.amount(1_048_576) == "1\N{NO-BREAK SPACE}048\N{NO-BREAK SPACE}576"


def test_a_failure_is_told_with_what_to_do_about_it() -> None:
    text = wording.explanation(NoDatabase(database="/tmp/x"))

    assert text.splitlines()[1].startswith(_("Make one"))
