"""Approval: what waits for a decision of mine, of those I stand in for, of others on my drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _, ngettext
from sed_tui.tui.approval_rows import QUEUES, Paper, Queue, approval_columns, approval_rows
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.screens.version_reading import VersionReadingScreen


class ApprovalsScreen(SedScreen[None]):
    """The queue of questions, whose is chosen with the arrows."""

    PLACE = "approvals"
    is_live = True
    AUTO_FOCUS = "#approvals"
    ACTS_ON_MARKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "scope(1)", N_("Whose"), id="approvals.scope"),
        Binding(
            both_layouts("left,h"), "scope(-1)", N_("Previous"), show=False, id="approvals.back"
        ),
        Binding(both_layouts("s,f2"), "sign", N_("Sign it"), id="approvals.sign"),
        Binding("insert", "draft", N_("New draft"), id="approvals.draft"),
        Binding(both_layouts("m,f3"), "routes", N_("Routes"), id="approvals.routes"),
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
            empty="",
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
        self.table.empty = _empty(self._queue)
        self.table.show(approval_rows(self.gateway, self._queue))

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say more of the paper under the cursor."""
        total = self.table.total
        place = _("{number} of {total}")
        number = amount(self.table.cursor + 1 if total else 0)
        counts = place.format(number=number, total=amount(total))
        if marked := self.table.chosen:
            text = ngettext("{count} marked", "{count} marked", marked)
            counts += " · " + text.format(count=amount(marked))
        self.say_counts(counts)
        detail = "" if self.paper is None else self.paper.detail
        self.query_one("#detail", Static).update(detail, layout=False)
        self.refresh_bindings()

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Open what is to be decided about."""
        if (paper := self.paper) is not None:
            self.app.push_screen(_reading(self.gateway, paper))

    def action_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if (paper := self.paper) is not None:
            self.app.push_screen(DocumentCardScreen(self.gateway, paper.document_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to sign what is to be signed."""
        if action == "sign":
            is_there = self._queue.is_of_signatory and self.table.total > 0
            return is_there and self.sed_app.may("signature.sign")
        if action == "draft":
            return self.sed_app.may("draft.add")
        if action == "document":
            return self.table.total > 0
        return super().check_action(action, parameters)

    def action_draft(self) -> None:
        """Begin a draft, and open it."""
        from sed_tui.tui.draft_tasks import new_draft  # for this key alone

        self.app.push_screen(EntryDialog(self.gateway, new_draft(self.gateway)), self._drafted)

    def action_routes(self) -> None:
        """Open the list of routes."""
        self.sed_app.push_named("sed_tui.tui.screens.routes:RoutesScreen")

    def _drafted(self, made: object) -> None:
        from sed_tui.operations.draft import Draft
        from sed_tui.tui.screens.draft_reading import DraftScreen

        if isinstance(made, Draft):
            self._was_left = True  # the list is read again behind it
            for warning in made.warnings:
                self.notify(warning, severity="warning", markup=False)
            paper = Paper(
                str(made.id), made.short_id, made.subject, Queue.DRAFTS, made.stage, made.subject
            )
            self.app.push_screen(DraftScreen(self.gateway, paper))

    def action_sign(self) -> None:
        """Sign what is marked, or the document under the cursor."""
        from sed_tui.tui.screens.batch_signing import MOST  # for this key alone

        table, paper = self.table, self.paper
        if not table.marks:
            if paper is not None:
                self._sign_all([paper.document_id])
            return

        def read() -> list[str]:
            return [row.key for row in table.marks.rows(table.source, MOST + 1)]

        def begin(keys: list[str]) -> None:
            if len(keys) > MOST:
                text = _("At most {most} at once; {count} are marked.")
                text = text.format(most=amount(MOST), count=amount(table.chosen))
                self.notify(text, severity="warning", markup=False)
            else:
                self._sign_all(keys)

        self._opening = self.do(read, begin, group="marked")

    def _sign_all(self, documents: list[str]) -> None:
        from sed_tui.tui.screens.batch_signing import BatchSigningScreen

        self.app.push_screen(BatchSigningScreen(self.gateway, documents), self._signed)

    def _signed(self, any_signed: bool | None) -> None:
        if any_signed:
            self.table.marks.clear()
            self.action_reload()

    def action_scope(self, step: int) -> None:
        """Go to another queue."""
        scopes = [queue for queue in QUEUES if self._is_shown(queue)]
        self._queue = scopes[(scopes.index(self._queue) + step) % len(scopes)]
        self.table.cursor = 0
        self.table.marks.clear()
        self.action_reload()

    def _is_shown(self, queue: Queue) -> bool:
        needed = {Queue.TO_REGISTER: "draft.register", Queue.NEXT: "approval.next"}.get(queue)
        return needed is None or self.sed_app.may(needed)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the queue and for the paper under the cursor."""
        drafts = ("document", "drafts", "--mine")
        questions = ("approval", "list", "--scope", self._queue.value)
        listing: tuple[str, ...] = drafts if self._queue is Queue.DRAFTS else questions
        if self._queue is Queue.NEXT:
            listing = ("approval", "next")
        if self._queue is Queue.TO_REGISTER:
            listing = ("document", "drafts", "--stage", "signed")
        if self._queue.is_of_signatory:
            scope = "mine" if self._queue is Queue.TO_SIGN else "substituted"
            listing = ("approval", "to-sign", "--scope", scope)
        found = [Equivalent(_("This list"), listing)]
        if (paper := self.paper) is not None:
            found.append(Equivalent(_("The approval sheet"), ("approval", "show", paper.short_id)))
        return found


def _reading(gateway: Gateway, paper: Paper) -> VersionReadingScreen:
    if paper.queue.is_of_author:
        from sed_tui.tui.screens.draft_reading import DraftScreen  # for these queues alone

        return DraftScreen(gateway, paper)
    from sed_tui.tui.screens.approval_reading import ApprovalReadingScreen

    return ApprovalReadingScreen(gateway, paper)


def _empty(queue: Queue) -> str:
    if queue.is_of_signatory:
        return _("Nothing waits for a signature here. → shows whose else.")
    if queue is Queue.NEXT:
        return _("No approved document waits for you. → shows whose else.")
    if queue is Queue.TO_REGISTER:
        return _("No signed document waits for its number. → shows whose else.")
    if queue is Queue.DRAFTS:
        return _("You have no drafts. Insert begins one.")
    return _("Nothing waits for a decision here. → shows whose else.")
