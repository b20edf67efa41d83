"""`sedctl approval` as people type it: what is shown first, and hints that can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ROUTE = """code = "memos"
title = "Служебные записки"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["kim", "fomin"]
term = "2 рд"
[[stage]]
name = "Подпись"
kind = "signing"
term = "1 рд"
[[stage]]
name = "Регистрация"
kind = "registration"
"""
MEMO = (
    *("document", "draft", "internal", "--subject", "О закупке", "--addressee", "Ким О.Л."),
    *("--signatory", "petrov", "--text", "Текст", "--fields", "short_id", "-f", "tsv"),
)


@pytest.fixture
def memo(sedctl: Run, tmp_path: Path) -> str:
    """Return the id of a memo, in an office that approves memos by a route."""
    people = {"kim": "Ким Ольга Романовна", "fomin": "Фомин Илья Денисович"}
    for login, name in (*people.items(), ("petrov", "Петров Виктор Сергеевич")):
        role = "head" if login == "petrov" else "executor"
        assert sedctl("user", "add", login, "--name", name, "--role", role).status == 0
    route = tmp_path / "memos.toml"
    route.write_text(ROUTE)
    assert sedctl("approval", "route", "import", str(route)).status == 0
    return sedctl(*MEMO).out.split()[1]


def test_a_start_shows_every_stage_and_a_dry_run_is_told_once(sedctl: Run, memo: str) -> None:
    tried = sedctl("approval", "start", memo, "--dry-run")
    for told in ("Визы", "Подпись", "Регистрация", "Петров Виктор Сергеевич"):
        assert told in tried.out
    assert tried.err.count(_("Nothing was changed")[:10]) == 1
    assert sedctl("approval", "start", memo).out == tried.out
    assert "planned" in sedctl("approval", "show", memo, "-f", "json").data


def test_a_rejection_without_a_text_names_the_option_that_there_is(sedctl: Run, memo: str) -> None:
    sedctl("approval", "start", memo)
    remarked = ("approval", "remark", memo, "--version", "1", "--remark", "п. 1: мало")
    assert sedctl("--as", "kim", *remarked).status == 0
    refused = sedctl("approval", "answer", memo, "1", "--rejected")
    assert (refused.status, "--text" in refused.err) == (3, True)


def test_a_sheet_kept_as_json_says_where(sedctl: Run, memo: str, tmp_path: Path) -> None:
    sedctl("approval", "start", memo)
    kept = sedctl("approval", "sheet", memo, "-o", str(tmp_path / "sheet.json"))
    assert (kept.out, str(tmp_path) in kept.err) == ("", True)


def test_a_file_that_is_no_signature_asks_for_one(sedctl: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Письмо")
    refused = sedctl("verify", str(letter))
    assert (refused.status, "--signature" in refused.err) == (3, True)
