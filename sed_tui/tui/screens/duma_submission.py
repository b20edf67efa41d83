"""A submission to the Duma: its checklist, what is missing, its terms and its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.duma import NEXT, Passage
from sed_tui.domain.files import FileRole
from sed_tui.i18n import N_, _
from sed_tui.operations import duma_submission
from sed_tui.operations.duma_submission import PaperRow, ShowSubmission, Submission
from sed_tui.operations.file import LIST as FILES
from sed_tui.operations.file import ListFiles
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.duma_rows import paper_columns, paper_row
from sed_tui.tui.duma_tasks import attach_task, passage_tasks
from sed_tui.tui.duma_text import submission_line, submission_text
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.offered import offer
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.rows import FixedRows
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.file import FileList
    from sed_tui.tui.entry_dialog import Task


class DumaSubmissionScreen(SedScreen[None]):
    """The papers of a submission with a tick each; Enter chooses a file for one."""

    PLACE = "more"
    AUTO_FOCUS = "#papers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("a,f7"), "act", N_("What to do"), id="submission.act"),
        Binding(both_layouts("t,f4"), "terms", N_("Terms, history"), id="submission.terms"),
        Binding(both_layouts("d"), "document", N_("Document"), id="submission.document"),
        Binding("escape,backspace", "leave", N_("Back"), id="submission.leave"),
    ]

    def __init__(self, gateway: Gateway, submission: str) -> None:
        super().__init__(gateway)
        self._submission = submission
        self.card: Submission | None = None

    def content(self) -> ComposeResult:
        """Put what is missing over the checklist."""
        yield Static(id="asked", markup=False)
        yield VirtualTable(
            paper_columns(),
            empty=_("The rules ask for no papers."),
            explain=explanation,
            id="papers",
        )

    def on_mount(self) -> None:
        """Read the submission."""
        self.say_title(_("Submission to the Duma"))
        self.say_counts("")
        self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the checklist."""
        return self.query_one("#papers", VirtualTable)

    def action_reload(self) -> None:
        """Read the submission again."""
        request = ShowSubmission(submission=self._submission)
        self.open(duma_submission.SHOW, request, self._show)

    def _show(self, card: Submission) -> None:
        self.card = card
        self.say_title(_("Submission to the Duma") + f": {card.title}")
        self.query_one("#asked", Static).update(submission_line(card))
        self.table.show(FixedRows([paper_row(paper) for paper in card.papers]))
        done = sum(paper.lacks is None and paper.file is not None for paper in card.papers)
        self.say_counts(_("{done} of {all}").format(done=done, all=len(card.papers)))

    @on(VirtualTable.Opened)
    def choose_file(self, event: VirtualTable.Opened) -> None:
        """Choose a file of the document as the paper under the cursor."""
        card, paper = self.card, event.row.data
        if card is None or not isinstance(paper, PaperRow):
            return
        if Passage.SUBMITTED not in NEXT[card.passage_state]:
            self.notify(_("What was sent is not changed any more."), severity="warning")
        elif not self.sed_app.may(duma_submission.ATTACH.name):
            self.sed_app.say_not_permitted()
        else:
            self.open(
                FILES,
                ListFiles(document=str(card.document_id)),
                lambda found: self._offer_files(card, paper, found),
            )

    def _offer_files(self, card: Submission, paper: PaperRow, found: FileList) -> None:
        names = [row.name for row in found.rows if row.role is not FileRole.SIGNATURE]
        if names:
            task = attach_task(card, paper, list(dict.fromkeys(names)))
            self.app.push_screen(EntryDialog(self.gateway, task), self._done)
        else:
            text = _("The document has no files: d opens its card, add them there.")
            self.notify(text, severity="warning")

    def action_act(self) -> None:
        """Choose among what can become of the submission now."""
        if self.card is not None:
            offer(self, passage_tasks(self.card), self._take)

    def _take(self, task: object | None) -> None:
        if task is not None:
            self.app.push_screen(EntryDialog(self.gateway, cast("Task", task)), self._done)

    def _done(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.action_reload()

    def action_terms(self) -> None:
        """Show the terms with how they were counted, and the passage."""
        if self.card is not None:
            self.app.push_screen(TextDialog(_("Terms, history"), submission_text(self.card)))

    def action_document(self) -> None:
        """Open the card of the document with the papers."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if self.card is not None:
            self.app.push_screen(
                DocumentCardScreen(self.gateway, str(self.card.document_id)),
                lambda _changed: self.action_reload(),
            )

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the submission and the paper under the cursor."""
        name = self.card.short_id if self.card is not None else self._submission
        found = [
            Equivalent(_("Show it"), ("duma", "show", name)),
            Equivalent(_("Send it"), ("duma", "send", name)),
        ]
        row = self.table.row
        if row is not None and isinstance(row.data, PaperRow):
            file = row.data.file or "…"
            words = ("duma", "attach", name, row.data.code, file)
            found.append(Equivalent(_("Choose a file"), words))
        return found
