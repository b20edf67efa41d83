"""Approval: what waits for a decision of mine, of those I stand in for, of others on my drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.tui.approval_rows import QUEUES, Paper, Queue, approval_columns, approval_rows
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway


class ApprovalsScreen(SedScreen[None]):
    """The queue of questions, whose is chosen with the arrows."""

    PLACE = "approvals"
    AUTO_FOCUS = "#approvals"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "scope(1)", N_("Whose"), id="approvals.scope"),
        Binding(
            both_layouts("left,h"), "scope(-1)", N_("Previous"), show=False, id="approvals.back"
        ),
        Binding(both_layouts("d"), "document", N_("Document"), id="approvals.document"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._queue = Queue.MINE
        self._was_left = False

    def content(self) -> ComposeResult:
        """Put the list over the question under the cursor."""
        yield VirtualTable(
            approval_columns(),
            empty=_("Nothing waits for a decision here. → shows whose else."),
            explain=explanation,
            id="approvals",
        )
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Read the queue."""
        self.action_reload()

    def on_screen_suspend(self) -> None:
        """Remember that something may be decided meanwhile."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Read the queue again when the user comes back."""
        if self._was_left:
            self._was_left = False
            self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#approvals", VirtualTable)

    @property
    def paper(self) -> Paper | None:
        """Return the paper under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, Paper) else None

    def action_reload(self) -> None:
        """Read the queue again."""
        self.say_title(_("Approval") + ": " + _(QUEUES[self._queue]))
        self.table.show(approval_rows(self.gateway, self._queue))

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say more of the paper under the cursor."""
        total = self.table.total
        place = _("{number} of {total}")
        number = amount(self.table.cursor + 1 if total else 0)
        self.say_counts(place.format(number=number, total=amount(total)))
        detail = "" if self.paper is None else self.paper.detail
        self.query_one("#detail", Static).update(detail, layout=False)

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open what is to be decided about."""
        from sed_tui.tui.screens.approval_reading import ApprovalReadingScreen  # for this key alone

        if (paper := self.paper) is not None:
            self.app.push_screen(ApprovalReadingScreen(self.gateway, paper))

    def action_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if (paper := self.paper) is not None:
            self.app.push_screen(DocumentCardScreen(self.gateway, paper.document_id))

    def action_scope(self, step: int) -> None:
        """Go to another queue."""
        scopes = list(QUEUES)
        self._queue = scopes[(scopes.index(self._queue) + step) % len(scopes)]
        self.table.cursor = 0
        self.action_reload()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the queue and for the paper under the cursor."""
        drafts = ("document", "drafts", "--mine")
        questions = ("approval", "list", "--scope", self._queue.value)
        is_drafts = self._queue is Queue.DRAFTS
        found = [Equivalent(_("This list"), drafts if is_drafts else questions)]
        if (paper := self.paper) is not None:
            found.append(Equivalent(_("The approval sheet"), ("approval", "show", paper.short_id)))
        return found
