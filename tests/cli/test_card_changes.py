"""What a card takes, refuses, and leaves alone when it is changed from the command line."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

    Sedctl = Callable[..., Outcome]

LETTER = ("document", "register", "incoming", "--subject", "О сведениях", "--from", "Минздрав")
CARD = "01-23/1"


def registered(sedctl: Sedctl, number: str, *more: str) -> Outcome:
    return sedctl(*LETTER, "--their-number", number, *more, "--format", "json")


def test_an_edit_that_changes_nothing_leaves_no_trace(sedctl: Sedctl) -> None:
    registered(sedctl, "1")

    same = sedctl("document", "edit", CARD, "subject=О сведениях", "--format", "json").data
    history = sedctl("document", "history", CARD, "--format", "json").data["rows"]

    assert (same["version"], len(history)) == (1, 1)


def test_a_letter_cannot_lose_its_correspondent(sedctl: Sedctl) -> None:
    registered(sedctl, "1")

    refused = sedctl("document", "edit", CARD, "correspondent=", "--format", "json")

    assert (refused.status, refused.error["field"]) == (3, "correspondent")


def test_a_script_takes_a_link_away_with_yes(sedctl: Sedctl) -> None:
    registered(sedctl, "1")
    registered(sedctl, "2")
    link = ("document", "link", CARD, "replaces", "01-23/2", "--format", "json")
    sedctl(*link)

    asked = sedctl(*link, "--remove").error
    removed = sedctl(*link, "--remove", "--yes").data

    assert asked["message"].startswith("Take the link away: this cannot be undone")
    assert removed["rows"] == []


def test_chosen_fields_of_a_card_with_a_file_are_shown_alone(
    sedctl: Sedctl, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("О сведениях", encoding="utf-8")
    registered(sedctl, "1", "--file", str(letter))

    shown = sedctl("document", "show", CARD, "--fields", "number")

    assert (shown.status, shown.out.split()) == (0, ["Number", CARD])


def test_a_file_name_that_is_no_text_is_refused(sedctl: Sedctl, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("О сведениях")

    refused = registered(sedctl, "1", "--file", os.fsdecode(path))

    assert (refused.status, refused.error["code"]) == (3, "bad_file_name")


@pytest.mark.parametrize(
    "edit",
    [
        ("user", "edit", "admin", "--position", "Начальник"),
        ("organization", "edit", "--short-name", "Адм"),
    ],
)
def test_an_edit_of_what_was_not_seen_shows_both_versions(
    sedctl: Sedctl, edit: tuple[str, ...]
) -> None:
    seen = sedctl(*edit, "--format", "json").data["version"]
    refused = sedctl(*edit[:-1], "Иначе", "--version", str(seen - 1), "--format", "json")

    assert refused.status == 5
    assert {str(seen), str(seen - 1)} <= set(re.findall(r"\d+", refused.error["message"]))
