"""Links on the screen: copied with a key, opened in the interface that runs."""

from __future__ import annotations

import asyncio
import stat
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.linking.running import hand_link_over, socket_path
from sed_tui.tui.app import SedApp
from sed_tui.tui.assignment_dialog import AssignmentDialog
from sed_tui.tui.screens.document_card import DocumentCardScreen
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered


@pytest.fixture(autouse=True)
def _own_runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("r")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))


async def given(pilot: Pilot[None], settings: Settings, link: LinkAddress) -> bool:
    taken = await asyncio.to_thread(hand_link_over, settings, link)
    await settle(pilot)
    return taken


async def test_a_running_interface_opens_what_another_program_hands_it(
    gateway: LocalGateway, settings: Settings, letters: list[Registered]
) -> None:
    path = socket_path(settings)
    assert path is not None
    app = SedApp(gateway, listens_at=path)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        mode = stat.S_IMODE(path.stat().st_mode)
        taken = await given(pilot, settings, LinkAddress(Target.DOCUMENT, letters[0].id))
        shown = app.screen
        nothing = await given(pilot, settings, LinkAddress(Target.TASK, uuid4()))
        over = app.screen

    assert (mode, taken, nothing) == (0o600, True, True)
    assert isinstance(shown, DocumentCardScreen)
    assert over is shown
    assert not path.exists()


async def test_what_is_no_link_is_refused_at_the_socket(
    gateway: LocalGateway, settings: Settings
) -> None:
    path = socket_path(settings)
    assert path is not None
    app = SedApp(gateway, listens_at=path)
    async with app.run_test() as pilot:
        await settle(pilot)
        answers = []
        for said in (
            b"\n",
            b"x" * 5000 + b"\n",
            b'{"open": "sed://task/$(id)"}\n',
            b'{"open":1}\n',
        ):
            reader, writer = await asyncio.open_unix_connection(str(path))
            writer.write(said)
            with suppress(ConnectionError):  # it hangs up on whoever says too much
                answers.append(await reader.readline())
            writer.close()

    assert set(answers) <= {b"refused\n", b""}
    assert b"refused\n" in answers


def test_a_socket_of_a_killed_interface_is_removed_and_none_runs(settings: Settings) -> None:
    import socket

    path = socket_path(settings)
    assert path is not None
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))

    assert hand_link_over(settings, LinkAddress(Target.TASK, uuid4())) is False
    assert not path.exists()


def test_a_folder_that_others_enter_is_not_used(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = tmp_path / "r"
    (open_to_all / "sed-tui").mkdir(parents=True, mode=0o755)
    (open_to_all / "sed-tui").chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(open_to_all))

    if len(str(open_to_all)) < 60:
        assert socket_path(settings) is None


@pytest.mark.usefixtures("letters")
async def test_l_copies_the_link_of_what_is_under_the_cursor(gateway: LocalGateway) -> None:
    app = SedApp(gateway, link_base="https://sed.example.org")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("L")
        await settle(pilot)
        document = app.clipboard
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("Д")  # the same key on the Russian layout
        await settle(pilot)
        task = app.clipboard

    assert document.startswith("https://sed.example.org/d/")
    assert task.startswith("https://sed.example.org/t/")


async def test_an_interface_begins_with_the_link_it_was_given(
    gateway: LocalGateway, letters: list[Registered]
) -> None:
    from sed_tui.operations.assignment_list import LIST, ListAssignments

    row = gateway.call(LIST, ListAssignments()).rows[0]
    app = SedApp(gateway, link=LinkAddress(Target.TASK, row.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)

        assert isinstance(app.screen, AssignmentDialog)
    assert letters
