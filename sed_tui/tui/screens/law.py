"""The legal reference: acts by level and by words, and what of them needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.operations.law import SHOW, ActCard, ShowAct
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.law_rows import ATTENTION, SCOPES, Listed, act_columns, act_rows, act_text
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.turned import TurnedScreen
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class LawScreen(TurnedScreen):
    """The acts, whose they are chosen with the arrows; the last turn is what needs attention."""

    PLACE = "more"
    AUTO_FOCUS = "#acts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="law.turn"),
        Binding(both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="law.back"),
        Binding(both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="law.find"),
        Binding(both_layouts("m"), "mark_checked", N_("Checked"), id="law.checked"),
        Binding("escape,backspace", "leave", N_("Back"), id="law.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("words in any form"))
        yield VirtualTable(
            act_columns(),
            empty=_("No act here. Esc shows all of them, → the next group."),
            explain=explanation,
            id="acts",
        )

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#acts", VirtualTable)

    @property
    def listed(self) -> Listed | None:
        """Return what stands under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, Listed) else None

    @property
    def turns(self) -> int:
        """Return how many selections there are."""
        return len(SCOPES) + 1

    def action_reload(self) -> None:
        """Read the list again."""
        titles = (*(title for title, _level in SCOPES), ATTENTION)
        self.say_title(_("Legal reference") + ": " + _(titles[self._scope]))
        self.table.highlight = words(self.query_text)
        self.table.show(act_rows(self.gateway, self._scope, self.query_text))

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open the act under the cursor."""
        if (listed := self.listed) is not None:
            self.open(SHOW, ShowAct(act=listed.code), self._show)

    def _show(self, card: ActCard) -> None:
        self.app.push_screen(TextDialog(_("Act"), act_text(card)))

    def action_mark_checked(self) -> None:
        """Say what was found out about the act under the cursor."""
        if (listed := self.listed) is None:
            return
        if not self.sed_app.may("law.set"):
            self.sed_app.say_not_permitted()
            return
        self.open(SHOW, ShowAct(act=listed.code), self._ask)

    def _ask(self, card: ActCard) -> None:
        from sed_tui.tui.law_task import checked_task  # for this key alone

        self.app.push_screen(
            EntryDialog(self.gateway, checked_task(card)), lambda _done: self.action_reload()
        )

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the act under the cursor."""
        if self._scope == len(SCOPES):
            found = [Equivalent(_("This list"), ("law", "check"))]
        else:
            level = SCOPES[self._scope][1]
            given = ("--level", level.value) if level else ()
            found = [Equivalent(_("This list"), ("law", "list", *self.query_text.split(), *given))]
        if (listed := self.listed) is not None:
            found.append(Equivalent(_("Show the act"), ("law", "show", listed.code)))
        return found
