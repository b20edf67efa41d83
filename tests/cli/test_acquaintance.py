"""`sedctl acquaintance` through the real entry point: start, confirm, sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _office(settings: Settings) -> None:
    add_people(settings, ("petrov", "Петров Василий [красный]", "executor", "А"))
    add_letter(settings, "01-23/7")


@pytest.fixture
def started(sedctl: Run) -> str:
    done = sedctl("acquaintance", "start", "01-23/7", "--everybody", "--format", "json")

    assert (done.status, done.data["total"], done.data["state"]) == (0, 2, "running")
    return str(done.data["id"])


def test_a_sheet_is_printed_filled_in_and_blank(sedctl: Run, started: str, tmp_path: Path) -> None:
    assert sedctl("acquaintance", "confirm", started).status == 0
    filled = sedctl("acquaintance", "sheet", started, "--format", "csv").out
    assert len(filled.splitlines()) == 3
    blank = sedctl("acquaintance", "sheet", started, "--blank", "--format", "csv").out
    assert "Петров" in blank
    assert "Иванова" not in blank
    page, again = tmp_path / "sheet.html", tmp_path / "again.html"
    for path in (page, again):
        assert sedctl("acquaintance", "sheet", started, "-o", str(path)).status == 0
    assert "Петров Василий [красный]" in page.read_text(encoding="utf-8")
    assert page.read_bytes() == again.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("start", "01-23/7"), 3, "nobody_to_acquaint"),
        (("start", "нет", "--everybody"), 4, "not_found"),
        (("start", "01-23/7", "--person", "нет"), 4, "not_found"),
        (("start", "01-23/7", "--everybody", "--due", "01.01.2020"), 3, "due_in_the_past"),
        (("sheet", "00000000"), 4, "not_found"),
    ],
)
def test_bad_input_has_its_status_and_starts_nothing(
    sedctl: Run, arguments: tuple[str, ...], status: int, code: str
) -> None:
    done = sedctl("acquaintance", *arguments, "--format", "json")

    assert (done.status, done.error["code"]) == (status, code)
    assert sedctl("acquaintance", "list", "--format", "json").data["rows"] == []


def test_a_stop_wants_a_reason_and_a_confirmation(sedctl: Run, started: str) -> None:
    assert sedctl("acquaintance", "stop", started, "--reason", "Отменён").status == 2
    assert sedctl("acquaintance", "stop", started, "--yes").status == 3
    assert sedctl("acquaintance", "stop", started, "--yes", "--reason", "Отменён").status == 0
    done = sedctl("acquaintance", "confirm", started, "--format", "json")
    assert (done.status, done.error["code"]) == (6, "acquaintance_closed")
