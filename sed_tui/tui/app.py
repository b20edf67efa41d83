"""The application object: owns the gateway, the main screens and what all of them share."""

from __future__ import annotations

import asyncio
import base64
import os
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette

from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.operations.session import SHOW, SessionView, ShowSession
from sed_tui.tui.help import HelpScreen, key_lines
from sed_tui.tui.keymap import chosen_keys
from sed_tui.tui.palette import SedCommands
from sed_tui.tui.places import PLACES
from sed_tui.tui.preferences import remember, remembered
from sed_tui.tui.wording import explanation, person
from widgets.driver import terminal_driver
from widgets.keyboard import both_layouts, latin_chord
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.screen import Screen
    from textual.theme import Theme

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import Operation

_WIDE = 120


class SedApp(App[None]):
    """Records management in a terminal.

    `root_options` are the options before the command, so that a copied command works on
    the same database; `profile` is the name of the profile for the status line.
    """

    TITLE = "sed-tui"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {SedCommands}
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "narrow"), (_WIDE, "wide")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark,comma", "help", N_("Keys"), id="app.help"),
        Binding(
            both_layouts("ctrl+p,f9"),
            "command_palette",
            N_("Commands"),
            show=False,
            priority=True,
            id="app.palette",
        ),
        Binding(
            both_layouts("ctrl+q,f10"), "quit", N_("Quit"), show=False, priority=True, id="app.quit"
        ),
        *(
            Binding(p.key, f"go('{p.mode}')", p.title, show=False, id=f"app.{p.mode}")
            for p in PLACES
        ),
    ]

    def __init__(
        self, gateway: Gateway, *, profile: str | None = None, root_options: Sequence[str] = ()
    ) -> None:
        super().__init__(driver_class=terminal_driver())
        self.gateway = gateway
        self.root_options = tuple(root_options)
        self.session: SessionView | None = None
        self._profile = profile
        for mode, screen in self._screens().items():
            self.add_mode(mode, screen)

    def _screens(self) -> dict[str, Callable[[], Screen[Any]]]:
        return {"work": self._work, "documents": self._documents, "assignments": self._assignments}

    def _work(self) -> Screen[Any]:
        from sed_tui.tui.screens.my_work import MyWorkScreen  # each screen when it is opened

        return MyWorkScreen(self.gateway)

    def _documents(self) -> Screen[Any]:
        from sed_tui.tui.screens.documents import DocumentsScreen  # each screen when it is opened

        return DocumentsScreen(self.gateway)

    def _assignments(self) -> Screen[Any]:
        from sed_tui.tui.screens.assignments import AssignmentsScreen  # each when it is opened

        return AssignmentsScreen(self.gateway)

    async def on_mount(self) -> None:
        """Open the first screen with the user's theme and keys."""
        theme = remembered("theme")
        if theme in self.available_themes:
            self.theme = theme
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        try:
            self.set_keymap(chosen_keys())
        except SedError as error:
            self.notify(explanation(error), severity="error", markup=False)
        self.run_worker(self._learn_who_is_acting(), group="session")
        await self.switch_mode("work")

    async def on_event(self, event: events.Event) -> None:
        """Read Ctrl and Alt with a Cyrillic letter as the Latin chord of the same keys."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            chord = latin_chord(event.key)
            if chord is not None:
                event = events.Key(chord, None)
        await super().on_event(event)

    @property
    def place(self) -> str:
        """Say for the status line which profile and database this is."""
        return f"{self._profile} · {self.gateway.place}" if self._profile else self.gateway.place

    @property
    def identity(self) -> str:
        """Say who is acting, once it is known."""
        return person(self.session) if self.session is not None else ""

    def may(self, operation: str) -> bool:
        """Tell whether the user's roles permit an operation; yes until they are known."""
        return self.session is None or operation in self.session.operations

    def copy(self, text: str) -> None:
        """Put text on the clipboard and say so."""
        self.copy_to_clipboard(text)
        self.notify(text, title=_("Copied"), markup=False, timeout=3)

    def copy_to_clipboard(self, text: str) -> None:
        """Put text on the clipboard, through tmux too."""
        super().copy_to_clipboard(text)
        if "TMUX" in os.environ and self._driver is not None:
            # tmux hands on to the terminal only what is wrapped, and asks for Esc doubled
            encoded = base64.b64encode(text.encode()).decode()
            self._driver.write(f"\x1bPtmux;\x1b\x1b]52;c;{encoded}\a\x1b\\")

    def run_operation(self, operation: Operation[Any, Any]) -> None:
        """Do an operation chosen in the palette, on the screen made for it or in a form."""
        if not self.may(operation.name):
            self.notify(_("This is not permitted to your roles."), severity="warning")
            return
        from sed_tui.tui.operation_routes import open_operation  # imports every screen it may open

        open_operation(self, operation)

    async def action_go(self, mode: str) -> None:
        """Go to a main screen, and there back to its list."""
        if mode == self.current_mode:
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            return
        await self.switch_mode(mode)

    def action_help(self) -> None:
        """Show the keys that work now."""
        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
            return
        self.push_screen(HelpScreen(key_lines(self.screen)))

    def action_command_palette(self) -> None:
        """Open the palette in the user's language."""
        if self.use_command_palette and not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder=_("What is to be done?")))

    def search_themes(self) -> None:
        """Choose a theme."""
        from textual.theme import ThemeProvider  # for this command alone

        self.push_screen(CommandPalette([ThemeProvider], placeholder=_("Choose a theme")))

    @on(VirtualTable.Copied)
    def _copy(self, event: VirtualTable.Copied) -> None:
        self.copy(event.text)

    @on(VirtualTable.Failed)
    def _stop_at_a_bug(self, event: VirtualTable.Failed) -> None:
        # what the user can act on stands in the table; anything else is our bug
        if not isinstance(event.error, SedError):
            raise event.error

    def _remember_theme(self, theme: Theme) -> None:
        remember("theme", theme.name)

    async def _learn_who_is_acting(self) -> None:
        try:
            self.session = await asyncio.to_thread(self.gateway.call, SHOW, ShowSession())
        except SedError as error:
            self.notify(explanation(error), severity="error", markup=False)
            return
        from sed_tui.tui.chrome import TitleLine

        for line in self.screen.query(TitleLine):
            line.side = self.identity
