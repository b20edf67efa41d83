"""Signing on the screen: each document checked, one PIN, a result for each."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from sed_tui.domain.access import Role
from sed_tui.domain.draft_flow import Stage
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import write_private_key
from sed_tui.operations import certificate, draft
from sed_tui.operations import signing_right as rights
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.key_dialog import KeyDialog
from sed_tui.tui.screens.batch_signing import BatchSigningScreen
from tests.handlers.drafts import drafted
from tests.handlers.signers import Authority, add_trust
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import screen_text, settle, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

PIN = "Шесть-6"


@pytest.fixture
def head(
    gateway: LocalGateway, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LocalGateway]:
    """Let a head sign up to a sum, with a key in a file."""
    monkeypatch.setattr(BatchSigningScreen, "CLOCK", clock)
    office.hire(gateway)
    gateway.call(ADD, AddEmployee(login="golova", full_name="Головин Пётр", roles=(Role.HEAD,)))
    authority = Authority(clock.now())
    signer = authority.signer("Головин Пётр")
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    content = pem("CERTIFICATE", signer.certificate.der).decode()
    gateway.call(certificate.ADD, certificate.AddCertificate(employee="golova", content=content))
    gateway.call(rights.ADD, rights.AddSigningRight(employee="golova", amount=1000))
    (tmp_path / "golova.key").write_bytes(write_private_key(signer._key, PIN))
    monkeypatch.setenv("SED_KEY", str(tmp_path / "golova.key"))
    with closing(office.acting(gateway, "golova")) as acting:
        yield acting


async def give_pin(pilot: Pilot[Any], pin: str) -> None:
    await typed(pilot, pin)
    await press(pilot, "f2")


def stages(gateway: LocalGateway, *letters: draft.Draft) -> list[Stage]:
    shown = (gateway.call(draft.SHOW, draft.ShowDraft(document=str(one.id))) for one in letters)
    return [one.stage for one in shown]


@pytest.mark.both_engines
async def test_one_pin_signs_what_is_marked_and_a_refusal_stops_nothing(
    gateway: LocalGateway, head: LocalGateway, tmp_path: Path
) -> None:
    letters = [
        drafted(gateway, subject=f"Письмо {n}", amount=amount)
        for n, amount in enumerate((10, 9999, 10))
    ]
    app = SedApp(head)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "To sign" in screen_text(app)  # My work tells how many
        await press(pilot, "4", "right", "asterisk", "s")
        assert "signed 0, refused 1, left 2" in screen_text(app)

        await press(pilot, "s")
        assert isinstance(app.screen, KeyDialog)
        assert app.screen.query_one("#key-pin", Input).password
        await give_pin(pilot, "не тот")
        assert "2 tries are left." in screen_text(app)
        assert stages(gateway, *letters) == [Stage.DRAFT] * 3
        await give_pin(pilot, PIN)
        assert "signed 2, refused 1, left 0" in screen_text(app)
        await press(pilot, "escape")
        assert "Письмо 1" in screen_text(app)  # what was refused waits as before
        assert "Письмо 0" not in screen_text(app)

    assert stages(gateway, *letters) == [Stage.SIGNED, Stage.DRAFT, Stage.SIGNED]
    kept = "".join(path.read_text() for path in (tmp_path / "home").glob("*.json"))
    assert "golova.key" in kept
    assert PIN not in kept


async def test_what_is_signed_is_registered_and_dispatched_from_its_queue(
    gateway: LocalGateway, head: LocalGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = drafted(gateway)
    app = SedApp(head)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "enter", "s", "s")
        await give_pin(pilot, PIN)

    app = SedApp(gateway)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "left", "left", "left", "enter", "o")
        assert ["regist" in notice.message for notice in app._notifications] == [True]
        await press(pilot, "g", "f2")
        assert "registered 05-11/1" in screen_text(app)
        await press(pilot, "o", "f2")
        assert "dispatched 05-11/1" in screen_text(app)
    assert stages(gateway, letter) == [Stage.DISPATCHED]


async def test_a_third_wrong_pin_leaves_the_key_alone(
    gateway: LocalGateway, head: LocalGateway
) -> None:
    letter = drafted(gateway)
    app = SedApp(head)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "s", "s")
        for _turn in range(3):
            await give_pin(pilot, "не тот")
        await press(pilot, "escape", "s")
        await give_pin(pilot, PIN)

        assert isinstance(app.screen, KeyDialog)
        assert "3 wrong PINs in a row" in screen_text(app)
    assert stages(gateway, letter) == [Stage.DRAFT]


async def test_a_command_that_fails_stops_the_batch_before_a_token_locks(
    gateway: LocalGateway, head: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [drafted(gateway, subject=f"Письмо {n}") for n in range(2)]
    monkeypatch.delenv("SED_KEY")
    monkeypatch.setenv("SED_SIGN_COMMAND", "false {input} {output}")
    monkeypatch.setenv("SED_THUMBPRINT", "00")
    app = SedApp(head)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "asterisk", "s", "s", "f2")

        assert "signed 0, refused 1, left 1" in screen_text(app)
        assert list(app.pin_tries._wrong.values()) == [1]
    assert stages(gateway, *letters) == [Stage.DRAFT] * 2
