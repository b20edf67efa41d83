"""Drafts of forms: what was typed comes back after Esc, after a crash, and not after saving."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings, home
from sed_tui.domain.flows import Flow
from sed_tui.gateway.local import LocalGateway
from sed_tui.tui.drafts import Drafts
from sed_tui.tui.screens.registration import RegistrationScreen
from tests.tui.forms import LETTER, FormApp, fill, texts
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def opened(gateway: LocalGateway) -> tuple[FormApp, RegistrationScreen]:
    screen = RegistrationScreen(gateway, Flow.INCOMING, today=lambda: TODAY)
    return FormApp(screen), screen


async def test_esc_keeps_the_draft_and_says_so(gateway: LocalGateway) -> None:
    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen.form, {"subject": "О расходах"})
        await pilot.press("escape")
        await settle(pilot)
        [note] = app._notifications
        assert "draft" in note.message.lower()
    assert app.outcomes == [None]

    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert screen.form.fields["subject"].raw == "О расходах"
        assert "The draft of" in texts(app)


async def test_a_form_left_as_it_was_leaves_no_draft(gateway: LocalGateway) -> None:
    app, _screen = opened(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

    assert list((home() / "drafts").rglob("*.json")) == []


async def test_registering_deletes_the_draft(gateway: LocalGateway) -> None:
    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen.form, LETTER)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert screen.form.fields["subject"].raw == ""


async def test_a_chosen_correspondent_is_still_chosen_in_the_draft(gateway: LocalGateway) -> None:
    chosen = {"text": "Минздрав", "key": "0192f0c1-0000-7000-8000-000000000001"}
    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen.form.fields["correspondent"].restore(chosen)
        await pilot.press("escape")
        await settle(pilot)

    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert screen.form.fields["correspondent"].read() == chosen["key"]


async def test_f8_empties_the_form_and_brings_it_back(gateway: LocalGateway) -> None:
    app, screen = opened(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen.form, {"subject": "О расходах"})
        await pilot.press("f8")
        await settle(pilot)
        assert screen.form.fields["subject"].raw == ""
        await pilot.press("f8")
        await settle(pilot)

        assert screen.form.fields["subject"].raw == "О расходах"


def test_a_draft_is_readable_to_its_owner_alone(gateway: LocalGateway) -> None:
    drafts = Drafts.of(gateway)

    drafts.save("form", {"subject": "О расходах"}, drafts.ticket())

    [path] = (home() / "drafts").rglob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_drafts_of_different_people_and_databases_are_apart(
    settings: Settings, gateway: LocalGateway, tmp_path: Path
) -> None:
    ours = Drafts.of(gateway)
    ours.save("form", {"subject": "О расходах"}, ours.ticket())

    for other in (
        Settings(settings.database, settings.files, login="petrov"),
        Settings(f"sqlite:///{tmp_path / 'other.db'}", settings.files, login="admin"),
    ):
        theirs = LocalGateway(other)
        assert Drafts.of(theirs).load("form") is None
        theirs.close()
    assert Drafts.of(gateway).load("form") is not None


def test_a_late_save_does_not_bring_a_deleted_draft_back(gateway: LocalGateway) -> None:
    drafts = Drafts.of(gateway)
    late = drafts.ticket()

    drafts.delete("form", drafts.ticket())
    drafts.save("form", {"subject": "О расходах"}, late)

    assert drafts.load("form") is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fields": 1, "saved_at": "?"}'])
def test_a_broken_draft_is_no_draft(gateway: LocalGateway, content: str) -> None:
    drafts = Drafts.of(gateway)
    drafts.save("form", {}, drafts.ticket())
    [path] = (home() / "drafts").rglob("*.json")

    path.write_text(content, encoding="utf-8")

    assert drafts.load("form") is None


_KILLED = """
import asyncio, json, sys
from sed_tui.config import Settings
from sed_tui.gateway.local import LocalGateway
from sed_tui.tui.screens.registration import RegistrationScreen
from tests.tui.forms import FormApp, type_text
from tests.tui.waiting import settle
from pathlib import Path

async def main(database, files):
    gateway = LocalGateway(Settings(database, Path(files), login="admin"))
    app = FormApp(RegistrationScreen(gateway))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Минздрав")
        while "Минздрав" not in str(app.shown.drafts.load("registration-incoming")):
            await pilot.pause(0.05)
        # past the app, which takes `print` over and does not flush
        sys.__stdout__.write("typed\\n")
        sys.__stdout__.flush()
        await asyncio.Event().wait()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.local_only("the program that is killed works on the database itself")
async def test_a_killed_program_loses_nothing(
    settings: Settings, gateway: LocalGateway, pytestconfig: pytest.Config
) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _KILLED, settings.database, str(settings.files)],
        cwd=pytestconfig.rootpath,
        env={**os.environ, "PYTHONPATH": str(pytestconfig.rootpath)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "typed\n"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()

    app, screen = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert screen.form.fields["correspondent"].raw == "Минздрав"
    [path] = (home() / "drafts").rglob("*.json")
    assert json.loads(path.read_text())["fields"]["correspondent"]["text"] == "Минздрав"


async def test_another_flow_has_a_draft_of_its_own(gateway: LocalGateway) -> None:
    app, screen = opened(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen.form, {"subject": "О расходах"})
        await pilot.press("f5", "down", "enter")  # outgoing
        await settle(pilot)
        assert "outgoing" in texts(app)
        assert "The draft of" not in texts(app)
        await fill(pilot, screen.form, {"subject": "Ответ"})
        await pilot.press("f5", "up", "enter")
        await settle(pilot)

        assert "The draft of" in texts(app)
        assert screen.form.fields["subject"].raw == "О расходах"
    drafts = {path.stem for path in (home() / "drafts").rglob("*.json")}
    assert drafts == {"registration-incoming", "registration-outgoing"}
