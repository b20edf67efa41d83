"""`link` and `open`: a link lasts, leads to the card, and tells nothing to others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.handlers.people import add_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.fixture
def number(sedctl: Run) -> str:
    """Return a registered letter."""
    done = sedctl(
        *("document", "register", "incoming", "--subject", "О мостах", "--from", "Минздрав"),
        *("--their-number", "5", "--their-date", "today", "--format", "json"),
    )
    return str(done.data["number"])


@pytest.fixture(autouse=True)
def _own_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_a_link_opens_the_card_in_both_forms(
    sedctl: Run, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SED_LINK_BASE", "https://sed.example.org")
    made = sedctl("link", number, "--format", "json").data
    opened = [sedctl("open", made[form], "--format", "json") for form in ("link", "page")]

    assert made["page"].startswith("https://sed.example.org/d/")
    assert [one.data["number"] for one in opened] == [number, number]


def test_a_link_to_an_assignment_opens_it(sedctl: Run, settings: Settings, number: str) -> None:
    add_people(settings, ("petrov", "Петров", "executor", None))
    task = sedctl(
        *("assignment", "issue", "--document", number, "--text", "Ответить"),
        *("--executor", "petrov", "--due", "5 рд", "--format", "json"),
    ).data["id"]
    made = sedctl("link", task, "--format", "json").data
    opened = sedctl("open", made["link"], "--format", "json")

    assert made["link"] == f"sed://task/{task}"
    assert opened.data["text"] == "Ответить"


def test_what_is_not_there_not_ones_own_and_no_link_look_the_same(
    anywhere: Run, sedctl: Run, settings: Settings, number: str
) -> None:
    link = sedctl("link", number, "--format", "json").data["link"]
    add_people(settings, ("petrov", "Петров", "executor", None))
    place = settings.database.removeprefix("sqlite:///")
    asked = (
        ("admin", f"sed://document/{uuid4()}"),
        ("petrov", link),
        ("admin", f"{link};reboot"),
        ("admin", "sed://document/" + "%0a" * 10),
    )
    answers = {
        anywhere("--database", place, "--as", login, "open", "-f", "json", "--", text).err
        for login, text in asked
    }
    one = anywhere("--database", place, "--as", "petrov", "open", link, "--format", "json")

    assert (one.status, one.error["code"]) == (4, "not_our_link")
    assert answers == {one.err}


def test_the_scheme_is_made_known_to_a_linux_desktop_and_forgotten(
    sedctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools, log = tmp_path / "bin", tmp_path / "log"
    tools.mkdir()
    (tools / "xdg-mime").write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    (tools / "xdg-mime").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/sed=sed-tui-link.desktop\ntext/html=a.desktop\n"
    )
    made = sedctl("link", "--register", "--format", "json")
    entry = Path(made.data["path"])
    text = entry.read_text()
    forgotten = sedctl("link", "--forget")

    assert made.status == forgotten.status == 0, made.err
    assert "MimeType=x-scheme-handler/sed;" in text
    assert "open %u" in text
    assert log.read_text() == "default sed-tui-link.desktop x-scheme-handler/sed\n"
    assert not entry.exists()
    assert "sed-tui" not in (tmp_path / "mimeapps.list").read_text()
    assert "a.desktop" in (tmp_path / "mimeapps.list").read_text()
