"""Every verb of `sedctl assignment` after issue, through the real entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome, Run
    from tests.conftest import FixedClock


class Desk:
    """An assignment of the administrator to Petrov, and who types what about it."""

    def __init__(self, sedctl: Run, key: str) -> None:
        self.sedctl = sedctl
        self.key = key

    def do(self, who: str, verb: str, *args: str) -> Outcome:
        """Run a verb on the assignment."""
        return self.sedctl("--as", who, "assignment", verb, self.key, *args, "--format", "json")

    def done(self, who: str, verb: str, *args: str) -> Any:
        """Run a verb that is to succeed, and return what it printed."""
        found = self.do(who, verb, *args)
        assert found.status == 0, found.err
        return found.data

    @property
    def card(self) -> Any:
        """Return the card as the administrator sees it."""
        return self.done("admin", "show")


@pytest.fixture
def desk(
    sedctl: Run, settings: Settings, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Return an assignment of 23 November for 1 December, with a helper and a controller."""
    monkeypatch.setattr("sed_tui.gateway.local.SystemClock", lambda: clock)
    monkeypatch.setattr("commands.arguments.SystemClock", lambda: clock)
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("sidorov", "Сидоров Иван Иванович", "executor", "А"),
        ("kuznec", "Кузнецова Мария Олеговна", "executor", "Б"),
        ("kontr", "Контролёрова Ольга Петровна", "controller", "К"),
    )
    issued = sedctl(
        *("assignment", "issue", "--text", "Подготовить ответ", "--executor", "petrov"),
        *("--co-executor", "sidorov", "--controller", "kontr", "--control", "special"),
        *("--observer", "kuznec", "--due", "01.12.2026", "--format", "json"),
    )
    assert issued.status == 0, issued.err
    return Desk(sedctl, issued.data["id"][:8])


def test_the_way_of_an_assignment_with_all_its_stops(desk: Desk, tmp_path: Path) -> None:
    note = tmp_path / "справка.txt"
    note.write_text("Справка")
    desk.done("kontr", "ask", "--text", "Как дела?", "--by", "завтра")
    desk.done("petrov", "answer", "--text", "Половина")
    desk.done("kontr", "return-answer", "--text", "Какая половина?")
    desk.done("petrov", "answer", "--text", "Первая")
    desk.done("admin", "accept-answer")
    desk.done("petrov", "report", "--interim", "--text", "Запрошен район")
    desk.done("sidorov", "contribute", "--text", "Моя часть", "--file", str(note))
    desk.done("petrov", "extend", "--due", "08.12.2026", "--reason", "Ждём район")
    granted = desk.done("admin", "grant")
    desk.done("petrov", "extend", "--due", "15.12.2026", "--reason", "Ждём ещё")
    desk.done("admin", "deny", "--reason", "Довольно")
    desk.done("admin", "amend", "--text", "Ответить", "--observer", "", "--reason", "Короче")
    desk.done("petrov", "report", "--text", "Сделано")
    desk.done("kontr", "return", "--text", "Не то", "--due", "09.12.2026")
    desk.done("petrov", "redirect", "--to", "kuznec", "--reason", "Её вопрос")
    desk.done("kontr", "redirect", "--to", "petrov", "--control")
    desk.done("kuznec", "report", "--text", "Вот")
    released = desk.done("petrov", "release", "--proof", "Исх. № 7")

    card = desk.card
    assert granted["due"] == "2026-12-08"
    assert (released["state"], card["proof"]) == ("executed", "Исх. № 7")
    assert (card["readiness"], card["observers"], card["shifts"]) == ("1/1", [], 2)
    assert [term["due"] for term in card["terms"]] == ["2026-12-01", "2026-12-08", "2026-12-09"]
    assert {row["state"] for row in card["extensions"]} == {"granted", "denied"}
    assert [row["state"] for row in card["status_requests"]] == ["accepted"]
    assert card["results"][0]["name"] == "справка.txt"


def test_a_file_of_a_result_is_written_to_disk(desk: Desk, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Справка")
    desk.done("petrov", "report", "--interim", "--text", "Вложено", "--file", str(note))
    saved = desk.done("kontr", "result", "--output", str(tmp_path / "copy.txt"))

    assert (tmp_path / "copy.txt").read_text() == "Справка"
    assert saved["name"] == "note.txt"


def test_the_table_of_a_card_shows_what_hangs_on_it(desk: Desk) -> None:
    desk.done("petrov", "extend", "--due", "08.12.2026", "--reason", "Ждём район")
    shown = desk.sedctl("assignment", "show", desk.key)

    assert "Requests for a later term" in shown.out
    assert "Ждём район" in shown.out
    assert "waits for a decision" in shown.out


@pytest.mark.parametrize(
    ("who", "words", "status", "code"),
    [
        ("petrov", "report --text ''", 3, "empty_text"),
        ("petrov", "accept", 6, "assignment_state"),
        ("kontr", "release --proof x", 6, "assignment_state"),
        ("petrov", "extend --due 08.12.2026", 3, "reason_needed"),
        ("petrov", "extend --due 30.11.2026 --reason x", 3, "not_later"),
        ("petrov", "extend --due 05.12.2026 --reason x", 3, "not_a_working_day"),
        ("petrov", "extend --due 31.02.2027 --reason x", 3, "bad_date"),
        ("petrov", "extend --due 01.03.2040 --reason x", 6, "calendar_year_unknown"),
        ("admin", "grant", 6, "nothing_asked"),
        ("petrov", "grant", 4, "not_your_part"),
        ("admin", "deny --reason x", 6, "nothing_asked"),
        ("petrov", "redirect --to kontr", 3, "same_person_twice"),
        ("petrov", "redirect --to чужой", 4, "nobody_here"),
        ("admin", "amend --text x", 3, "reason_needed"),
        ("admin", "amend --reason x", 3, "nothing_to_amend"),
        ("admin", "amend --executor kontr --reason x", 3, "same_person_twice"),
        ("admin", "amend --due 20.11.2026 --reason x", 3, "due_in_the_past"),
        ("admin", "amend --due 10 --reason x --version 9", 5, "changed_meanwhile"),
        ("admin", "stop --yes", 3, "reason_needed"),
        ("admin", "stop --reason x", 2, "confirmation_needed"),
        ("kontr", "stop --yes --reason x", 4, "not_your_part"),
        ("petrov", "answer --text x", 6, "nothing_asked"),
        ("kuznec", "contribute --text x", 4, "not_your_part"),
    ],
)
def test_a_bad_step_has_its_status_and_changes_nothing(
    desk: Desk, who: str, words: str, status: int, code: str
) -> None:
    import shlex

    before = desk.card
    verb, *args = shlex.split(words)
    failed = desk.do(who, verb, *args)

    assert (failed.status, failed.out, failed.error["code"]) == (status, "", code)
    assert desk.card == before


def test_a_version_seen_before_is_refused_with_both(desk: Desk) -> None:
    desk.done("petrov", "report", "--interim", "--text", "Новое")
    failed = desk.do("petrov", "report", "--text", "Готово", "--version", "1")

    assert (failed.status, failed.error["code"]) == (5, "changed_meanwhile")
    assert "1" in failed.error["message"]
    assert "2" in failed.error["message"]
    words = ("--text", "Иначе", "--executor", "sidorov", "--reason", "x", "--version", "1")
    failed = desk.do("admin", "amend", *words)
    told = {one["field"]: (one["now"], one["yours"]) for one in failed.error["differences"]}
    assert (failed.status, failed.error["code"]) == (5, "changed_meanwhile")
    assert told["text"][1] == "Иначе"
    assert set(told) == {"text", "executor"}


def test_a_dry_run_of_a_step_changes_nothing(desk: Desk) -> None:
    before = desk.card
    dry = desk.done("petrov", "report", "--text", "Готово", "--dry-run")

    assert (dry["dry_run"], dry["state"]) == (True, "acceptance")
    assert desk.card == before


def test_a_parent_is_closed_only_when_it_is_decided_about_its_children(desk: Desk) -> None:
    child = desk.sedctl(
        *("--as", "petrov", "assignment", "issue", "--text", "Часть", "--executor", "sidorov"),
        *("--parent", desk.key, "--due", "08.12.2026", "--format", "json"),
    )
    undecided = desk.do("petrov", "report", "--text", "Готово")
    moved = desk.done("petrov", "report", "--text", "Готово", "--children", "stop")
    tree = desk.done("admin", "tree")
    shown = desk.sedctl("assignment", "tree", desk.key)

    assert "01.12.2026" in child.data["warnings"][0]
    assert (undecided.status, undecided.error["code"]) == (6, "children_alive")
    assert moved["stopped_children"] == 1
    assert [(row["depth"], row["state"]) for row in tree["rows"]] == [
        (0, "acceptance"),
        (1, "stopped"),
    ]
    assert f"\n· {child.data['id'][:8]}" in shown.out


def test_stopping_says_why(desk: Desk) -> None:
    moved = desk.done("admin", "stop", "--reason", "Отозвано", "--yes")

    assert moved["state"] == "stopped"
    assert desk.card["history"][-1]["text"] == "Отозвано"
    assert desk.do("petrov", "report", "--text", "Поздно").status == 6


def test_a_leaver_is_listed_handed_over_and_dismissed(desk: Desk, settings: Settings) -> None:
    sedctl = desk.sedctl
    refused = sedctl("user", "disable", "petrov", "--yes", "--format", "json")
    listed = sedctl("assignment", "handover", "petrov", "--format", "json")
    asked = sedctl("assignment", "handover", "petrov", "--to", "kuznec", "--format", "json")
    given = sedctl(
        *("assignment", "handover", "petrov", "--to", "kuznec", "--yes", "--format", "json"),
        *("--reason", "Увольнение", "--part", "executor", "--assignment", desk.key),
    )
    done = sedctl("user", "disable", "petrov", "--yes", "--format", "json")

    assert (refused.status, refused.error["code"]) == (6, "open_items")
    assert [row["part"] for row in listed.data["rows"]] == ["executor"]
    assert asked.status == 2
    assert given.data["rows"][0]["successor"] == "Кузнецова Мария Олеговна"
    assert done.status == 0
    assert desk.card["executor_login"] == "kuznec"


def test_the_rules_of_the_organization_are_shown_and_changed(desk: Desk) -> None:
    sedctl = desk.sedctl
    words = ("assignment", "policy", "--format", "json")
    before = sedctl(*words).data
    changed = sedctl(*words, "--term-needed", "--child-term", "forbid").data
    foreign = sedctl("--as", "petrov", *words, "--no-term")
    free = sedctl(
        *("assignment", "issue", "--text", "x", "--executor", "petrov", "--due", "без срока"),
        *("--format", "json"),
    )

    assert (before["child_term"], before["allows_no_term"]) == ("warn", True)
    assert (changed["child_term"], changed["allows_no_term"]) == ("forbid", False)
    assert changed["late_extension"] == "flag"
    assert foreign.status == 4
    assert (free.status, free.error["code"]) == (3, "term_needed")


def test_a_proof_is_a_document_or_words(desk: Desk, settings: Settings) -> None:
    number = add_letter(settings, "01-24/9")
    desk.done("petrov", "report", "--text", "Сделано")
    blocked = desk.do("kontr", "accept")
    accepted = desk.done("kontr", "accept", "--proof", number)

    assert (blocked.status, blocked.error["code"]) == (6, "proof_needed")
    assert "release" in blocked.error["hint"]
    assert accepted["state"] == "executed"
    assert desk.card["results"][0]["document_number"] == number
