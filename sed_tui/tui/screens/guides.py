"""Guides: the list of all, narrowed down by words in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.guide_rows import guide_columns, guide_rows
from sed_tui.tui.narrowed import NarrowedScreen
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.guidance.guides import Guide


class GuidesScreen(NarrowedScreen):
    """The guides of the program and the instructions of the organization."""

    PLACE = "more"
    AUTO_FOCUS = "#guides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="guides.find"
        ),
        Binding("escape,backspace", "leave", N_("Back"), id="guides.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("words in any form"))
        yield VirtualTable(
            guide_columns(),
            guide_rows(),
            empty=_("No guide holds these words. Esc shows all of them."),
            explain=explanation,
            id="guides",
        )

    def on_mount(self) -> None:
        """Say where one is."""
        self.say_title(_("Guides"))

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#guides", VirtualTable)

    @property
    def guide(self) -> Guide | None:
        """Return the guide under the cursor."""
        row = self.table.row
        return None if row is None else cast("Guide", row.data)

    @on(FilterBar.Asked)
    def show_matches(self, event: FilterBar.Asked) -> None:
        """Show the sections in which the words were found."""
        self.table.highlight = words(event.query)
        self.table.cursor = 0
        self.table.show(guide_rows(event.query))

    @on(VirtualTable.Changed)
    def count(self) -> None:
        """Say how many there are."""
        self.say_counts(amount(self.table.total))

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open the guide under the cursor."""
        from sed_tui.tui.screens.guide import GuideScreen  # 40 ms of Markdown

        if (guide := self.guide) is not None:
            self.app.push_screen(GuideScreen(self.gateway, guide))

    def action_reload(self) -> None:
        """Read the folders of instructions again."""
        self.table.show(guide_rows(self.query_text))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the guide under the cursor."""
        query = self.query_text
        listed = ("guide", "search", *query.split()) if query else ("guide", "list")
        found = [Equivalent(_("This list"), listed)]
        if (guide := self.guide) is not None:
            found.append(Equivalent(_("Show the guide"), ("guide", "show", guide.topic)))
        return found
