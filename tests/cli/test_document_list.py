"""`sedctl document list` and `search`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

PROMISED = {
    *("id", "number", "registered_on", "flow", "kind", "correspondent", "their_number"),
    *("their_date", "subject", "registration", "execution"),
}
LETTERS = (
    ("О ремонте трёх школ", "Минздрав России", "17/1"),
    ("О закупке угля", "ООО «Ромашка»", "17/2"),
    ("О ремонте дорог", "Росавтодор", "17/3"),
)


@pytest.fixture
def letters(sedctl: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Register three letters and return the command line."""
    for subject, sender, number in LETTERS:
        options = ("--subject", subject, "--from", sender, "--their-number", number)
        dates = ("--their-date", "2026-11-02", "--received", "03.11.2026")
        registered = ("--registered-on", "2026-11-03")
        outcome = sedctl("document", "register", "incoming", *options, *dates, *registered)
        assert outcome.status == 0, outcome.err
    return sedctl


def theirs(outcome: Outcome) -> list[str]:
    assert outcome.status == 0, outcome.err
    return [row["their_number"] for row in outcome.data["rows"]]


def test_rows_have_the_promised_fields(letters: Callable[..., Outcome]) -> None:
    outcome = letters("document", "list", "--format", "json")

    assert theirs(outcome) == ["17/3", "17/2", "17/1"]
    assert outcome.data["next"] is None
    assert outcome.data["rows"][0].keys() >= PROMISED


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("ремонта",), ["17/3", "17/1"]),
        (("ремонт", "школа"), ["17/1"]),
        (("from:Минздрав России",), ["17/1"]),
        (('from:"Минздрав" ремонт',), ["17/1"]),
        (("--from", "ромашка"), ["17/2"]),
        (("ремонт", "--from", 'рос"авто'), ["17/3"]),
        (("--flow", "входящие", "--since", "2026-11", "--until", "03.11.2026", "школ"), ["17/1"]),
        (("--number", "17/2"), ["17/2"]),
        (("--overdue",), []),
        (("--has-file",), []),
        (("--registrar", "me", "уголь*"), []),
        (("--", "-ремонт"), ["17/2"]),
    ],
)
def test_words_and_options_are_one_query(
    letters: Callable[..., Outcome], asked: tuple[str, ...], expected: list[str]
) -> None:
    assert theirs(letters("document", "list", "--format", "json", *asked)) == expected


def test_search_takes_the_language_of_the_prompt(letters: Callable[..., Outcome]) -> None:
    query = 'поток:входящие с:11.2026 "ремонте трех"'

    assert theirs(letters("doc", "search", query, "--format", "json")) == ["17/1"]


def test_a_list_that_was_cut_says_so(letters: Callable[..., Outcome]) -> None:
    first = letters("document", "list", "--limit", "2", "--format", "json")
    rest = letters("document", "list", "--after", first.data["next"], "--format", "json")
    table = letters("document", "list", "--limit", "2", "--fields", "their_number")

    assert theirs(first) + theirs(rest) == ["17/3", "17/2", "17/1"]
    assert f"--after {first.data['next']}" in table.err
    assert "17/1" not in table.out


def test_only_the_count_is_said(letters: Callable[..., Outcome]) -> None:
    counted = letters("document", "list", "ремонт", "--count", "--format", "json")

    assert counted.data["total"] == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("flow:sideways",), "bad_query"),
        (("--since", "31.02.2026"), "bad_query"),
        (("--since", "02/03/2026"), "bad_query"),
        (("цвет:красный",), "bad_query"),
        (("--after", "garbage"), "bad_cursor"),
        (("при\x1b[31mказ",), "forbidden_characters"),
    ],
)
def test_a_query_that_is_not_clear_is_invalid(
    letters: Callable[..., Outcome], asked: tuple[str, ...], code: str
) -> None:
    outcome = letters("document", "list", "--format", "json", *asked)

    assert (outcome.status, outcome.error["code"], outcome.out) == (3, code, "")


def test_a_search_for_nothing_is_a_wrong_use(letters: Callable[..., Outcome]) -> None:
    assert letters("document", "search").status == 2


def test_a_list_imports_nothing_of_other_nouns(office: Path) -> None:
    script = (
        "import sys; from commands.root import run; "
        f"run(['--database', {str(office)!r}, '--as', 'admin', 'document', 'list']); "
        "print(*sys.modules, sep=chr(10))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())

    assert "sed_tui.handlers.document_list" in loaded
    assert not loaded & {
        *("textual", "holidays", "alembic", "pypdf", "python_calamine", "Stemmer", "httpx"),
        *("sed_tui.storage.tables.assignment", "sed_tui.storage.extraction", "multiprocessing"),
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("-дорог",), ["17/2", "17/1"]),
        (("ремонт", "-школ"), ["17/3"]),
        (("-from:Минздрав",), ["17/3", "17/2"]),
        (("-from:Минздрав", "-n1"), ["17/3"]),
        (("-n", "1", "-угля"), ["17/3"]),
        (("-угля", "--flow", "incoming"), ["17/3", "17/1"]),
    ],
)
@pytest.mark.parametrize("verb", ["list", "search"])
def test_a_word_with_a_minus_is_left_out_without_further_signs(
    letters: Callable[..., Outcome], verb: str, words: tuple[str, ...], expected: list[str]
) -> None:
    if verb == "search" and "--flow" in words:
        words = tuple("flow:incoming" if word == "--flow" else word for word in words[:-1])
    found = letters("document", verb, *words, "-fjson")

    assert found.status == 0, found.err
    assert [row["their_number"] for row in found.data["rows"]] == expected
