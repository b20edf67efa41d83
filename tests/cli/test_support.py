"""`support new|list|show|sync`: which way it went is said, without a database too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.config import home

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.cli.conftest import Outcome


def test_a_ticket_without_a_database_or_an_address_is_kept_and_waits(
    anywhere: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("support", "new", "--summary", "Не открывается", "--no-report")
    first = anywhere(*words, "--format", "json")
    [row] = anywhere("support", "list", "--format", "json").data["rows"]
    monkeypatch.setenv("SED_SUPPORT_EMAIL", "sd@support.example")
    later = anywhere("support", "sync")
    shown = anywhere("support", "show", row["id"], "--format", "json")
    missing = anywhere("support", "show", "SED-none", "--format", "json")

    assert first.status == 7
    assert '"support_waits"' in first.err
    assert (row["state"], row["summary"]) == ("queued", "Не открывается")
    assert later.status == 0, later.err
    assert shown.data["state"] == "prepared"
    assert shown.data["organization"] is None
    assert (missing.status, missing.error["code"]) == (4, "no_such_ticket")


def test_the_last_failure_goes_with_the_ticket(
    anywhere: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    home().mkdir(parents=True)
    monkeypatch.setenv("SED_SUPPORT_EMAIL", "sd@support.example")
    anywhere("--profile", "none", "config")
    done = anywhere("support", "new", "--no-report", "--format", "json")
    again = anywhere("support", "new", "--no-report", "--format", "json")

    assert done.status == 0, done.err
    assert done.data["error"]["code"] == "unknown_profile"
    assert (again.status, again.error["code"]) == (5, "ticket_exists")
