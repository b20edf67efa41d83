"""A form with a term: when it would end and why, and who of its people is away until then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.errors import SedError
from sed_tui.errors.input import BadDate
from sed_tui.i18n import N_, _
from sed_tui.operations.calendar import EXPLAIN, ExplainTerm, TermExplained
from sed_tui.operations.labels import label
from sed_tui.tui.absences import told_absences
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.screens.form_screen import FormScreen
from sed_tui.tui.suggestions import known
from widgets.completion import CompletionField
from widgets.form_dates import Leaning, read_date
from widgets.form_field import Field, complaint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.timer import Timer

    from sed_tui.gateway import Gateway
    from sed_tui.operations.assignment_template import AssignmentTemplate

Outcome = TypeVar("Outcome")
_PAUSE = 0.06
_EXPLAINED = {"due", "executor", "co_executors"}
TERMS = ("срочно", "оперативно", "месяц", "без срока", "3 рд", "5 рд", "10 рд", "10", "30")


class TermField(CompletionField):
    """A term: a date in any spelling of a form, days, working days, or a named one."""

    def __init__(
        self, key: str, screen: FormScreen[Any], title: str | None = None, **settings: Any
    ) -> None:
        hint = _("a date, 5 рд, срочно …")
        super().__init__(key, title or label(key), known(TERMS), hint=hint, **settings)
        self._today = screen.today

    def meaning(self, text: str) -> str:
        """Return what the text means."""
        if re.fullmatch(r"[1-9][0-9]{0,2}", text):  # «10» is ten days, not the tenth
            return text
        try:
            day = read_date(text, self._today(), Leaning.FUTURE, self.key)
        except BadDate:
            if text.isdecimal():
                raise
            return " ".join(text.split())
        return f"{day:%d.%m.%Y}"


class TermForm(FormScreen[Outcome]):
    """A form with the fields `text`, `due`, `executor` and `co_executors`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "choose_template", N_("Template"), priority=True, id="form.template"),
    ]

    def __init__(self, gateway: Gateway, draft: str, **settings: Any) -> None:
        self.explanation = Static(id="explanation", markup=False)
        self._asking: Timer | None = None
        super().__init__(gateway, draft, **settings)

    def open_form(self) -> None:
        """Fill the form and explain its term."""
        super().open_form()
        self.explain()

    @on(Field.Changed)
    def _on_field_changed(self, event: Field.Changed) -> None:
        if event.field.key in _EXPLAINED:
            if self._asking is not None:
                self._asking.stop()
            self._asking = self.set_timer(_PAUSE, self.explain)

    def action_choose_template(self) -> None:
        """Offer the usual words of the office."""
        self._read_templates()

    @work(thread=True, exclusive=True, group="templates", exit_on_error=False)
    def _read_templates(self) -> None:
        # for this key alone
        from sed_tui.operations.assignment_template import LIST, ListTemplates

        rows = self.gateway.call(LIST, ListTemplates()).rows
        self.app.call_from_thread(self._offer_templates, rows)

    def _offer_templates(self, rows: Sequence[AssignmentTemplate]) -> None:
        if not rows:
            self.say(_("There are no templates: sedctl assignment template set CODE --text …"))
            return
        choices = [((row.text, row.due), _line(row)) for row in rows]
        hint = _("Enter takes it, Esc leaves.")
        dialog = ChoiceDialog(_("Templates of assignments"), choices, hint)
        self.app.push_screen(dialog, self._take_template)

    def _take_template(self, chosen: object) -> None:
        """Put the words after those that stand there, the term where none does."""
        if not isinstance(chosen, tuple):
            return
        words, term = chosen
        text, due = self.form.fields["text"], self.form.fields["due"]
        text.raw = "\n".join(filter(None, [text.raw.strip(), words]))
        text.changed()
        if term is not None and not due.raw.strip():
            due.raw = term
            due.changed()
        text.focus_editor()

    def explain(self) -> None:
        """Show when the term would end, why, and who is away until then."""
        executor = self.form.readable("executor")
        people = [executor] if executor else []
        people += self.form.readable("co_executors") or ()
        term = self.form.readable("due")
        self._explain(
            ExplainTerm(start=self.today(), term=term, document=self.resting_upon), people
        )

    @property
    def resting_upon(self) -> str | None:
        """Return the document whose kind may bring a term with it."""
        return None

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, request: ExplainTerm, people: Sequence[str]) -> None:
        try:
            found = self.gateway.call(EXPLAIN, request)
        except SedError as error:
            self.app.call_from_thread(self._show_term, complaint(error), wrong=True)
        else:
            absences = told_absences(self.gateway, people, found.effective)
            self.app.call_from_thread(self._show_term, _told(found, absences), wrong=False)

    def _show_term(self, text: Text | str, *, wrong: bool) -> None:
        self.explanation.update(text)
        self.explanation.set_class(wrong, "-wrong")


def _line(template: AssignmentTemplate) -> str:
    text = " ".join(template.text.split())
    return " · ".join(filter(None, [text, template.due]))


def _told(found: TermExplained, absences: Sequence[str]) -> Text:
    if found.effective is None:
        end = _("without a term")
    else:
        end = _("until {day}").format(day=f"{found.effective:%d.%m.%Y}")
    warnings = [Text(line, "bold") for line in absences]
    return Text("\n").join([Text(end, "bold"), *warnings, *map(Text, found.explanation)])
