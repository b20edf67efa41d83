"""`sedctl calendar` through the real entry point: days set, years loaded, terms exported."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from tests.handlers.test_calendar_upkeep import WHOLE_YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.conftest import FixedClock


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> None:
    monkeypatch.setattr("sed_tui.gateway.local.SystemClock", lambda: clock)


@pytest.mark.parametrize(
    ("start", "term", "effective"),
    [
        ("31.01.2025", "месяц", "2025-02-28"),
        ("01.10.2025", "месяц", "2025-11-01"),
        ("22.04.2025", "оперативно", "2025-04-30"),
        ("10.06.2025", "срочно", "2025-06-11"),
        ("29.04.2025", "5 рд", "2025-05-12"),
    ],
)
def test_golden_terms_are_explained(sedctl: Run, start: str, term: str, effective: str) -> None:
    done = sedctl("calendar", "explain", "--from", start, "--term", term, "--format", "json")

    assert (done.status, done.data["effective"]) == (0, effective)
    assert len(done.data["explanation"]) == 4


def test_terms_go_to_a_calendar_program_the_same_every_time(sedctl: Run, tmp_path: Path) -> None:
    for due in ("30.11.2026", "без срока", "23.11.2026"):
        issue = ("assignment", "issue", "--text", "Ответ; [срочно],\nпункт 2", "--executor")
        assert sedctl(*issue, "admin", "--due", due).status == 0
    first, second = tmp_path / "one.ics", tmp_path / "two.ics"
    for path in (first, second):
        assert sedctl("calendar", "export", "-o", str(path)).status == 0
    tasks = Calendar.from_ical(first.read_bytes()).walk("VTODO")

    assert first.read_bytes() == second.read_bytes()
    assert [task.decoded("due") if "due" in task else None for task in tasks] == [
        date(2026, 11, 23),
        date(2026, 11, 30),
        None,
    ]
    assert tasks[0]["summary"] == "Ответ; [срочно], пункт 2"
    assert "dtstart" not in tasks[0]
    assert len({task["uid"] for task in tasks}) == 3


def test_a_year_is_loaded_from_a_table_of_days(sedctl: Run, tmp_path: Path) -> None:
    table = tmp_path / "2028.csv"
    lines = [f"{row.day:%d.%m.%Y};выходной;{row.note}" for row in WHOLE_YEAR]
    table.write_text("\n".join(["Дата;Вид дня;Примечание", *lines]), encoding="cp1251")
    done = sedctl("calendar", "import", str(table), "--format", "json")

    assert done.data["rows"][0]["year"] == 2028
    shown = sedctl("calendar", "show", "2028", "--format", "json").data
    assert (shown["source"], len(shown["days"])) == ("2028.csv", len(WHOLE_YEAR))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("31.02.2028;выходной", "bad_date"),
        ("10.01.2028;наверное", "bad_day_kind"),
        ("10.01.2028;выходной", "holidays_missing"),
    ],
)
def test_a_bad_table_of_days_names_the_row_and_changes_nothing(
    sedctl: Run, tmp_path: Path, line: str, code: str
) -> None:
    table = tmp_path / "2028.csv"
    table.write_text(f"дата;вид дня\n{line}\n", encoding="utf-8")
    done = sedctl("calendar", "import", str(table), "--format", "json")

    assert (done.status, done.error["code"]) == (3, code)
    if code != "holidays_missing":
        assert done.error["row"] == 2
    assert sedctl("calendar", "show", "2028").status == 6


def test_a_profile_and_a_day_are_set(sedctl: Run) -> None:
    profile = ("calendar", "profile", "own", "--title", "Свой", "--amount", "4")
    assert sedctl(*profile, "--unit", "working_days", "--act", "Приказ № 5").status == 0
    assert sedctl("calendar", "override", "27.11.2026", "off", "--note", "Выборы").status == 0
    done = sedctl(
        "calendar", "explain", "--from", "23.11.2026", "--profile", "own", "--format", "json"
    )

    assert done.data["effective"] == "2026-11-30"


def test_half_of_a_term_is_explained(sedctl: Run) -> None:
    asked = (
        "calendar",
        "explain",
        "--from",
        "25.11.2026",
        "--term",
        "доложите",
        "--format",
        "json",
    )

    assert sedctl(*asked, "--half-of", "21.12.2026").data["effective"] == "2026-12-08"
    assert sedctl(*asked).data["effective"] == "2026-12-04"
