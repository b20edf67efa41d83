"""`sedctl law`: what a script takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_a_check_fails_while_something_needs_attention(sedctl: Run) -> None:
    every = sedctl("law", "check", "--fail-if", "any", "-f", "json")
    none = sedctl("law", "check", "--problem", "repealed_in_use", "--fail-if", "any")

    assert (every.status, none.status) == (8, 0)
    assert {row["problem"] for row in every.data["rows"]} == {"never_checked", "no_address"}


def test_acts_are_changed_exported_and_loaded_again(sedctl: Run, tmp_path: Path) -> None:
    table, text = tmp_path / "acts.csv", tmp_path / "text.txt"
    text.write_text("Статья 1")
    given = ("--status", "in_force", "--checked-on", "20.11.2026", "-f", "json")

    assert sedctl("law", "set", "59-fz", *given).data["shown_status"] == "in_force"
    assert sedctl("law", "export", str(table)).status == 0
    assert sedctl("law", "export", str(table)).status == 5
    assert "59-fz" in table.read_text()
    assert sedctl("law", "import", str(table)).status == 0
    assert sedctl("law", "load", "59-fz", str(text), "--edition", "2026").status == 0
    assert sedctl("law", "text", "59-fz", "-o", str(tmp_path / "copy.txt")).status == 0
    assert (tmp_path / "copy.txt").read_text() == "Статья 1"
    assert sedctl("law", "forget", "59-fz", "--yes").status == 0


def test_words_that_were_guessed_are_told(sedctl: Run) -> None:
    found = sedctl("law", "search", "персанальные", "даные")

    assert (found.status, "152-fz" in found.out) == (0, True)
    assert "персональные данные" in found.err
    assert sedctl("law", "show", "60-ФЗ").status == 4
