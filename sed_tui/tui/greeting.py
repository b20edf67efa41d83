"""What a person is shown once: the tour on the first run, what is new after an update."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.storage.news import news_since
from sed_tui.tui.preferences import remember, remembered
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

    from sed_tui.storage.news import VersionNews
    from sed_tui.tui.app import SedApp

_TOUR, _SEEN = "tour", "seen_version"
_STEPS = (
    (
        N_("What waits for you"),
        N_("1 shows it by term. Tab goes to the next group, Enter opens a row, Esc goes back."),
    ),
    (
        N_("Where things are"),
        N_("2 documents, 3 assignments, 4 approval, 5 reports, 0 everything else."),
    ),
    (
        N_("Find and do"),
        N_("/ finds words in any form. Ctrl+P or F9 finds everything that can be done."),
    ),
    (
        N_("Keys and commands"),
        N_("The keys of the moment stand below, on either layout. : copies the command."),
    ),
    (
        N_("When in doubt"),
        N_("F1 opens the guide to the screen, e explains what is under the cursor."),
    ),
)


def greeting(app: SedApp) -> Screen[None] | None:
    """Return what is to be shown once, None where everything was shown already."""
    news = news_since(remembered(_SEEN))
    if remembered(_TOUR) is None:
        return TourDialog()
    return NewsDialog(app, news) if news else None


class TourDialog(ModalScreen[None]):
    """The tour: a step at a time, left at any moment and never shown again."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space", "step(1)", N_("Next"), id="tour.next"),
        Binding("left,backspace", "step(-1)", N_("Previous"), id="tour.previous"),
        Binding("escape", "leave", N_("Skip the tour"), id="tour.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._step = 0

    def compose(self) -> ComposeResult:
        """Put the step under its title."""
        with Vertical(classes="dialog"):
            yield Label(id="tour-title", classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(id="tour-text", markup=False)
            yield Label(
                _("Enter goes on, ← goes back, Esc ends the tour."),
                classes="dialog-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Remember that it was shown: a terminal may vanish in the middle."""
        remember(_TOUR, "shown")
        remember(_SEEN, news_since(None)[0].number)
        self._show()

    def action_step(self, step: int) -> None:
        """Go to another step; after the last one the tour ends."""
        self._step = max(0, self._step + step)
        if self._step >= len(_STEPS):
            self.dismiss()
        else:
            self._show()

    def action_leave(self) -> None:
        """End the tour."""
        self.dismiss()

    def _show(self) -> None:
        title, text = _STEPS[self._step]
        place = f"{self._step + 1}/{len(_STEPS)}"
        self.query_one("#tour-title", Label).update(f"{_(title)}   {place}")
        self.query_one("#tour-text", Static).update(_(text))


class NewsDialog(ModalScreen[None]):
    """What is new since the version that was seen; an administrator takes note of it."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", N_("Close"), id="news.leave"),
        Binding(both_layouts("a"), "acknowledge", N_("Take note"), id="news.acknowledge"),
    ]

    def __init__(self, app: SedApp, news: tuple[VersionNews, ...]) -> None:
        super().__init__()
        self._sed_app, self._news = app, news

    def compose(self) -> ComposeResult:
        """List the changes, those that matter to administrators with a sign."""
        text = Text()
        for version in self._news:
            text.append(f"{version.number}\n", "bold")
            for item in version.items:
                text.append(f"{'!' if item.must else '•'} {item.text}\n")
        with Vertical(classes="dialog"):
            yield Label(_("What is new"), classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(text, markup=False)
            closes = _("Esc closes.")
            if self._sed_app.may("news.acknowledge"):
                closes = _("Esc closes, a takes note for the record.")
            yield Label(closes, classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Remember what was shown."""
        remember(_SEEN, self._news[0].number)

    async def action_acknowledge(self) -> None:
        """Take note in the database."""
        from sed_tui.operations.news import ACKNOWLEDGE, AcknowledgeNews

        if not self._sed_app.may("news.acknowledge"):
            return
        request = AcknowledgeNews(version=self._news[0].number)
        try:
            await asyncio.to_thread(self._sed_app.gateway.call, ACKNOWLEDGE, request)
        except SedError as error:
            self.notify(explanation(error), severity="error", markup=False)
            return
        self.notify(_("It is on record that you have taken note."), markup=False)
        self.dismiss()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()
