"""What surrounds every screen: navigation, title, actions, status; a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from sed_tui.i18n import _
from sed_tui.tui.places import PLACES

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding

    from sed_tui.tui.places import Place

MOST_ACTIONS = 7


class NavigationBar(Widget):
    """The main screens with their number keys; the present one stands out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--here", "bar--key", "bar--name"}
    DEFAULT_CSS = """
    NavigationBar { height: 1; background: $panel; }
    NavigationBar > .bar--name { text-style: bold; color: $text-primary; }
    NavigationBar > .bar--key { text-style: bold; color: $text-accent; }
    NavigationBar > .bar--here { text-style: bold reverse; }
    """

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here
        self._ends: list[tuple[int, str]] = []

    def render(self) -> Text:
        """Draw the names in a row."""
        name = _("SED")
        text = Text(f" {name} ", self.get_component_rich_style("bar--name"), no_wrap=True)
        self._ends = []
        for place in PLACES:
            text.append(" ")
            if place.mode == self._here:
                text.append(
                    f" {place.key} {_(place.short)} ", self.get_component_rich_style("bar--here")
                )
            else:
                text.append(f" {place.key}", self.get_component_rich_style("bar--key"))
                text.append(f" {_(place.short)} ")
            self._ends.append((cell_len(text.plain), place.mode))
        return text

    async def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        for end, mode in self._ends:
            if event.x < end:
                await self.app.run_action(f"go('{mode}')", self.app)
                return


class TitleLine(Widget):
    """The title of the screen, and on the right who is acting where."""

    DEFAULT_CSS = "TitleLine { height: 1; text-style: bold; padding: 0 1; }"
    title: reactive[str] = reactive("")
    side: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Text:
        """Draw both, of the right side the longest wording there is room for."""
        room = self.size.width - cell_len(self.title) - 2
        fitting = [text for text in self.side if cell_len(text) <= room]
        side = Text((fitting or self.side[-1:] or ("",))[0], "not bold", no_wrap=True)
        side.truncate(max(0, room), overflow="ellipsis")
        gap = " " * max(0, self.size.width - cell_len(self.title) - cell_len(side.plain))
        return Text(self.title, no_wrap=True).append(gap).append_text(side)


class StatusLine(Widget):
    """Where the records are, and the counts of the list."""

    DEFAULT_CSS = "StatusLine { height: 1; color: $text-muted; padding: 0 1; }"
    place: reactive[str] = reactive("")
    counts: reactive[str] = reactive("")

    def render(self) -> Text:
        """Draw the counts whole and of the place as much as fits, its end first."""
        room = max(0, self.size.width - cell_len(self.counts) - 3)
        place = self.place
        if cell_len(place) > room:
            place = "…" + place[-max(0, room - 1) :] if room > 1 else ""
        parts = [part for part in (place, self.counts) if part]
        return Text(" · ".join(parts), no_wrap=True, overflow="ellipsis")


class ActionBar(Widget):
    """At most seven actions of what has the focus; the last one is the help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key"}
    DEFAULT_CSS = """
    ActionBar { height: 1; background: $panel; padding: 0 1; }
    ActionBar > .bar--key { text-style: bold; color: $text-accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._ends: list[tuple[int, ActiveBinding]] = []

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        """Draw as many as fit, each its key and its name."""
        style = self.get_component_rich_style("bar--key")
        *actions, last = shown_actions(self.screen)
        text, self._ends = Text(no_wrap=True), []
        room = self.size.width - cell_len(_label(self, last)) - 2
        for action in (*actions, last):
            label = _label(self, action)
            if action is not last and cell_len(text.plain) + cell_len(label) + 2 > room:
                continue
            if text:
                text.append("  ")
            key, _space, name = label.partition(" ")
            text.append(key, style).append(f" {name}")
            self._ends.append((cell_len(text.plain) + 1, action))
        return text

    async def on_click(self, event: events.Click) -> None:
        """Do the action that was clicked."""
        for end, action in self._ends:
            if event.x <= end:
                await self.app.run_action(action.binding.action, action.node)
                return


def shown_actions(screen: Screen[object]) -> list[ActiveBinding]:
    """Return the actions for the bar, those of the focus first and the help last."""
    found: dict[str, ActiveBinding] = {}
    offers = getattr(screen, "offers", lambda _action: True)
    for active in screen.active_bindings.values():
        if active.binding.show and active.enabled and offers(active.binding.action):
            found.setdefault(active.binding.action, active)
    help_action = [active for name, active in found.items() if name == "help"]
    others = [active for name, active in found.items() if name != "help"]
    # what every screen has comes after what only this one has
    others.sort(key=lambda active: (active.binding.id or "").startswith("screen."))
    return others[: MOST_ACTIONS - len(help_action)] + help_action


def _label(bar: ActionBar, action: ActiveBinding) -> str:
    return f"{bar.app.get_key_display(action.binding)} {_(action.binding.description)}"


class OpeningScreen(Screen[None]):
    """The frame of the first screen, painted before anything is imported or read."""

    # a bare widget draws its own name, hence hidden
    DEFAULT_CSS = """
    OpeningScreen { layout: vertical; }
    OpeningScreen > #room { height: 1fr; visibility: hidden; }
    """

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Put the lines where they will stay."""
        yield NavigationBar(self._place.mode)
        yield TitleLine()
        yield Widget(id="room")
        yield ActionBar()
        yield StatusLine()

    def is_reading(self, key: str) -> bool:
        """Let every key wait that does not choose a screen."""
        return key not in {place.key for place in PLACES}

    def on_mount(self) -> None:
        """Name the screen that is being opened."""
        self.query_one(TitleLine).title = _(self._place.title)
