"""An organization joins through the interface: a new application, its paper, its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.joining import JoiningState, JoiningStep, Side
from sed_tui.domain.joining_papers import Paper
from sed_tui.operations import joining_upkeep
from sed_tui.operations.joining import SHOW, ShowApplication
from sed_tui.tui.app import SedApp
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.joining import JoiningScreen
from tests.handlers.joining_way import HEAD, HOSPITAL, Way
from tests.tui.waiting import screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

S = JoiningState


class Operator:
    """Whoever sits at the screen of joining."""

    def __init__(self, pilot: Pilot[None], screen: JoiningScreen, gateway: LocalGateway) -> None:
        self.pilot, self.screen, self.gateway = pilot, screen, gateway

    async def do(self, title: str, **fields: str) -> None:
        """Choose a form by its title, fill it in, and do it."""
        await self.pilot.press("a")
        app = self.pilot.app
        await until(self.pilot, lambda: isinstance(app.screen, ChoiceDialog))
        dialog = app.screen
        assert isinstance(dialog, ChoiceDialog)
        titles = [told for _task, told in dialog._choices]
        place = next((n for n, told in enumerate(titles) if told.startswith(title)), None)
        assert place is not None, (title, titles)
        await self.pilot.press("home", *["down"] * place, "enter")
        await self.fill_in(**fields)

    async def fill_in(self, **fields: str) -> None:
        app = self.pilot.app
        await until(self.pilot, lambda: isinstance(app.screen, EntryDialog))
        for name, value in fields.items():
            widget = app.screen.query_one(f"#field-{name}")
            setattr(widget, "text" if hasattr(widget, "text") else "value", value)
        await self.pilot.press("f2")
        await until(self.pilot, lambda: app.screen is self.screen)
        await settle(self.pilot)

    async def paper(self, paper: Paper, title: str, *sides: Side) -> None:
        await self.do(f"Print: {title}", file=f"{paper}.pdf")
        for side in sides:
            told = "the applicant" if side is Side.APPLICANT else "the operator"
            signed = {"token": "scan.pdf", "signatory": HEAD, "signed_on": "20.11.2026"}
            await self.do(f"Sign: {title}, {told}, signed on paper", **signed)

    @property
    def state(self) -> JoiningState:
        return self.gateway.call(SHOW, ShowApplication(application="02")).joining


async def test_an_application_is_made_signed_and_connected_on_the_screen(
    gateway: LocalGateway,
    settings: Settings,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gateway.call(joining_upkeep.NAME_OPERATOR, joining_upkeep.NameOperator(organization="01"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_named("sed_tui.tui.screens.joining:JoiningScreen")
        await settle(pilot)
        assert isinstance(app.screen, JoiningScreen)
        seat = Operator(pilot, app.screen, gateway)

        await pilot.press("n")
        await seat.fill_in(organization="02", **HOSPITAL)
        assert "Областная больница" in screen_text(app)
        await seat.paper(Paper.APPLICATION, "application for accession", Side.APPLICANT)
        await seat.do("Submit")
        assert seat.state is S.SUBMITTED

        # tests/handlers/test_joining.py goes every step between
        way = Way(gateway, settings, clock)
        way.to(S.ACT)
        way.print_and_sign(Paper.ACT)
        way.sign(Paper.ACT, Side.OPERATOR)
        await pilot.press("r")
        await settle(pilot)
        await seat.do("Connect", on="23.11.2026")

        assert seat.state is S.CONNECTED
        assert JoiningStep.SUSPEND in gateway.call(SHOW, ShowApplication(application="02")).possible
        assert (tmp_path / "application.pdf").read_bytes().startswith(b"%PDF")
