"""More: what is not needed every hour, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on

from sed_tui.i18n import _
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.more_entries import ENTRIES, MoreEntry
from widgets.rows import Column, FixedRows, Row
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult


class MoreScreen(SedScreen[None]):
    """The list of the other screens."""

    PLACE = "more"
    AUTO_FOCUS = "#more"

    def content(self) -> ComposeResult:
        """List the entries."""
        columns = (Column(_("Section"), 22), Column(_("What it is for"), 30, share=1))
        rows = [Row(entry.opens, (_(entry.title), _(entry.note)), data=entry) for entry in ENTRIES]
        yield VirtualTable(columns, FixedRows(rows), id="more")

    def on_mount(self) -> None:
        """Say where one is."""
        self.say_title(_("More"))
        self.say_counts("")

    @on(VirtualTable.Opened)
    async def open_entry(self, event: VirtualTable.Opened) -> None:
        """Open what was chosen."""
        entry = cast("MoreEntry", event.row.data)
        if entry.is_screen:
            self.sed_app.push_named(entry.opens)
        else:
            await self.app.run_action(entry.opens, self.app)
