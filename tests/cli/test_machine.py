"""What programs use: call, batch, spec and config."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sed_tui.domain.access import MATRIX
from sed_tui.operations.registry import operations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Outcome

CORRESPONDENT = '{"name": "Минздрав", "kind": "organization"}'


def test_any_operation_can_be_called(sedctl: Callable[..., Outcome]) -> None:
    added = sedctl("call", "correspondent.add", "-", stdin=CORRESPONDENT.encode())
    listed = sedctl("call", "correspondent.list", '{"limit": 5}')

    assert added.status == 0, added.err
    assert [row["name"] for row in listed.data["rows"]] == ["Минздрав"]


def test_a_dry_call_changes_nothing_and_says_so(sedctl: Callable[..., Outcome]) -> None:
    dry = sedctl("call", "correspondent.add", CORRESPONDENT, "--dry-run")

    assert dry.data["dry_run"] is True
    assert sedctl("call", "correspondent.list").data["rows"] == []


def test_the_same_key_changes_nothing_again(sedctl: Callable[..., Outcome]) -> None:
    calls = [
        sedctl("call", "correspondent.add", CORRESPONDENT, "--idempotency-key", "k1")
        for _time in range(2)
    ]

    assert calls[0].data == calls[1].data
    assert len(sedctl("call", "correspondent.list").data["rows"]) == 1


def test_the_rows_of_a_call_can_be_a_table(sedctl: Callable[..., Outcome]) -> None:
    answer = sedctl("call", "organization.list", "--format", "csv")

    assert answer.out.startswith("id,code,name")


def test_a_wrong_call_says_what_is_wrong(sedctl: Callable[..., Outcome]) -> None:
    unknown = sedctl("call", "organisation.list")
    broken = sedctl("call", "organization.list", "[1]")
    field = sedctl("call", "correspondent.list", '{"limit": "x", "colour": 1}')

    assert (unknown.status, unknown.error["code"]) == (2, "no_such_operation")
    assert "organization.list" in unknown.error["hint"]
    assert (broken.status, broken.error["code"]) == (3, "not_json")
    assert (field.status, field.error["field"]) == (3, "limit")
    assert field.error["message"] == "limit: a whole number is expected."
    assert field.error["hint"] == "Also wrong: colour."


def test_a_destroying_call_wants_yes_without_a_terminal(sedctl: Callable[..., Outcome]) -> None:
    answer = sedctl("call", "document.cancel", '{"document": "1"}')
    agreed = sedctl("call", "document.cancel", '{"document": "1"}', "--yes", "--reason", "r")

    assert (answer.status, answer.error["code"]) == (2, "confirmation_needed")
    assert agreed.status == 4


def test_a_batch_answers_every_line(sedctl: Callable[..., Outcome]) -> None:
    lines = [
        {"operation": "correspondent.add", "request": json.loads(CORRESPONDENT)},
        {"operation": "correspondent.add", "request": {}},
        {"operation": "nothing.at_all"},
        {"operation": "organization.list", "requests": {}},
        {"operation": "correspondent.list"},
    ]
    text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\nnot json"
    answer = sedctl("batch", stdin=b"\xef\xbb\xbf" + text.encode())
    answers = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.status == 9
    assert [a["ok"] for a in answers] == [True, False, False, False, True, False]
    assert [a["line"] for a in answers] == [1, 3, 5, 7, 9, 10]
    assert [a["error"]["code"] for a in answers if not a["ok"]] == [
        "bad_request",
        "no_such_operation",
        "bad_request",
        "not_json",
    ]
    assert [row["name"] for row in answers[4]["result"]["rows"]] == ["Минздрав"]


def test_a_batch_can_stop_at_the_first_refusal(sedctl: Callable[..., Outcome]) -> None:
    answer = sedctl("batch", "--stop-on-error", stdin=b'x\n{"operation": "organization.list"}\n')

    assert answer.status == 9
    assert len(answer.out.splitlines()) == 1


def test_a_batch_with_one_key_can_be_sent_again(sedctl: Callable[..., Outcome]) -> None:
    line = json.dumps({"operation": "correspondent.add", "request": json.loads(CORRESPONDENT)})
    first, second = (
        sedctl("batch", "--idempotency-key", "load-7", stdin=line.encode()) for _time in range(2)
    )

    assert first.out == second.out
    assert first.status == second.status == 0


def test_the_specification_holds_every_operation(anywhere: Callable[..., Outcome]) -> None:
    spec = anywhere("spec").data

    assert {one["name"] for one in spec["operations"]} == set(operations())
    for one in spec["operations"]:
        assert one["roles"] == sorted(MATRIX[one["name"]])
        assert one["request"]["type"] == one["result"]["type"] == "object"
        assert one["effect"] in {"read", "write", "destroy"}
    codes = {one["code"]: one["exit_status"] for one in spec["errors"]}
    assert codes["number_taken"] == 5
    assert codes["no_database"] == 6


def test_one_operation_can_be_specified(anywhere: Callable[..., Outcome]) -> None:
    answer = anywhere("spec", "document.register")

    assert "their_number" in answer.data["request"]["properties"]
    assert anywhere("spec", "--format", "table").out.startswith("Name")


def test_config_tells_where_each_setting_comes_from(
    anywhere: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text(
        '[profile.work]\ndatabase = "postgresql://sed:secret@db/sed"\nlogin = "anna"\n'
    )
    monkeypatch.setenv("SED_ORG", "02")
    answer = anywhere("--profile", "work", "config", "--format", "json")
    rows = {row["setting"]: (row["value"], row["source"]) for row in answer.data["rows"]}
    stored = anywhere("config", "path").out.strip()

    assert rows["profile"] == ("work", "--profile")
    assert rows["organization"] == ("02", "SED_ORG")
    assert rows["login"] == ("anna", stored)
    assert rows["database"] == ("postgresql+psycopg://sed:***@db/sed", stored)
    assert rows["home"][1] == "SED_HOME"
    assert "secret" not in answer.out


def test_an_unknown_profile_is_named(anywhere: Callable[..., Outcome]) -> None:
    answer = anywhere("--profile", "nope", "config")

    assert answer.status == 4
    assert "no profile “nope”" in answer.err
