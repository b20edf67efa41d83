"""What the tests of forms share: an application around one screen, and how to wait for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from sed_tui.tui import app as app_module
from sed_tui.tui.app import SedApp
from sed_tui.tui.screens.form_screen import FormScreen
from tests.tui.waiting import burst, settle

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

    from sed_tui.gateway import Gateway
    from sed_tui.tui.frame import SedScreen
    from widgets.form import Form

LETTER = {
    "correspondent": "Министерство здравоохранения",
    "their_number": "145/и",
    "their_date": "10.11.2026",
    "subject": "О представлении сведений о расходах",
}


class FormApp(SedApp):
    """The application, begun with one form, which remembers what came of it."""

    CSS_PATH = str(Path(app_module.__file__).with_name("app.tcss"))

    def __init__(self, screen: SedScreen[Any]) -> None:
        super().__init__(screen.gateway)
        self.shown = screen
        self.outcomes: list[Any] = []

    @property
    def place(self) -> str:
        return "sqlite: sed.db"  # the same in every run

    async def _begin(self) -> None:
        await self.push_screen(self.shown, self.outcomes.append)


async def steady(pilot: Pilot[None]) -> None:
    """Wait for the draft too, and stop the cursor from blinking, so that pictures are alike."""
    await settle(pilot)
    for screen in pilot.app.screen_stack:
        while isinstance(screen, FormScreen) and screen._unsaved is not None:
            await pilot.pause(0.05)
    await settle(pilot)
    for screen in pilot.app.screen_stack:
        for line in screen.query(Input):
            line.cursor_blink = False
        for area in screen.query(TextArea):
            area.cursor_blink = False
            area._line_cache.clear()  # it may hold the line without its cursor
            area.refresh()
    await pilot.pause()


async def fill(pilot: Pilot[None], form: Form, values: dict[str, Any]) -> None:
    """Put texts into fields, as typing would, without the suggestions."""
    for name, value in values.items():
        field = form.fields[name]
        field.restore(value)
        field.changed()
    await settle(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Press the key of each character, as a fast hand does, and wait until all are taken."""
    await burst(pilot, *text)


def texts(app: App[Any]) -> str:
    """Return what stands on the top screen, line by line."""
    lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    return "\n".join(lines)


def register(gateway: Gateway, **fields: Any) -> Any:
    """Register a letter by the operation itself."""
    from sed_tui.operations.registration import REGISTER, RegisterDocument

    values = {"flow": "incoming", **LETTER, "received_on": "2026-11-23", **fields}
    values["their_date"] = "2026-11-10"
    return gateway.call(REGISTER, RegisterDocument(**values))
