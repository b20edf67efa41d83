"""The assignment form: who has to do what by when, with the term explained beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding

from sed_tui.domain.text import clean
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import ISSUE, AssignmentIssued, IssueAssignment
from sed_tui.operations.labels import label
from sed_tui.operations.registry import CallOptions
from sed_tui.tui.screens.term_form import TermField, TermForm
from sed_tui.tui.suggestions import employees
from widgets.completion import CompletionField
from widgets.completion_list import CompletionListField
from widgets.form import Form
from widgets.form_fields import LongTextField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from textual.binding import BindingType

    from sed_tui.gateway import Gateway

_TEXT_LIMIT = 4000


class AssignmentScreen(TermForm[AssignmentIssued | None]):
    """An assignment on a document, or on none."""

    PLACE = "assignments"
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
        super().__init__(gateway, f"assignment-{document_id or 'alone'}", **settings)

    @property
    def title_text(self) -> str:
        """Return what the form is, for the title line."""
        if self._number:
            return _("Assignment on {number}").format(number=self._number)
        return _("Assignment")

    @property
    def resting_upon(self) -> str | None:
        """Return the document of the assignment."""
        return str(self._document) if self._document is not None else None

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
                self.explanation,
            ]
        )

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
