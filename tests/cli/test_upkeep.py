"""Directory, people, audit and the database itself from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Outcome, Run


def test_a_correspondent_is_added_found_and_merged(sedctl: Run) -> None:
    added = sedctl("correspondent", "add", "Минздрав", "--inn", "7707083893", "-f", "json").data
    sedctl("correspondent", "add", "Минздравсоцразвития")

    found = sedctl("correspondent", "list", "vbyplh", "-f", "json").data
    merged = sedctl(
        *("correspondent", "merge", "Минздравсоцразвития", "Минздрав", "--yes", "-f", "json")
    ).data
    shown = sedctl("correspondent", "show", "минздравсоцразвития", "-f", "json").data

    assert [row["name"] for row in found["rows"]] == ["Минздрав", "Минздравсоцразвития"]
    assert merged["target"] == added["id"] == shown["id"]
    assert [one["name"] for one in shown["predecessors"]] == ["Минздравсоцразвития"]


def test_work_on_a_whole_database_is_done_once_under_a_key(tmp_path: Path, anywhere: Run) -> None:
    place, copy = str(tmp_path / "sed.db"), str(tmp_path / "copy")

    def call(*args: str, key: str) -> Outcome:
        return anywhere("--database", place, *args, "--idempotency-key", key, "-f", "json")

    founding = ("init", "--organization", "Администрация", "--admin", "admin")
    made, again = (call(*founding, key="основание") for _ in range(2))
    other = call("init", "--organization", "Управа", "--admin", "admin", key="основание")
    assert anywhere("--database", place, "db", "backup", copy).status == 0
    restored, repeated = (call("db", "restore", copy, "--yes", key="сбой") for _ in range(2))
    rehearsed = call("db", "upgrade", "--dry-run", key="обновление")

    assert (made.status, again.data) == (0, made.data)
    assert (other.status, other.error["code"]) == (5, "idempotency_key_reused")
    assert (restored.status, repeated.data) == (0, restored.data)
    assert len(list(tmp_path.glob("*.replaced.backup"))) == 1
    assert rehearsed.data["dry_run"]


@pytest.mark.parametrize(
    ("args", "status", "code"),
    [
        (("correspondent", "add", "X", "--inn", "7707083894"), 3, "bad_identifier"),
        (("correspondent", "show", "X"), 4, "not_found"),
        (("correspondent", "merge", "X", "Y"), 2, "confirmation_needed"),
        (("user", "add", "admin", "--name", "X"), 5, "login_taken"),
        (("user", "show", "nobody"), 4, "not_found"),
        (("user", "role", "admin", "--revoke", "administrator"), 6, "last_administrator"),
        (("user", "disable", "admin", "--yes"), 6, "last_administrator"),
        (("organization", "add", "01", "--name", "X"), 5, "organization_exists"),
        (("organization", "show", "99"), 4, "unknown_organization"),
        (("organization", "unit", "add", "1", "--name", "X", "--parent", "9"), 4, "not_found"),
        (("audit", "list", "--object", "nothing"), 4, "not_found"),
        (("audit", "list", "--since", "31.02.2026"), 3, "bad_date"),
    ],
)
def test_failures_have_their_status_and_code(
    sedctl: Run, args: tuple[str, ...], status: int, code: str
) -> None:
    outcome = sedctl(*args, "--format", "json")

    assert (outcome.status, outcome.error["code"]) == (status, code)
    assert outcome.out == ""


def test_the_trail_is_verified_in_the_agreed_shape(sedctl: Run) -> None:
    outcome = sedctl("audit", "verify", "--format", "json")

    [trail] = outcome.data["organizations"]
    assert outcome.status == 0
    assert outcome.data.keys() == {"organizations", "ok"}
    assert trail.keys() == {"code", "events", "head", "ok", "first_broken"}
    assert (trail["code"], trail["ok"], trail["first_broken"]) == ("01", True, None)


def test_an_export_is_verified_without_a_database(
    sedctl: Run, anywhere: Run, tmp_path: Path
) -> None:
    sedctl("correspondent", "add", "Минздрав")
    export = tmp_path / "trail.jsonl"

    assert sedctl("audit", "export", str(export)).status == 0
    assert export.stat().st_mode & 0o777 == 0o600
    whole = anywhere("audit", "verify", "--file", str(export), "--format", "json")
    export.write_text(export.read_text().replace("admin", "nobody", 1))
    broken = anywhere("audit", "verify", "--file", str(export), "--format", "json")
    export.write_text("something else")
    other = anywhere("audit", "verify", "--file", str(export), "--format", "json")

    assert (whole.status, whole.data["ok"]) == (0, True)
    assert (broken.status, broken.data["ok"]) == (3, False)
    assert broken.data["organizations"][0]["first_broken"] == 1
    assert (other.status, other.error["code"]) == (3, "not_an_export")


def test_an_export_that_fails_leaves_no_file(sedctl: Run, tmp_path: Path) -> None:
    sedctl("user", "add", "petrov", "--name", "Петров", "--role", "executor")

    outcome = sedctl("--as", "petrov", "audit", "export", str(tmp_path / "trail.jsonl"))

    assert outcome.status == 4
    assert not [path for path in tmp_path.iterdir() if "trail" in path.name]


def test_verifying_a_file_imports_no_database(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    script = (
        "import sys; from commands.root import run; "
        f"run(['audit', 'verify', '--file', {str(tmp_path / 'x')!r}]); "
        "print([name for name in ('sqlalchemy', 'sqlmodel', 'pydantic') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.local_only("of the database itself")
@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_database_is_backed_up_checked_and_restored(sedctl: Run, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")

    made = sedctl("db", "backup", copy, "--format", "json")
    sedctl("user", "add", "petrov", "--name", "Петров")
    refused = sedctl("db", "restore", copy, "--format", "json")
    restored = sedctl("db", "restore", copy, "--yes", "--format", "json")
    checked = sedctl("db", "check", "--deep", "--format", "json")
    people = sedctl("user", "list", "--format", "json").data["rows"]

    assert made.status == 0
    assert "File contents are not in it" in made.err
    assert (refused.status, json.loads(refused.err)["code"]) == (2, "confirmation_needed")
    assert restored.data["previous"] is not None
    assert (checked.status, checked.data["ok"]) == (0, True)
    assert [row["login"] for row in people] == ["admin"]


@pytest.mark.local_only("of the database itself")
def test_the_state_of_the_database_is_told(sedctl: Run, engine: str) -> None:
    outcome = sedctl("db", "status", "--format", "json")

    assert outcome.data["state"] == "current"
    assert outcome.data["server"].lower().startswith(engine)
    assert sedctl("db", "upgrade").status == 0


def test_a_database_is_made_for_trial_and_then_in_earnest_for_a_reason(
    anywhere: Run, tmp_path: Path
) -> None:
    place = ("--database", str(tmp_path / "new" / "sed.db"))
    verb = ("init", "--organization", "Управа", "--admin", "petrov")

    tried = anywhere(*place, *verb, "--dry-run", "-f", "json")
    left = list(tmp_path.glob("new/*"))
    made = anywhere(*place, *verb, "--reason", "приказ 1", "-f", "json")
    again = anywhere(*place, *verb, "--dry-run", "-f", "json")

    assert (tried.status, tried.data["dry_run"], left) == (0, True, [])
    assert {**made.data, "dry_run": True} == tried.data
    login = ("--as", made.data["login"])
    [*_others, first] = anywhere(*place, *login, "audit", "list", "-f", "json").data["rows"]
    assert first["reason"] == "приказ 1"
    assert (again.status, again.error["code"]) == (6, "already_initialized")
