"""The Duma: submissions with their passage, sittings with their terms, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from sed_tui.domain.duma import RuleSort
from sed_tui.i18n import N_, _
from sed_tui.operations import duma, duma_submission
from sed_tui.operations.duma import DumaRuleRow, ListDumaRules, ListSittings, Sitting
from sed_tui.operations.duma_submission import Submission, SubmissionRow
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.duma_rows import VIEWS, View, columns_of, duma_rows
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.turned import TurnedScreen
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.tui.entry_dialog import Task

_VIEWS = list(VIEWS)
_COMMANDS = {
    View.UNDER_WAY: ("duma", "list"),
    View.ALL: ("duma", "list", "--all"),
    View.SITTINGS: ("duma", "sitting", "list"),
    View.RULES: ("duma", "rule", "list", "--all"),
}


class DumaScreen(TurnedScreen):
    """What is prepared for the Duma; the arrows turn between views, the line narrows."""

    PLACE = "more"
    AUTO_FOCUS = "#duma"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("n,insert,f7"), "begin", N_("New"), id="duma.new"),
        Binding(both_layouts("a"), "act", N_("What to do"), id="duma.act"),
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="duma.turn"),
        Binding(both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="duma.back"),
        Binding(both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="duma.find"),
        Binding("escape,backspace", "leave", N_("Back"), id="duma.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("words of a title, a number, a day"))
        yield VirtualTable(
            columns_of(self.view),
            empty=_("Nothing here. n begins one, → shows others."),
            explain=explanation,
            id="duma",
        )

    @property
    def view(self) -> View:
        """Return what is listed."""
        return _VIEWS[self._scope]

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#duma", VirtualTable)

    @property
    def turns(self) -> int:
        """Return how many views there are."""
        return len(_VIEWS)

    def action_reload(self) -> None:
        """Read the list again."""
        self.say_title(_("Duma") + ": " + _(VIEWS[self.view]))
        self.table.highlight = words(self.query_text)
        self.table.use_columns(columns_of(self.view))
        self.table.show(duma_rows(self.gateway, self.view, self.query_text))

    @on(VirtualTable.Opened)
    def read(self, event: VirtualTable.Opened) -> None:
        """Open the checklist of a submission, the terms of a sitting, a rule."""
        from sed_tui.tui.duma_text import rule_text, sitting_text  # for Enter alone

        match event.row.data:
            case SubmissionRow() as row:
                self._open(str(row.id))
            case Sitting() as sitting:
                self.app.push_screen(TextDialog(_("Sitting"), sitting_text(sitting)))
            case DumaRuleRow() as rule:
                self.app.push_screen(TextDialog(_("Rule"), rule_text(rule)))

    def _open(self, submission: str) -> None:
        from sed_tui.tui.screens.duma_submission import DumaSubmissionScreen  # for one of them

        self.app.push_screen(
            DumaSubmissionScreen(self.gateway, submission), lambda _done: self.action_reload()
        )

    def action_begin(self) -> None:
        """Begin what the view lists: a submission, a sitting, a rule."""
        from sed_tui.tui import duma_tasks  # for this key alone

        if self.view is View.SITTINGS:
            self._ask(duma_tasks.add_sitting_task())
        elif self.view is View.RULES:
            self._ask(duma_tasks.rule_task(None))
        elif self._may(duma_submission.OPEN.name):
            self._opening = self.do(self._beginnings, self._begin, group=duma.SITTINGS.name)

    def _beginnings(self) -> tuple[list[Sitting], list[str]]:
        sittings = self.gateway.call(duma.SITTINGS, ListSittings()).rows
        rules = self.gateway.call(duma.RULES, ListDumaRules()).rows
        kinds = dict.fromkeys(rule.kind for rule in rules if rule.sort is RuleSort.PAPER)
        return sittings, list(kinds)

    def _begin(self, found: tuple[list[Sitting], list[str]]) -> None:
        from sed_tui.tui.duma_tasks import open_task  # for this key alone

        sittings, kinds = found
        if sittings:
            self._ask(open_task(sittings, kinds))
        else:
            self.notify(_("No sitting is known: → and n enter one."), severity="warning")

    def action_act(self) -> None:
        """Move the sitting, change the rule; of a submission its own screen offers all."""
        from sed_tui.tui.duma_tasks import move_task, rule_task  # for this key alone

        match self.table.row.data if self.table.row is not None else None:
            case SubmissionRow() as row:
                self._open(str(row.id))
            case Sitting() as sitting:
                self._ask(move_task(sitting))
            case DumaRuleRow() as rule:
                self._ask(rule_task(rule))

    def _ask(self, task: Task) -> None:
        if self._may(task.operation.name):
            self.app.push_screen(EntryDialog(self.gateway, task), self._done)

    def _done(self, result: object) -> None:
        if isinstance(result, Sitting) and result.told:
            told = _("Told by letter: {people}").format(people=", ".join(result.told))
            self.notify(told, markup=False, timeout=8)
        if isinstance(result, Submission):
            self._open(str(result.id))
        self.action_reload()

    def _may(self, operation: str) -> bool:
        if self.sed_app.may(operation):
            return True
        self.sed_app.say_not_permitted()
        return False

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the submission under the cursor."""
        found = [Equivalent(_("This list"), _COMMANDS[self.view])]
        row = self.table.row
        if row is not None and isinstance(row.data, SubmissionRow):
            found.append(Equivalent(_("Show it"), ("duma", "show", row.data.short_id)))
        return found
