"""`sedctl document`: the shapes scripts rely on, and a status for every bad input."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.clock import office_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Sedctl = Callable[..., Outcome]

TODAY = office_day(datetime.now(UTC))
TOMORROW = TODAY + timedelta(days=1)
LETTER = (
    *("document", "register", "incoming", "--subject", "О сведениях", "--from", "Минздрав"),
    *("--their-number", "145/и", "--their-date", "12.01.2026"),
)
ORDER = (
    *("document", "register", "order", "--subject", "О графике"),
    *("--signatory", "Петров В.С.", "--signed-on", "12.01.2026"),
)


@pytest.mark.remote_too
def test_register_answers_with_the_agreed_shape(sedctl: Sedctl) -> None:
    outcome = sedctl(*LETTER, "--received", "13.01.2026", "--format", "json")

    assert outcome.status == 0
    assert {key: value for key, value in outcome.data.items() if key != "id"} == {
        "number": "01-23/1",
        "registered_on": TODAY.isoformat(),
        "flow": "incoming",
        "journal": "01-23",
        "subject": "О сведениях",
        "warnings": [],
        "stamp": f"№ 01-23/1 · {TODAY:%d.%m.%Y}",
    }


def test_a_dry_run_says_so_and_changes_nothing(sedctl: Sedctl) -> None:
    dry = sedctl(*LETTER, "--dry-run", "--format", "json").data

    assert (dry["number"], dry["dry_run"]) == ("01-23/1", True)
    assert sedctl("document", "list", "--format", "json").data == {"rows": [], "next": None}


@pytest.mark.parametrize(
    ("args", "status", "field"),
    [
        (("--their-date", f"{TOMORROW:%d.%m.%Y}"), 3, "their_date"),
        (("--received", "11.01.2026"), 3, "their_date"),
        (("--received", f"{TOMORROW:%d.%m.%Y}"), 3, "received_on"),
        (("--their-date", "31.02.2026"), 3, "their_date"),
        (("--their-date", "12.01.0226"), 3, "their_date"),
        (("--their-date", "01/12/2026"), 3, "their_date"),
        (("--subject", "   "), 3, "subject"),
        (("--subject", "x" * 10_000), 3, "subject"),
        (("--subject", "а\x1b[2Jб"), 3, "subject"),
        (("--subject", "а\u202eб"), 3, "subject"),
        (("--their-number", "  "), 3, "their_number"),
        (("--journal", "77"), 4, "journal"),
        (("--journal", "05-11"), 3, "journal"),
        (("--kind", "летопись"), 4, "kind"),
        (("--kind", "реклама"), 6, "kind"),
        (("--number", "145"), 3, "number"),
        (("--number", "01-23/0145"), 3, "number"),
        (("--number", "01-23/7", "--suffix", "a", "--reason", "x"), 3, "suffix"),
        (("--number", "01-23/7", "--suffix", "а"), 3, "reason"),
        (("--sheets", "семь"), 3, "sheets"),
        (("--in-reply-to", "05-11/9"), 4, "in_reply_to"),
        (("--force", "--as-duplicate"), 2, None),
        (("--copies", "-1"), 2, None),
    ],
)
def test_bad_input_has_its_status_and_field_and_changes_nothing(
    sedctl: Sedctl, args: tuple[str, ...], status: int, field: str | None
) -> None:
    outcome = sedctl(*LETTER, *args, "--format", "json")

    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.error["message"]
    if field is not None:
        assert outcome.error["field"] == field
    assert sedctl(*LETTER, "--format", "json").data["number"] == "01-23/1"


@pytest.mark.remote_too
def test_the_same_letter_is_a_conflict_with_a_way_out(sedctl: Sedctl) -> None:
    sedctl(*LETTER)

    again = sedctl(*LETTER, "--format", "json")
    forced = sedctl(*LETTER, "--force", "--reason", "второй экземпляр", "--format", "json")
    beside = sedctl(*LETTER, "--as-duplicate", "--format", "json")

    assert (again.status, again.error["code"]) == (5, "already_registered")
    assert "01-23/1" in again.error["message"]
    assert forced.data["number"] == "01-23/2"
    assert beside.data["number"] == "01-23/1-а"


def test_orders_are_registered_after_signing(sedctl: Sedctl) -> None:
    unsigned = sedctl("document", "register", "order", "--subject", "О графике", "--format", "json")

    assert (unsigned.status, unsigned.error["field"]) == (6, "signatory")
    assert sedctl(*ORDER, "--format", "json").data["number"] == "1-р"


def test_a_number_goes_through_its_life(sedctl: Sedctl) -> None:
    sedctl(*ORDER)
    sedctl("document", "reserve", "р", "--count", "2")
    sedctl(*ORDER, "--number", "3-р")
    unsure = sedctl("document", "cancel", "1-р", "--reason", "дважды")
    sedctl("document", "cancel", "1-р", "--reason", "дважды", "--yes")
    sedctl("document", "reregister", "3-р", "--number", "5-р", "--reason", "опись", "--yes")

    gaps = sedctl("journal", "gaps", "р", "--format", "json").data["rows"]

    assert unsure.status == 2
    assert [(row["number"] or row["ordinal"], row["problem"]) for row in gaps] == [
        ("1-р", "cancelled"),
        ("2-р", "reserved"),
        ("3-р", "renumbered"),
        (4, "skipped"),
    ]


def test_a_card_is_shown_edited_and_remembers(sedctl: Sedctl) -> None:
    sedctl(*LETTER)
    edited = sedctl(
        "document", "edit", "01-23/1", "subject=О другом", "sheets=3", "--format", "json"
    )
    refused = sedctl("document", "edit", "01-23/1", "number=7", "--format", "json")
    history = sedctl("document", "history", "01-23/1", "--format", "json").data["rows"]
    told = sedctl("--lang", "ru", "document", "history", "01-23/1").out

    assert "изменён" in told
    assert "О другом" in told
    assert not {"edit", "register", "{", "null"} & set(told.replace("[", " [ ").split())
    assert (edited.data["subject"], edited.data["sheets"]) == ("О другом", 3)
    assert (refused.status, refused.error["field"]) == (6, "number")
    assert [row["event"] for row in history] == ["edit", "register"]


def test_links_are_seen_from_both_sides(sedctl: Sedctl) -> None:
    sedctl(*LETTER)
    sedctl(*ORDER)
    sedctl("document", "link", "1-р", "executes", "01-23/1")

    links = sedctl("document", "links", "01-23/1", "--format", "json").data["rows"]

    assert [(row["kind"], row["number"]) for row in links] == [("executed_by", "1-р")]


def test_official_use_is_a_card_without_a_file(sedctl: Sedctl) -> None:
    outcome = sedctl(*LETTER, "--official-use", "--file", "README.md", "--format", "json")

    assert (outcome.status, outcome.error["code"]) == (6, "official_use_file")
    assert sedctl(*LETTER, "--official-use", "--format", "json").status == 0


@pytest.mark.remote_too
def test_official_use_is_masked_without_clearance(sedctl: Sedctl) -> None:
    sedctl("user", "add", "kim", "--name", "Ким О.Л.", "--role", "registrar")
    sedctl(*LETTER, "--official-use")

    row = sedctl("--as", "kim", "document", "list", "--format", "json").data["rows"][0]
    card = sedctl("--as", "kim", "document", "show", "01-23/1", "--format", "json").data
    found = sedctl("--as", "kim", "document", "search", "сведениях", "--format", "json").data

    history = sedctl("--as", "kim", "document", "history", "01-23/1", "--format", "json")

    assert "сведениях" not in history.out
    assert "сведениях" not in row["subject"]
    assert "сведениях" not in card["subject"]
    assert found["rows"] == []
    own = sedctl("document", "list", "--format", "json").data["rows"][0]
    assert own["subject"] == "О сведениях"


def test_the_preview_of_a_formula_needs_no_journal(sedctl: Sedctl) -> None:
    rows = sedctl(
        *("journal", "preview", "--formula", "{ordinal:3}-п/{year2}", "--count", "2"),
        *("--format", "json"),
    ).data["rows"]

    year = TODAY.year % 100
    assert [row["number"] for row in rows] == [f"001-п/{year}", f"001-п/{year + 1}"]


@pytest.mark.parametrize(
    "formula",
    [
        "{ordinal}{ordinal}",
        "{journal}",
        "{ordinal} /{year}",
        "{ordinal}-{planet}",
        "{unit}-{ordinal}",
    ],
)
def test_a_wrong_formula_is_refused_when_it_is_set(sedctl: Sedctl, formula: str) -> None:
    outcome = sedctl(
        *("journal", "add", "Н", "--name", "Н", "--flow", "order", "--formula", formula),
        *("--format", "json"),
    )

    assert (outcome.status, outcome.error["field"]) == (3, "formula")
    assert "Н" not in {
        row["code"] for row in sedctl("journal", "list", "--format", "json").data["rows"]
    }


def test_what_is_given_and_taken_is_told_as_of_other_verbs(sedctl: Sedctl) -> None:
    sedctl(*LETTER)
    sedctl("user", "add", "reader", "--name", "Чтецов Ч.Ч.", "--role", "executor")
    over = ("01-23/1", "reader", "--until", "31.12.2020", "--reason", "Сверка")
    right = ("document", "grant", "01-23/1", "reader", "--until", f"{TOMORROW:%d.%m.%Y}")

    refused = sedctl("document", "grant", *over)
    given = sedctl(*right, "--reason", "Сверка")
    listed = sedctl("document", "access", "01-23/1", "--format", "json").data["rows"]
    taken = sedctl("document", "revoke", "01-23/1", "reader", "--format", "json")

    assert (refused.status, refused.err.splitlines()[0]) == (
        3,
        "sedctl: --until: 2020-12-31 is over already.",
    )
    assert ("Чтецов Ч.Ч." in given.out, "Сверка" in given.out) == (True, True)
    assert [row["login"] for row in listed] == ["reader"]
    assert (taken.data["login"], taken.data["is_active"]) == ("reader", False)


@pytest.mark.local_only("the client of a server has a session of its own")
def test_of_no_sessions_none_is_ended(sedctl: Sedctl) -> None:
    assert "Sessions ended: 0" in sedctl("user", "sessions", "revoke", "--yes").err


def test_no_bytes_at_all_is_a_limit_that_is_told(sedctl: Sedctl) -> None:
    code = sedctl("organization", "show", "--format", "json").data["code"]
    lines = sedctl("organization", "quota", code, "0").out.splitlines()

    assert [line.split()[-1] for line in lines] == [code, "0", "0"]
