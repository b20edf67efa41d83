"""The assignment form: who has to do what by when, with the term explained beforehand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.text import clean
from sed_tui.errors import SedError
from sed_tui.errors.input import BadDate
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import ISSUE, AssignmentIssued, IssueAssignment
from sed_tui.operations.calendar import EXPLAIN, ExplainTerm, TermExplained
from sed_tui.operations.labels import label
from sed_tui.operations.registry import CallOptions
from sed_tui.tui.screens.form_screen import FormScreen
from sed_tui.tui.suggestions import employees, known
from widgets.completion import CompletionField
from widgets.completion_list import CompletionListField
from widgets.form import Form
from widgets.form_dates import Leaning, read_date
from widgets.form_field import Field, complaint
from widgets.form_fields import LongTextField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from textual.binding import BindingType
    from textual.timer import Timer

    from sed_tui.gateway import Gateway

_TEXT_LIMIT = 4000
_PAUSE = 0.06
TERMS = ("срочно", "оперативно", "месяц", "без срока", "3 рд", "5 рд", "10 рд", "10", "30")


class TermField(CompletionField):
    """A term: a date in any spelling of a form, days, working days, or a named one."""

    def __init__(self, key: str, screen: FormScreen[Any]) -> None:
        super().__init__(key, label(key), known(TERMS), hint=_("a date, 5 рд, срочно …"))
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


class AssignmentScreen(FormScreen[AssignmentIssued | None]):
    """An assignment on a document, or on none."""

    PLACE = "assignments"
    CSS = """
    AssignmentScreen #explanation { height: auto; padding-left: 17; color: $text-muted; }
    AssignmentScreen #explanation.-wrong { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "issue", N_("Issue"), priority=True, id="form.save"),
        Binding(
            "ctrl+enter", "issue", N_("Issue"), show=False, priority=True, id="form.save.chord"
        ),
    ]

    def __init__(
        self,
        gateway: Gateway,
        document_id: UUID | None,
        document_number: str | None,
        **settings: Any,
    ) -> None:
        self._document, self._number = document_id, document_number
        self._explanation = Static(id="explanation", markup=False)
        self._asking: Timer | None = None
        super().__init__(gateway, f"assignment-{document_id or 'alone'}", **settings)

    @property
    def title_text(self) -> str:
        """Return what the form is, for the title line."""
        if self._number:
            return _("Assignment on {number}").format(number=self._number)
        return _("Assignment")

    def make_form(self) -> Form:
        """Return the form."""
        people = employees(self.gateway)
        return Form(
            [
                LongTextField(
                    "text",
                    label("text"),
                    required=True,
                    multiline=True,
                    check=lambda value: clean(value, "text", limit=_TEXT_LIMIT, multiline=True),
                ),
                CompletionField("executor", label("executor"), people, required=True),
                CompletionListField(
                    "co_executors", label("co_executors"), people, hint=_("Enter adds")
                ),
                CompletionField("controller", label("controller"), people),
                TermField("due", self),
                self._explanation,
            ]
        )

    def open_form(self) -> None:
        """Fill the form and explain its term."""
        super().open_form()
        self.explain()

    def command(self) -> Sequence[str]:
        """Return the words of the command that does the same."""
        words = ["sedctl", "assignment", "issue"]
        if self._document is not None:
            words += ["--document", self._number or str(self._document)]
        for name, option in (
            ("text", "--text"),
            ("executor", "--executor"),
            ("co_executors", "--co-executor"),
            ("controller", "--controller"),
            ("due", "--due"),
        ):
            value = self.form.readable(name)
            for each in value if isinstance(value, tuple) else (value,):
                words += [option, str(each)] if each is not None else []
        return words

    def action_issue(self) -> None:
        """Issue the assignment."""
        values = self.values()
        if values is None or not self.begin(_("Issuing …")):
            return
        document = str(self._document) if self._document else None
        self._issue(IssueAssignment(document=document, **values))

    @work(thread=True, group="issue", exit_on_error=False)
    def _issue(self, request: IssueAssignment) -> None:
        issued = self.gateway.call(ISSUE, request, CallOptions(source="tui"))
        self.forget_draft()
        self.app.call_from_thread(self._issued, issued)

    def _issued(self, issued: AssignmentIssued) -> None:
        self.end()
        day = f"{issued.due:%d.%m.%Y}" if issued.due else _("without a term")
        text = _("Issued to {name}, due {day}").format(name=issued.executor, day=day)
        self.app.notify("\n".join([text, *issued.warnings]), markup=False)
        self.dismiss(issued)

    @on(Field.Changed)
    def _on_field_changed(self, event: Field.Changed) -> None:
        if event.field.key == "due":
            if self._asking is not None:
                self._asking.stop()
            self._asking = self.set_timer(_PAUSE, self.explain)

    def explain(self) -> None:
        """Show when the term would end, and why."""
        self._explain(ExplainTerm(start=self.today(), term=self.form.readable("due")))

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, request: ExplainTerm) -> None:
        try:
            found = self.gateway.call(EXPLAIN, request)
        except SedError as error:
            self.app.call_from_thread(self._show_term, complaint(error), wrong=True)
        else:
            self.app.call_from_thread(self._show_term, _told(found), wrong=False)

    def _show_term(self, text: Text | str, *, wrong: bool) -> None:
        self._explanation.update(text)
        self._explanation.set_class(wrong, "-wrong")


def _told(found: TermExplained) -> Text:
    if found.effective is None:
        end = _("without a term")
    else:
        end = _("until {day}").format(day=f"{found.effective:%d.%m.%Y}")
    return Text("\n").join([Text(end, "bold"), *map(Text, found.explanation)])
