"""What happens on a terminal only: questions, fitted tables, keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.conftest import program
from tests.cli.terminal import on_terminal

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = [
    ("The name of your organization: ", "Администрация города\n"),
    ("Your login", "petrova\n"),
    ("Your full name [petrova]: ", "Петрова Анна\n"),
]


def test_the_first_run_asks_three_questions_and_goes_on(tmp_path: Path) -> None:
    database = str(tmp_path / "new.db")
    status, screen = on_terminal(
        "--database", database, "organization", "list", answers=list(QUESTIONS)
    )

    assert status == 0
    assert f"There is no database at {database} yet." in screen
    assert "Администрация города" in screen.partition("Made: organization 01")[2]


def test_an_empty_answer_is_asked_again_and_the_login_is_known(tmp_path: Path, ready: str) -> None:
    database = str(tmp_path / "new.db")
    answers = [(*QUESTIONS[0][:1], "\n"), QUESTIONS[0], ("Your login [", "\n"), ("full", "\n")]
    status, screen = on_terminal(
        "--database", database, "journal", "list", answers=answers, at=ready
    )

    assert status == 0
    assert screen.count("The name of your organization: ") == 2


def test_leaving_the_questions_makes_nothing(tmp_path: Path, ready: str) -> None:
    database = tmp_path / "new.db"
    status, screen = on_terminal(
        "--database",
        str(database),
        "organization",
        "list",
        answers=[("The name of your organization: ", "\x04")],
        at=ready,
    )

    assert status == 130
    assert "Interrupted." in screen
    assert not database.exists()


def test_the_interface_asks_as_well(tmp_path: Path, ready: str) -> None:
    database = tmp_path / "new.db"
    status, _screen = on_terminal(
        "--database",
        str(database),
        "tui",
        answers=[("The name of your organization: ", "\x04")],
        at=ready,
    )

    assert status == 130
    assert not database.exists()


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    answer = program("--database", str(tmp_path / "no.db"), "organization", "list")

    assert answer.returncode == 6
    assert "sedctl init" in answer.stderr
    assert answer.stdout == ""


def test_a_table_fits_the_terminal_and_a_pipe_gets_it_whole(office: Path, ready: str) -> None:
    name = "Департамент " + "очень " * 40 + "длинного имени"
    here = ("--database", str(office), "--as", "admin")
    added = program(*here, "correspondent", "add", name, at=ready)
    assert added.returncode == 0, added.stderr
    _status, screen = on_terminal(*here, "correspondent", "list", columns=72, at=ready)
    piped = program(*here, "correspondent", "list", at=ready)

    assert max(map(len, screen.splitlines())) <= 72
    assert "…" in screen
    assert name in piped.stdout


def test_a_destroying_command_asks_and_no_is_no(office: Path, ready: str) -> None:
    here = ("--database", str(office), "--as", "admin")
    letter = ("--subject", "О ремонте", "--from", "Минздрав", "--their-number", "б/н")
    registered = program(*here, "document", "register", "incoming", *letter, "-f", "json", at=ready)
    assert registered.returncode == 0, registered.stderr
    document = json.loads(registered.stdout)["id"]
    refused, screen = on_terminal(
        *here,
        "document",
        "cancel",
        document,
        "--reason",
        "ошибка",
        answers=[("[y/N]", "\n")],
        at=ready,
    )
    agreed, _screen = on_terminal(
        *here,
        "document",
        "cancel",
        document,
        "--reason",
        "ошибка",
        answers=[("[y/N]", "да\n")],
        at=ready,
    )

    assert (refused, agreed) == (130, 0)
    assert "Nothing was changed." in screen


def test_keys_shows_what_either_layout_sends(ready: str) -> None:
    status, screen = on_terminal(
        "keys",
        answers=[("Press keys", "о"), ("CYRILLIC SMALL LETTER O", "\x1b[A"), ("Esc", "\x04")],
        at=ready,
    )

    assert status == 0
    assert "d0 be                    о    CYRILLIC SMALL LETTER O" in screen
    assert "1b 5b 41                      Esc [ A" in screen
