"""`sedctl workstation`: needs no database, says what to do, and tells the truth by its status."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.usage import Declined
from sed_tui.workstation.editions import shipped
from tests.workstation.conftest import CSP_4, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

NEWER = (
    shipped()
    .text.replace('edition = "2026-11"', 'edition = "2030-01"')
    .replace("date = 2026-11-01", "date = 2030-01-01")
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Let the program take a folder for the machine it runs on."""
    root = tmp_path / "machine"
    (root / "etc").mkdir(parents=True)
    environment = {
        "PATH": f"{root}/usr/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "USER": "ivanova",
        "DISPLAY": ":0",
    }
    here = Place(root, environment)
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    for module in ("commands.workstation_check", "sed_tui.workstation.checking"):
        monkeypatch.setattr(f"{module}.this_machine", lambda: here.machine, raising=False)
    return here


def test_a_check_needs_no_database_and_lists_everything(
    anywhere: Callable[..., Outcome],
) -> None:
    begun = monotonic()
    done = anywhere("workstation", "check", "--offline", "--format", "json")

    assert monotonic() - begun < 10
    assert (done.status, done.data["status"] == "fail") in {(0, False), (3, True)}
    assert done.data["edition"] == "2026-11"
    assert {"id", "status", "found", "required", "fix", "evidence"} <= done.data["checks"][0].keys()
    found = {check["id"].partition(".")[0] for check in done.data["checks"]}
    assert {"csp", "pair", "service", "default_browser", "personal", "clock"} <= found
    assert datetime.fromisoformat(done.data["checked_at"]).tzinfo == UTC


def test_the_first_cause_stands_first_with_what_to_do(
    anywhere: Callable[..., Outcome], place: Place
) -> None:
    place.csp(CSP_4)
    place.browser()

    done = anywhere("workstation", "check", "--offline")

    assert done.status == 3
    first = done.out.split("\n\n")[1].splitlines()
    assert first[0] == "x does not work: CryptoPro CSP together with the browser"
    assert "what to do: Go over to CryptoPro CSP 5.0.11455" in done.out
    rows = anywhere("workstation", "check", "--offline", "--format", "csv").out
    assert rows.splitlines()[0] == "id,status,found,required,fix"


def test_a_symptom_is_told_with_what_is_found_here(
    anywhere: Callable[..., Outcome], place: Place
) -> None:
    done = anywhere("workstation", "check", "--offline", "--symptom", "сайт не открывается")
    assert done.status == 3  # CSP is missing on this machine
    assert "firewall" in done.out
    assert "not installed" in done.out
    unknown = anywhere("workstation", "check", "--symptom", "xyz", "--format", "json")
    assert (unknown.status, unknown.error["code"]) == (4, "no_such_symptom")


def test_mending_asks_first_and_prints_commands_for_the_rest(
    anywhere: Callable[..., Outcome], place: Place
) -> None:
    place.defaults("firefox.desktop", "thunderbird.desktop")
    place.browser()
    place.csp()

    assert anywhere("workstation", "fix", "--offline").status == 2
    dry = anywhere("workstation", "fix", "--offline", "--dry-run", "--format", "json")
    assert [step["mending"] for step in dry.data["done"]] == ["default_browser"]
    assert dry.data["done"][0]["previous"] == "firefox.desktop"
    assert any("certmgr -inst" in one["command"] for one in dry.data["by_hand"])
    failed = anywhere("workstation", "fix", "--offline", "--yes")
    assert failed.status == 9  # the fake tool keeps firefox whatever it is told
    assert "still firefox" in failed.err
    assert anywhere("workstation", "fix", "--undo", "--yes").status == 6


def test_editions_are_shown_compared_imported(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    file = tmp_path / "edition.toml"
    file.write_text(NEWER, encoding="utf-8")
    group = ("workstation", "requirements")

    assert anywhere(*group, "show", "--format", "json").data["path"] is None
    compared = anywhere(*group, "compare", str(file), "--format", "json").data["rows"]
    assert {row["field"] for row in compared} == {"edition", "dated"}
    anywhere(*group, "import", str(file), "--dry-run")
    assert anywhere(*group, "show", "--format", "json").data["edition"] == "2026-11"
    assert anywhere(*group, "import", str(file)).status == 0
    assert anywhere(*group, "show", "--format", "json").data["edition"] == "2030-01"
    assert anywhere(*group, "show", "--text").out == NEWER
    file.write_text("nothing", encoding="utf-8")
    assert anywhere(*group, "import", str(file)).status == 3


def test_reports_are_collected_and_counted(
    sedctl: Callable[..., Outcome], place: Place, tmp_path: Path
) -> None:
    place.csp(CSP_4)
    place.browser()
    group = "workstation"

    sent = sedctl(group, "report", "--offline", "--format", "json")
    assert (sent.status, sent.data["csp"], sent.data["breaks_after_update"]) == (
        0,
        "4.0.9963",
        True,
    )
    assert "ivanova" not in sent.out
    listed = sedctl(group, "list", "--at-risk", "--csp-below", "5.0.11455", "--format", "json")
    assert [row["csp"] for row in listed.data["rows"]] == ["4.0.9963"]
    counted = sedctl(group, "versions")
    assert "4.0.9963" in counted.out
    assert "1 machine would break" in counted.err

    file = tmp_path / "edition.toml"
    file.write_text(NEWER, encoding="utf-8")
    assert sedctl(group, "requirements", "publish", str(file)).status == 0
    assert sedctl(group, "requirements", "update").status == 0
    assert sedctl(group, "requirements", "show", "--format", "json").data["edition"] == "2030-01"


def test_a_no_leaves_one_step_and_not_the_others(
    anywhere: Callable[..., Outcome], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.defaults("firefox.desktop", "google-chrome.desktop")
    place.browser()
    place.desktop("thunderbird.desktop")
    place.environment["XDG_DATA_DIRS"] = str(place.root / "usr/share")
    asked: list[str] = []

    def refuse(what: str) -> None:
        asked.append(what)
        raise Declined

    monkeypatch.setattr("commands.session.ask", refuse)
    done = anywhere("workstation", "fix", "--offline", "--format", "json")

    assert len(asked) == 2
    assert (done.status, done.data["done"]) == (0, [])
    assert "xdg-settings" in " ".join(one["command"] for one in done.data["by_hand"])
