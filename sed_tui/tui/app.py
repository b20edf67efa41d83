"""The application object: owns the gateway, the main screens and what all of them share.

Nothing here imports an operation: the frame is painted first, and what needs pydantic
(60 ms) or a database (250 ms) is imported in a thread while it stands there.
"""

from __future__ import annotations

import asyncio
import base64
import os
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.binding import Binding

from sed_tui.errors import SedError
from sed_tui.i18n import N_, _, ngettext
from sed_tui.tui.chrome import OpeningScreen, TitleLine
from sed_tui.tui.keymap import chosen_keys
from sed_tui.tui.link_listener import LinkListener
from sed_tui.tui.live import LiveLists
from sed_tui.tui.places import PLACES
from sed_tui.tui.preferences import remember, remembered
from sed_tui.tui.wording import explanation, person
from widgets.driver import terminal_driver
from widgets.harmless import HarmlessFilter
from widgets.key_order import OrderlyApp
from widgets.keyboard import both_layouts, latin_chord

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import App
    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme

    from sed_tui.domain.link_address import LinkAddress
    from sed_tui.gateway import Gateway
    from sed_tui.gateway.key_sources import PinTries
    from sed_tui.operations.registry import Operation
    from sed_tui.operations.session import SessionView
    from widgets.virtual_table import VirtualTable

_HARMLESS = HarmlessFilter()
_LONGEST_KEY = 4
_KEYS = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "Backspace",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def _commands() -> Any:
    from sed_tui.tui.palette import SedCommands  # with the palette, when it is opened

    return SedCommands


class SedApp(OrderlyApp):
    """Records management in a terminal.

    `root_options` are the options before the command, so that a copied command works on
    the same database; `profile` is the name of the profile for the status line,
    `cryptography` of the provider that signs. A failure to begin at all is left in `failure`.
    """

    TITLE = "sed-tui"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {_commands}
    INTERRUPTS = frozenset({"escape", "f10", "ctrl+q"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="app.help"),
        Binding("question_mark,comma", "keys", N_("Keys"), show=False, id="app.keys"),
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
        self,
        gateway: Gateway,
        *,
        profile: str | None = None,
        root_options: Sequence[str] = (),
        cryptography: str = "auto",
        link_base: str | None = None,
        link: LinkAddress | None = None,
        listens_at: Path | None = None,
    ) -> None:
        super().__init__(driver_class=terminal_driver())
        self.link_base, self._link = link_base, link
        self._listener = LinkListener(listens_at, self.open_link) if listens_at else None
        self.gateway, self.cryptography = gateway, cryptography
        self.root_options = tuple(root_options)
        self.session: SessionView | None = None
        self.greets = False  # the program does; a picture or a test shows what it asks for
        self.failure: SedError | None = None
        self.live = LiveLists(self)
        self.profile = profile
        for place in PLACES:
            self.add_mode(place.mode, partial(self._screen_of, place.screen))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every drawn line passes through, the harmless one last."""
        return [*super().get_line_filters(), _HARMLESS]

    def get_default_screen(self) -> Screen[Any]:
        """Return what is painted before anything is read."""
        return OpeningScreen(PLACES[0])

    def on_mount(self) -> None:
        """Set the user's theme and keys, then begin."""
        theme = remembered("theme")
        if theme in self.available_themes:
            self.theme = theme
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        try:
            self.set_keymap(chosen_keys())
        except SedError as error:
            self.notify(explanation(error), severity="error", markup=False)
        self.call_after_refresh(self.run_worker, self._begin, group="begin")

    async def _begin(self) -> None:
        await asyncio.to_thread(import_module, PLACES[0].screen.partition(":")[0])
        if self.current_mode == self.DEFAULT_MODE:  # a fast hand may have chosen another already
            await self.switch_mode(PLACES[0].mode)
        try:
            self.session = await asyncio.to_thread(self._who_is_acting)
        except SedError as error:
            self.failure = error
            self.exit(return_code=error.exit_code)
            return
        self.screen.refresh_bindings()
        for line in self.screen.query(TitleLine):
            line.side = self.identity
        self.live.begin()
        if self._link is not None:
            self.open_link(self._link)
        elif self.greets:
            self._greet()
        if self._listener is not None:
            await self._listener.start()

    def on_unmount(self) -> None:
        """Take no more links, and wait for no answer that is still on its way."""
        if self._listener is not None:
            self._listener.stop()
        self.gateway.hang_up()

    def open_link(self, link: LinkAddress) -> None:
        """Show what a link leads to, over whatever is shown now."""
        from sed_tui.tui.link_opening import open_link  # with the first link

        self.run_worker(open_link(self, link), group="link", exclusive=True)

    def copy_link(self, link: LinkAddress) -> None:
        """Put a link on the clipboard: for a browser where a server is named."""
        self.copy(link.as_page(self.link_base) if self.link_base else link.as_scheme())

    def _greet(self) -> None:
        from sed_tui.tui.greeting import greeting  # once, and once after an update

        if (shown := greeting(self)) is not None:
            self.push_screen(shown)

    def _who_is_acting(self) -> SessionView:
        from sed_tui.operations.session import SHOW, ShowSession  # 60 ms of pydantic

        return self.gateway.call(SHOW, ShowSession())

    def _screen_of(self, name: str) -> Screen[Any]:
        module, _colon, screen = name.partition(":")
        return cast("Screen[Any]", getattr(import_module(module), screen)(self.gateway))

    async def on_event(self, event: events.Event) -> None:
        """Read Ctrl and Alt with a Cyrillic letter as the Latin chord of the same keys."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.live.touch()
            chord = latin_chord(event.key)
            if chord is not None:
                event = events.Key(chord, None)
        await super().on_event(event)

    @property
    def place(self) -> str:
        """Say for the status line which profile and database this is."""
        return f"{self.profile} · {self.gateway.place}" if self.profile else self.gateway.place

    @property
    def identity(self) -> tuple[str, ...]:
        """Say who is acting, once it is known, in wordings for more and for less room."""
        return person(self.session) if self.session is not None else ()

    @cached_property
    def pin_tries(self) -> PinTries:
        """Return the count of wrong PINs, one for the whole run."""
        from sed_tui.gateway.key_sources import PinTries  # 60 ms of cryptography

        return PinTries()

    def renew_list(self) -> bool:
        """Have the list on the screen read again; tell whether there is one that may be."""
        from sed_tui.tui.frame import SedScreen  # imported by the first screen, not before it

        return isinstance(self.screen, SedScreen) and self.screen.renew()

    def may(self, operation: str) -> bool:
        """Tell whether the user's roles permit an operation; yes until they are known."""
        return self.session is None or operation in self.session.operations

    def copy(self, text: str) -> None:
        """Put text on the clipboard and say so."""
        self.copy_to_clipboard(text)
        first, *others = text.splitlines() or [""]
        if others:
            more = ngettext("and {count} more line", "and {count} more lines", len(others))
            first = f"{first}\n{more.format(count=len(others))}"
        self.notify(first, title=_("Copied"), markup=False, timeout=3)

    def copy_to_clipboard(self, text: str) -> None:
        """Put text on the clipboard, through tmux too."""
        super().copy_to_clipboard(text)
        if "TMUX" in os.environ and self._driver is not None:
            # tmux hands on to the terminal only what is wrapped, and asks for Esc doubled
            encoded = base64.b64encode(text.encode()).decode()
            self._driver.write(f"\x1bPtmux;\x1b\x1b]52;c;{encoded}\a\x1b\\")

    def say_not_permitted(self) -> None:
        """Say that the roles of the user do not go so far."""
        self.notify(_("This is not permitted to your roles."), severity="warning")

    def run_operation(self, operation: Operation[Any, Any]) -> None:
        """Do an operation chosen in the palette, on the screen made for it or in a form."""
        if not self.may(operation.name):
            self.say_not_permitted()
            return
        from sed_tui.tui.operation_routes import open_operation  # imports every screen it may open

        open_operation(self, operation)

    def get_key_display(self, binding: Binding) -> str:
        """Write a key as it stands on the keyboard: F1, Esc, Ctrl+P."""
        *modifiers, key = binding.key.split("+")
        shown = _KEYS.get(key) or super().get_key_display(Binding(key, ""))
        if modifiers or (len(key) > 1 and key[0] == "f" and key[1:].isdecimal()):
            shown = shown.upper() if len(shown) < _LONGEST_KEY else shown
        return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])

    async def action_go(self, mode: str) -> None:
        """Go to a main screen, and there back to its list."""
        if mode != self.current_mode:
            await self.switch_mode(mode)
            return
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_help_quit(self) -> None:
        """Say how the program ends: Ctrl+C copies, it does not end anything."""
        self.notify(_("F10 ends the program."), timeout=3)

    def push_named(self, name: str) -> None:
        """Open a screen named as `module:Class`, imported for this."""
        self.push_screen(self._screen_of(name))

    def action_help(self) -> None:
        """Show the guide to what is on the screen, and once more its keys."""
        from sed_tui.guidance.guides import guide_of_screen  # for this key alone
        from sed_tui.tui.help import HelpScreen, key_lines
        from sed_tui.tui.screen_names import names_of
        from sed_tui.tui.screens.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            self.screen.action_show_keys()
            return
        guide = guide_of_screen(tuple(names_of(self.screen_stack)))
        if guide is None or isinstance(self.screen, HelpScreen):
            self.action_keys()
            return
        self.push_screen(GuideScreen(self.gateway, guide, key_lines(self.screen)))

    def action_keys(self) -> None:
        """Show the keys that work now."""
        from sed_tui.tui.help import HelpScreen, key_lines  # for this key alone

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
            return
        self.push_screen(HelpScreen(key_lines(self.screen)))

    def action_command_palette(self) -> None:
        """Open the palette in the user's language."""
        from sed_tui.tui.palette import Palette  # for this key alone

        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(placeholder=_("What is to be done?")))

    def action_choose_theme(self) -> None:
        """Choose a theme."""
        self.search_themes()

    def action_news(self) -> None:
        """Show what the versions brought."""
        from sed_tui.storage.news import all_news  # for this choice alone
        from sed_tui.tui.greeting import NewsDialog

        self.push_screen(NewsDialog(self, all_news()))

    def action_tour(self) -> None:
        """Show the first steps once more."""
        from sed_tui.tui.greeting import TourDialog  # for this choice alone

        self.push_screen(TourDialog())

    def action_about(self) -> None:
        """Say which program this is and what it works on."""
        from sed_tui.tui.about import about_dialog  # for this choice alone

        self.push_screen(about_dialog(self))

    def search_themes(self) -> None:
        """Choose a theme."""
        from textual.theme import ThemeProvider  # for this choice alone

        from sed_tui.tui.palette import Palette

        self.push_screen(Palette([ThemeProvider], placeholder=_("Choose a theme")))

    def on_virtual_table_copied(self, event: VirtualTable.Copied) -> None:
        """Copy what a list was asked for."""
        self.copy(event.text)

    def on_paged_view_failed(self, event: VirtualTable.Failed) -> None:
        """Stop at our own bugs; what the user can act on stands in the table."""
        if not isinstance(event.error, SedError):
            raise event.error

    def _remember_theme(self, theme: Theme) -> None:
        remember("theme", theme.name)
