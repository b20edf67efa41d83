"""The card of a document: its fields, files, links, assignments and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static, TabbedContent, TabPane

from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.i18n import N_, _
from sed_tui.operations.acquaintance_list import AcquaintanceRow
from sed_tui.operations.assignment_list import AssignmentFilter, AssignmentRow
from sed_tui.operations.dispatch import DispatchRow
from sed_tui.operations.document import (
    HISTORY,
    SHOW,
    CardLink,
    DocumentCard,
    History,
    HistoryEntry,
    ShowDocument,
    ShowHistory,
)
from sed_tui.operations.resolution_list import ResolutionRow
from sed_tui.operations.signature import SignatureRow
from sed_tui.tui import card_tables, document_tasks, equivalents
from sed_tui.tui.acquaintance_rows import sheet_columns
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.card_dispatches import CardDispatches, dispatch_columns
from sed_tui.tui.card_papers import PAPER_TABS
from sed_tui.tui.card_text import card_fields, card_states, card_title
from sed_tui.tui.dispatch_task import dispatch_task
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.resolution_rows import resolution_columns
from sed_tui.tui.signature_text import signature_columns
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation, moment
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.tui.commands_dialog import Equivalent
    from sed_tui.tui.entry_dialog import Task
    from widgets.rows import Column

_PATIENCE = 0.15
_HIDDEN = (*PAPER_TABS, "signatures", "dispatches")  # most documents have none
TABS = (
    *("card", "files", "signatures", "links", "dispatches", *PAPER_TABS),
    *("assignments", "history"),
)


class DocumentCardScreen(CardDispatches):
    """One document, named by its id; the answer tells whether anything was changed."""

    PLACE = "documents"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", N_("Back"), id="card.leave"),
        Binding(both_layouts("right,l"), "tab(1)", N_("Next tab"), show=False, id="card.next"),
        Binding(both_layouts("left,h"), "tab(-1)", N_("Previous tab"), show=False, id="card.prev"),
        Binding(both_layouts("i,o"), "assign", N_("Assign"), id="card.assign"),
        Binding(both_layouts("p,f7"), "resolve", N_("Resolution"), id="card.resolve"),
        Binding(both_layouts("z,f3"), "acquaint", N_("Give to read"), id="card.acquaint"),
        Binding(both_layouts("a,insert"), "add", N_("Add"), id="card.add"),
        Binding(both_layouts("s"), "save", N_("Save"), id="card.save"),
        Binding("delete", "unlink", N_("Unlink"), id="card.unlink"),
        Binding(both_layouts("v"), "verify", N_("Verify"), id="card.verify"),
        Binding(both_layouts("k"), "mark", N_("Copy with mark"), id="card.mark"),
        Binding(both_layouts("d"), "dispatch", N_("Dispatch"), show=False, id="card.dispatch"),
        Binding(both_layouts("g"), "sheet", N_("Approval sheet"), show=False, id="card.sheet"),
        Binding(both_layouts("m,f4"), "edit", N_("Edit"), id="card.edit"),
        Binding(
            both_layouts("y"), "copy_number", N_("Copy the number"), show=False, id="card.copy"
        ),
        Binding(
            both_layouts("X"), "cancel", N_("Cancel the registration"), show=False, id="card.cancel"
        ),
    ]

    def __init__(self, gateway: Gateway, document: str) -> None:
        super().__init__(gateway)
        self._document = document
        self._changed = self._failed = False
        self.card: DocumentCard | None = None

    def content(self) -> ComposeResult:
        """Put the states over the tabs."""
        yield Static(id="states", markup=False)
        with TabbedContent(id="tabs"):
            with TabPane(_("Card"), id="card"), VerticalScroll(id="card-scroll"):
                yield Static(id="fields", markup=False)
            with TabPane(_("Files"), id="files"):
                yield self._table("files", card_tables.file_columns(), _("No files. a adds one."))
            with TabPane(_("E-signatures"), id="signatures"):
                yield self._table("signatures", signature_columns(), "")
            with TabPane(_("Links"), id="links"):
                yield self._table("links", card_tables.link_columns(), _("No links. a adds one."))
            with TabPane(_("Dispatches"), id="dispatches"):
                yield self._table("dispatches", dispatch_columns(), "")
            with TabPane(_("Resolutions"), id="resolutions"):
                yield self._table("resolutions", resolution_columns(), "")
            with TabPane(_("Acquaintance"), id="acquaintances"):
                yield self._table("acquaintances", sheet_columns(), "")
            with TabPane(_("Assignments"), id="assignments"):
                yield self._table(
                    "assignments", assignment_columns(), _("No assignments. i issues one.")
                )
            with TabPane(_("History"), id="history"):
                yield self._table("history", card_tables.history_columns(), _("No history yet."))
                yield Static(id="history-detail", markup=False)

    def _table(self, name: str, columns: list[Column], empty: str) -> VirtualTable:
        return VirtualTable(columns, empty=empty, explain=explanation, id=f"{name}-table")

    def on_mount(self) -> None:
        """Read the card; a slow database is announced."""
        for tab in _HIDDEN:
            self.query_one("#tabs", TabbedContent).hide_tab(tab)
        self.say_title("…")
        self.say_counts("")
        self.set_timer(_PATIENCE, self._say_it_is_slow)
        self.action_reload()

    def _say_it_is_slow(self) -> None:
        if self.card is None and not self.query_one("#states", Static).content:
            self.query_one("#states", Static).update(_("Reading the card… Esc goes back."))

    def action_reload(self) -> None:
        """Read the card again."""
        request = ShowDocument(document=self._document)
        self.call(SHOW, request, self._show, otherwise=self._show_failure)

    def link_address(self) -> LinkAddress | None:
        """Return the link to the document."""
        return LinkAddress(Target.DOCUMENT, self.card.id) if self.card is not None else None

    def is_reading(self, key: str) -> bool:
        """Tell whether the card itself or the list of the tab is on its way."""
        return (self.card is None and not self._failed) or super().is_reading(key)

    def _show_failure(self, error: SedError) -> None:
        self._failed = True
        text = explanation(error) + "\n" + _("r tries again.")
        self.query_one("#states", Static).update(text)

    def _show(self, card: DocumentCard) -> None:
        first, self.card = self.card is None, card
        self.say_title(card_title(card))
        self.query_one("#states", Static).update(card_states(card))
        self.query_one("#fields", Static).update(card_fields(card))
        self.table("files").show(card_tables.file_rows(card.files))
        self.table("links").show(card_tables.link_rows(card.links))
        wanted = AssignmentFilter(document=str(card.id))
        self.table("assignments").show(assignment_rows(self.gateway, wanted))
        self.name_tab("files", _("Files"), len(card.files))
        self.name_tab("links", _("Links"), len(card.links))
        self.name_tab("assignments", _("Assignments"), len(card.assignments))
        self.read_papers(card)
        self.read_signatures(card)
        self.show_dispatches(card.dispatches)
        self.call(HISTORY, ShowHistory(document=str(card.id)), self._show_history)
        if first:
            self._focus_tab()
        self.refresh_bindings()

    def _show_history(self, history: History) -> None:
        self.table("history").show(card_tables.history_rows(history.rows))
        self.name_tab("history", _("History"), len(history.rows))

    def name_tab(self, tab: str, title: str, count: int) -> None:
        """Write the number of rows beside the name of a tab."""
        label = f"{title} {count}" if count else title
        self.query_one("#tabs", TabbedContent).get_tab(tab).label = label

    def table(self, tab: str) -> VirtualTable:
        """Return the list of a tab."""
        return self.query_one(f"#{tab}-table", VirtualTable)

    @property
    def tab(self) -> str:
        """Return the tab that is shown."""
        return self.query_one("#tabs", TabbedContent).active

    def action_tab(self, step: int) -> None:
        """Go to another tab."""
        tabs = self.query_one("#tabs", TabbedContent)
        shown = [tab for tab in TABS if tabs.get_tab(tab).display]
        tabs.active = shown[(shown.index(self.tab) + step) % len(shown)]

    @on(TabbedContent.TabActivated)
    def _focus_tab(self) -> None:
        target = "#card-scroll" if self.tab == "card" else f"#{self.tab}-table"
        self.query_one(target).focus()
        self.refresh_bindings()

    @on(VirtualTable.Changed, "#history-table")
    def show_change(self, event: VirtualTable.Changed) -> None:
        """Show the entry under the cursor whole, as far as there is room: Enter shows the rest."""
        row = event.table.row
        text = "" if row is None else card_tables.changes(cast("HistoryEntry", row.data))
        self.query_one("#history-detail", Static).update(text)

    @on(VirtualTable.Opened)
    def open_row(self, event: VirtualTable.Opened) -> None:
        """Open what the row stands for."""
        data = event.row.data
        if isinstance(data, CardLink):
            self.app.push_screen(DocumentCardScreen(self.gateway, str(data.id)), self._came_back)
        elif isinstance(data, HistoryEntry):
            text = card_tables.changes(data, "\n") or _("Nothing but the fact itself.")
            self.app.push_screen(TextDialog(moment(data.at), text))
        elif isinstance(data, AssignmentRow):
            self.show_assignment(data)
        elif isinstance(data, SignatureRow):
            self.show_signature(data)
        elif isinstance(data, DispatchRow):
            self.open_dispatch(data)
        elif isinstance(data, (ResolutionRow, AcquaintanceRow)):
            self.open_paper(data)
        else:
            self.open_file()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the document."""
        return equivalents.of_document(self.card) if self.card is not None else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the tab is for and the user may do."""
        if action in _NEEDS:
            tabs, operation = _NEEDS[action]
            if action == "add" and self.tab == "files":
                operation = "file.add"
            if self.card is None or self.tab not in tabs or not self.sed_app.may(operation):
                return False
            return action not in _ON_ROW or self.table(self.tab).total > 0
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go back; say whether the list has to be read again."""
        self.dismiss(True if self._changed else None)

    def action_assign(self) -> None:
        """Issue an assignment."""
        from sed_tui.tui.screens.assignment_form import AssignmentScreen  # for this key alone

        if self.card is not None:
            form = AssignmentScreen(self.gateway, self.card.id, self.card.number or "")
            self.app.push_screen(form, self._came_back)

    def action_add(self) -> None:
        """Add what the tab lists."""
        if self.card is None:
            return
        match self.tab:
            case "files":
                self._do(document_tasks.add_file(self.gateway, self.card))
            case "links":
                self._do(document_tasks.link(self.card))
            case _:
                self.action_assign()

    def action_edit(self) -> None:
        """Change fields of the card."""
        if self.card is not None:
            self._do(document_tasks.edit(self.card))

    def action_dispatch(self) -> None:
        """Enter that the letter has gone out; to a partner of the exchange it goes with that."""
        card = self.card
        if card is None or card.number is None:
            return
        if not self.sed_app.may("dispatch.add"):
            self.sed_app.say_not_permitted()
            return
        told = (card.addressees, card.delivery, card.subject)
        self._do(dispatch_task(str(card.id), card.number, *told))

    def action_unlink(self) -> None:
        """Take the link under the cursor away."""
        row = self.table("links").row
        if self.card is not None and row is not None:
            self._do(document_tasks.unlink(self.card, cast("CardLink", row.data)))

    def action_cancel(self) -> None:
        """Cancel the registration."""
        if self.card is not None:
            self._do(document_tasks.cancel(self.card))

    def action_copy_number(self) -> None:
        """Copy the number of the document."""
        if self.card is not None:
            self.sed_app.copy(self.card.number or str(self.card.id))

    def _do(self, task: Task) -> None:
        self.app.push_screen(EntryDialog(self.gateway, task), self._came_back)

    def _came_back(self, result: object) -> None:
        if result is not None:
            self._changed = True
            self.action_reload()


_EVERY = frozenset(TABS)
_ON_ROW = frozenset({"save", "unlink", "verify", "mark"})
# action -> the tabs that offer it, the operation that has to be permitted
_NEEDS = {
    "assign": (_EVERY, "assignment.issue"),
    "resolve": (_EVERY, "resolution.draft"),
    "acquaint": (_EVERY, "acquaintance.start"),
    "add": (frozenset({"files", "links"}), "link.add"),
    "save": (frozenset({"files", "signatures"}), "file.get"),
    "verify": (frozenset({"signatures"}), "signature.verify"),
    "mark": (frozenset({"signatures"}), "signature.verify"),
    "sheet": (_EVERY, "approval.show"),
    "unlink": (frozenset({"links"}), "link.remove"),
    "edit": (_EVERY, "document.edit"),
    "cancel": (_EVERY, "document.cancel"),
}
