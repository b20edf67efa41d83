"""Signatures on the card: a verdict with its sign, verified again, saved; the approval sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sed_tui.gateway.batch_signing import checked, sign_each
from sed_tui.gost.containers import pem
from sed_tui.operations import approval, certificate, route
from sed_tui.operations import signing_right as rights
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.trust import LIST as TRUSTED
from sed_tui.operations.trust import REMOVE, ListTrust, RemoveTrust
from sed_tui.tui.app import SedApp
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.screens.approval_sheet import ApprovalSheetScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.text_dialog import TextDialog
from tests.handlers.drafts import drafted
from tests.handlers.signers import Authority, add_trust
from tests.tui import office
from tests.tui.keys import press
from tests.tui.test_draft_work import ROUTE
from tests.tui.waiting import screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


@pytest.fixture
def signed(gateway: LocalGateway, clock: FixedClock) -> str:
    """Draft a letter that the administrator himself approves and signs."""
    authority = Authority(clock.now())
    signer = authority.signer("Иванова Анна Петровна")
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    content = pem("CERTIFICATE", signer.certificate.der).decode()
    gateway.call(certificate.ADD, certificate.AddCertificate(employee="admin", content=content))
    gateway.call(rights.ADD, rights.AddSigningRight(employee="admin"))
    letter = drafted(gateway, signatory="admin")
    batch = checked(gateway, [str(letter.id)])
    [tried] = sign_each(gateway, batch, signer, clock, CallOptions())
    assert tried.failure is None
    return str(letter.id)


async def test_a_signature_is_shown_verified_again_and_saved(
    gateway: LocalGateway, signed: str, tmp_path: Path
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.push_screen(DocumentCardScreen(gateway, signed))
        await settle(pilot)
        assert "E-signatures ✓ 1" in screen_text(app)
        await press(pilot, "right", "right", "enter")
        assert isinstance(app.screen, TextDialog)
        assert "✓ valid" in screen_text(app)
        assert "Тестовый корневой" in screen_text(app)

        await press(pilot, "escape", "s")
        assert isinstance(app.screen, LineDialog)
        app.screen.query_one(Input).value = str(tmp_path / "letter.p7s")
        await press(pilot, "enter")
        assert (tmp_path / "letter.p7s").read_bytes()[:1] == b"0"  # DER

        # without its root nothing is proven, and nothing is called not valid
        for row in gateway.call(TRUSTED, ListTrust()).rows:
            gateway.call(REMOVE, RemoveTrust(trust=str(row.id)))
        await press(pilot, "v")
        assert "E-signatures ? 1" in screen_text(app)
        assert "no chain of certificates" in screen_text(app)


async def test_the_approval_sheet_opens_from_the_card(gateway: LocalGateway) -> None:
    office.hire(gateway)
    letter = drafted(gateway, signatory="admin")
    gateway.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.push_screen(DocumentCardScreen(gateway, str(letter.id)))
        await settle(pilot)
        await press(pilot, "g")
        assert [notice.title for notice in app._notifications] == ["Not done"]
        gateway.call(approval.START, approval.StartApproval(document=str(letter.id)))
        await press(pilot, "п")
        assert isinstance(app.screen, ApprovalSheetScreen)
        assert "Round 1" in screen_text(app)
