"""`sedctl assignment repeat` through the real entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from tests.handlers.people import add_people

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from tests.cli.conftest import Run
    from tests.conftest import FixedClock


@pytest.fixture(autouse=True)
def _people(monkeypatch: pytest.MonkeyPatch, clock: FixedClock, settings: Settings) -> None:
    monkeypatch.setattr("sed_tui.gateway.local.SystemClock", lambda: clock)
    monkeypatch.setattr("commands.arguments.SystemClock", lambda: clock)
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("sidorov", "Сидоров Иван Иванович", "executor", "Б"),
    )


def test_a_schedule_from_its_first_day_to_its_close(sedctl: Run) -> None:
    made = sedctl(
        *("assignment", "repeat", "add", "--text", "Сводка", "--executor", "petrov"),
        *("--every", "week", "--weekday", "FR", "--lead", "4", "--format", "json"),
    )
    key = made.data["id"]
    repeat = ("assignment", "repeat")

    assert (made.status, made.data["upcoming"][0]["issue_on"]) == (0, "2026-11-23")
    assert sedctl(*repeat, "skip", key, "04.12.2026").status == 0
    assert sedctl(*repeat, "skip", key, "05.12.2026").status == 3
    assert sedctl(*repeat, "executor", key, "sidorov", "--from", "01.12.2026").status == 0
    listed = sedctl(*repeat, "list")
    assert "27.11.2026, 04.12.2026, 11.12.2026" in listed.out
    assert sedctl(*repeat, "run", "--org", "all").status == 0
    shown = sedctl(*repeat, "show", key)
    assert "Петров Василий Сергеевич" in shown.out
    assert "Сидоров Иван Иванович" in shown.out
    assert sedctl(*repeat, "close", key, "--yes").status == 0


def test_a_run_that_leaves_something_out_says_so(sedctl: Run, settings: Settings) -> None:
    sedctl(
        *("assignment", "repeat", "add", "--text", "Сводка", "--executor", "petrov"),
        *("--every", "week", "--lead", "7"),
    )
    # as an older database may hold it: dismissing him asks to hand the schedule over first
    assert sedctl("user", "disable", "petrov", "--yes").status == 6
    engine = create_engine(settings.database)
    with engine.begin() as db:
        db.execute(text("UPDATE employee SET state = 'dismissed' WHERE login = 'petrov'"))
    engine.dispose()
    left = sedctl("assignment", "repeat", "run")

    assert left.status == 6
    assert "petrov is dismissed" in left.out
    assert "Not issued: 2 of 2" in left.err
