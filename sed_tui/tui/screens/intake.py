"""Letters by mail: what waits for its number, what became of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.intake_letter import LetterRow
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.intake_rows import SCOPES, detail, letter_columns, letter_rows
from sed_tui.tui.turned import TurnedScreen
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.domain.intake import IntakeState

_STATES = list(SCOPES)


class IntakeScreen(TurnedScreen):
    """Letters taken in; the arrows turn between their states, the line narrows."""

    PLACE = "more"
    AUTO_FOCUS = "#letters"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="intake.turn"),
        Binding(both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="intake.back"),
        Binding(
            both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="intake.find"
        ),
        Binding("escape,backspace", "leave", N_("Back"), id="intake.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list, the row under the cursor below."""
        yield FilterBar(_("words of the sender or the subject"))
        yield VirtualTable(
            letter_columns(),
            empty=_("No letters here. → shows others, Esc takes the words away."),
            explain=explanation,
            id="letters",
        )
        yield Static(id="detail", markup=False)

    @property
    def state(self) -> IntakeState:
        """Return the state of the letters that are listed."""
        return _STATES[self._scope]

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#letters", VirtualTable)

    @property
    def turns(self) -> int:
        """Return how many states there are."""
        return len(_STATES)

    @property
    def listed(self) -> LetterRow | None:
        """Return the letter under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, LetterRow) else None

    def action_reload(self) -> None:
        """Read the list again."""
        self.say_title(_("Letters by mail") + ": " + _(SCOPES[self.state]))
        self.table.highlight = words(self.query_text)
        self.table.show(letter_rows(self.gateway, self.state, self.query_text))

    @on(VirtualTable.Changed)
    def count(self) -> None:
        """Say how many there are, and tell the row under the cursor whole."""
        shown = amount(self.table.total)
        self.say_counts(_("more than {count}").format(count=shown) if self.table.more else shown)
        text = detail(self.listed) if self.listed is not None else ""
        self.query_one("#detail", Static).update(text, layout=False)

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open the letter under the cursor."""
        from sed_tui.tui.screens.intake_letter import IntakeLetterScreen  # for Enter alone

        if (listed := self.listed) is not None:
            self.app.push_screen(
                IntakeLetterScreen(self.gateway, str(listed.id)),
                lambda _done: self.action_reload(),
            )

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the letter under the cursor."""
        find = ("--find", self.query_text) if self.query_text else ()
        command = ("document", "intake", "list", "--state", self.state.value, *find)
        found = [Equivalent(_("This list"), command)]
        if (listed := self.listed) is not None:
            command = ("document", "intake", "show", listed.short_id)
            found.append(Equivalent(_("Show the letter"), command))
        return found
