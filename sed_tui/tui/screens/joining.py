"""Joining: the queue of the operator, and an organization's own application."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.operations.joining import (
    SHOW,
    Application,
    ApplicationRow,
    ShowApplication,
    WaitingStep,
)
from sed_tui.operations.joining_papers import TEMPLATES, ListTemplates
from sed_tui.operations.joining_password import FirstPassword
from sed_tui.operations.values import shown_value
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog, Task
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.joining_operator_tasks import file_task, operator_task, publish_task, term_task
from sed_tui.tui.joining_rows import (
    SCOPES,
    application_columns,
    application_rows,
    application_text,
)
from sed_tui.tui.joining_tasks import apply_task, leaving_task, tasks_for
from sed_tui.tui.joining_views import View, first_password_text, office_views, people_view
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.turned import TurnedScreen
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.operations.joining_papers import TemplateList
    from sed_tui.operations.registry import Message

_SCOPE_OPTIONS = ((), ("--late",), ("--all",))


def _waits(one: WaitingStep) -> str:
    step = shown_value("joining_step", one.joining_step.value)
    if one.may_be_left:
        return _("{step}, leaving work open with a reason").format(step=step)
    return _("{step}: has to wait, Enter says for what").format(step=step)


class JoiningScreen(TurnedScreen):
    """Applications, the most urgent first; what can be done to one is a list of forms."""

    PLACE = "more"
    AUTO_FOCUS = "#applications"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("n,insert,f7"), "begin", N_("New"), id="joining.new"),
        Binding(both_layouts("a,f2"), "act", N_("What to do"), id="joining.act"),
        Binding(both_layouts("o,f8"), "office", N_("Papers and terms"), id="joining.office"),
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="joining.turn"),
        Binding(both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="joining.back"),
        Binding(
            both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="joining.find"
        ),
        Binding("escape,backspace", "leave", N_("Back"), id="joining.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("words of the name, a code, an OGRN"))
        yield VirtualTable(
            application_columns(),
            empty=_("No applications here. n begins one, → shows others."),
            explain=explanation,
            id="applications",
        )

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#applications", VirtualTable)

    @property
    def listed(self) -> ApplicationRow | None:
        """Return what stands under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, ApplicationRow) else None

    @property
    def turns(self) -> int:
        """Return how many selections there are."""
        return len(SCOPES)

    def action_reload(self) -> None:
        """Read the list again."""
        self.say_title(_("Joining") + ": " + _(SCOPES[self._scope][0]))
        self.table.highlight = words(self.query_text)
        self.table.show(application_rows(self.gateway, self._scope, self.query_text))

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open the application under the cursor."""
        if (listed := self.listed) is not None:
            self.open(SHOW, ShowApplication(application=str(listed.id)), self._show)

    def _show(self, card: Application) -> None:
        self.app.push_screen(TextDialog(_("Application"), application_text(card)))

    def action_begin(self) -> None:
        """Begin an application; the operator names the code of a new organization."""
        if not self.sed_app.may("joining.apply"):
            self.sed_app.say_not_permitted()
            return
        self._ask(apply_task(is_operator=True))

    def action_act(self) -> None:
        """Choose among what can be done to the application under the cursor."""
        if (listed := self.listed) is None:
            return
        if not self.sed_app.may("joining.step"):
            self.sed_app.say_not_permitted()
            return
        self.open(SHOW, ShowApplication(application=str(listed.id)), self._choose)

    def _choose(self, card: Application) -> None:
        """Offer what can be done, what is read, and last what has to wait, with the reason."""
        tasks = [task for task in tasks_for(card, self.gateway) if self._may(task)]
        choices: list[tuple[object, str]] = [(task, task.title) for task in tasks]
        people = people_view(card)
        choices.append((people, people.title))
        choices += [((card, one), _waits(one)) for one in card.waiting]
        self.app.push_screen(ChoiceDialog(card.name, choices), self._chosen)

    def action_office(self) -> None:
        """Choose among what concerns no single application: papers, terms, the operator."""
        tasks = [task for task in (file_task(), term_task(), operator_task()) if self._may(task)]
        choices: list[tuple[object, str]] = [(one, one.title) for one in office_views()]
        if self.sed_app.may("joining.publish"):
            choices.append((TEMPLATES, _("Publish an edition of a paper")))
        choices += [(task, task.title) for task in tasks]
        self.app.push_screen(ChoiceDialog(_("Papers and terms"), choices), self._chosen)

    def _may(self, task: Task) -> bool:
        return self.sed_app.may(task.operation.name)

    def _chosen(self, choice: object | None) -> None:
        match choice:
            case None:
                return
            case View() as view:
                self.open(view.operation, view.request, lambda found: self._read(view, found))
            case (Application() as card, WaitingStep() as step):
                self._wait(card, step)
            case _ if choice is TEMPLATES:
                self.open(TEMPLATES, ListTemplates(), self._choose_paper)
            case _:
                self._ask(cast("Task", choice))

    def _read(self, view: View, found: object) -> None:
        self.app.push_screen(TextDialog(view.title, view.text(found)))

    def _wait(self, card: Application, step: WaitingStep) -> None:
        """Do what leaves something open, with a reason; of anything else say what is missing."""
        if step.may_be_left:
            self._ask(leaving_task(card, step.joining_step))
            return
        title = str(shown_value("joining_step", step.joining_step.value))
        self.app.push_screen(TextDialog(title, Text("\n".join(f"◦ {one}" for one in step.missing))))

    def _choose_paper(self, found: TemplateList) -> None:
        """Choose whose next edition is written; the form begins with the last one."""
        last = {one.paper: one for one in found.rows}
        choices = [(publish_task(one), publish_task(one).title) for one in last.values()]
        self.app.push_screen(
            ChoiceDialog(_("Publish an edition of a paper"), choices), self._chosen
        )

    def _ask(self, task: Task) -> None:
        self.app.push_screen(EntryDialog(self.gateway, task), self._done)

    def _done(self, done: Message | None) -> None:
        """Read the list again; a password is shown once, over it."""
        self.action_reload()
        if isinstance(done, FirstPassword):
            self.app.push_screen(TextDialog(_("First password"), first_password_text(done)))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the application under the cursor."""
        command = ("joining", "list", *self.query_text.split(), *_SCOPE_OPTIONS[self._scope])
        found = [Equivalent(_("This list"), command)]
        if (listed := self.listed) is not None:
            found.append(Equivalent(_("Show it"), ("joining", "show", listed.application)))
        return found
