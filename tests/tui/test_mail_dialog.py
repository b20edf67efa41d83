"""Documents mailed from the list: one, or all that are marked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sed_tui.operations.document import HISTORY, ShowHistory
from sed_tui.tui.app import SedApp
from sed_tui.tui.mail_dialog import MailDialog
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which the mail program of a desktop writes what it was given."""
    tools = tmp_path / "bin"
    tools.mkdir()
    said = tmp_path / "log"
    for name, text in (("xdg-mime", "echo a.desktop"), ("xdg-email", f'echo "$@" > {said}')):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    return said


async def test_marked_documents_are_mailed_with_a_key_and_entered(
    gateway: LocalGateway, letters: list[Registered], log: Path
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("space", "space", "m")
        await settle(pilot)
        shown = type(app.screen)
        await pilot.press(*"a@b.ru")
        app.screen.query_one("#field-packing").value = "link"  # type: ignore[attr-defined]
        await pilot.press("f2")
        await settle(pilot)
        left = type(app.screen)

    events = [
        gateway.call(HISTORY, ShowHistory(document=str(one.id))).rows[0].event for one in letters
    ]
    assert shown is MailDialog
    assert left is not MailDialog
    assert "a@b.ru" in log.read_text()
    assert events.count("mail") == 2
