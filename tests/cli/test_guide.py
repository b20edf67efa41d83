"""`sedctl guide` without a database: list, show, search, print, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome


def test_guides_are_listed_shown_and_searched(anywhere: Callable[..., Outcome]) -> None:
    listed = anywhere("guide", "list", "-f", "json").data["rows"]
    shown = anywhere("--lang", "ru", "guide", "show", "reports")
    found = anywhere("--lang", "ru", "guide", "search", "отчётов", "по", "почте", "-f", "json")
    guessed = anywhere("--lang", "ru", "guide", "search", "резалюция")

    assert "register" in {row["topic"] for row in listed}
    assert shown.out.startswith("# Отчёты\n")
    assert found.data["rows"][0]["topic"] == "reports"
    assert (guessed.status, "«резолюция»" in guessed.err) == (0, True)


def test_what_is_not_there_is_refused_with_what_is_like_it(
    anywhere: Callable[..., Outcome],
) -> None:
    unknown = anywhere("guide", "show", "reprots")
    nothing = anywhere("guide", "search", "квазистационарный")

    assert (unknown.status, nothing.status) == (4, 4)
    assert "reports" in unknown.err


def test_guides_print_to_a_file(anywhere: Callable[..., Outcome], tmp_path: Path) -> None:
    page, text = tmp_path / "guides.html", tmp_path / "one.txt"

    assert anywhere("guide", "print", "-o", str(page)).status == 0
    assert anywhere("guide", "print", "reports", "-o", str(text)).status == 0
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert text.read_text().startswith("# Reports")


def test_a_folder_of_ones_own_is_added_listed_and_removed(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "leave.md").write_text("# Leave\n\nAsk two weeks before.\n")

    added = anywhere("guide", "folder", "add", str(folder), "-f", "json").data
    listed = anywhere("guide", "folder", "list", "-f", "json").data["rows"]
    found = anywhere("guide", "search", "two", "weeks", "-f", "json").data["rows"]

    assert (added["guides"], len(listed), found[0]["topic"]) == (1, 1, "leave")
    assert anywhere("guide", "folder", "remove", str(folder)).status == 0
    assert anywhere("guide", "folder", "remove", str(folder)).status == 4
