"""A guide to be read; the keys of the screen it belongs to are one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from sed_tui.i18n import N_, _
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

    from sed_tui.gateway import Gateway
    from sed_tui.guidance.guides import Guide
    from sed_tui.tui.help import KeyLine


class GuideScreen(SedScreen[None]):
    """The text of a guide."""

    PLACE = "more"
    AUTO_FOCUS = "#guide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", N_("Back"), id="guide.leave"),
        Binding(both_layouts("k"), "show_keys", N_("Keys"), id="guide.keys"),
        Binding(both_layouts("l"), "all_guides", N_("All guides"), id="guide.all"),
        Binding("space", "page_down", N_("Page down"), show=False, id="guide.page_down"),
    ]

    def __init__(self, gateway: Gateway, guide: Guide, keys: Sequence[KeyLine] = ()) -> None:
        super().__init__(gateway)
        self._guide, self._keys = guide, keys

    def content(self) -> ComposeResult:
        """Put the text into the room there is."""
        with VerticalScroll(id="guide"):
            yield Markdown(self._guide.text, open_links=False)

    def on_mount(self) -> None:
        """Name the guide."""
        self.say_title(self._guide.title)
        self.say_counts(self._guide.source)

    def action_show_keys(self) -> None:
        """Show the keys of the screen that the guide was opened from."""
        from sed_tui.tui.help import HelpScreen, key_lines  # for this key alone

        lines = self._keys or key_lines(cast("Screen[object]", self))
        self.app.switch_screen(HelpScreen(list(lines)))

    def action_all_guides(self) -> None:
        """Go to the list of guides."""
        from sed_tui.tui.screens.guides import GuidesScreen  # for this key alone

        self.app.switch_screen(GuidesScreen(self.gateway))

    def action_page_down(self) -> None:
        """Turn the page."""
        self.query_one("#guide", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the guide."""
        topic = self._guide.topic
        return [
            Equivalent(_("Show the guide"), ("guide", "show", topic)),
            Equivalent(_("Print the guide"), ("guide", "print", topic, "-o", f"{topic}.html")),
        ]
