"""The rows that a number of a report is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.assignment import STATE_TITLES, AssignmentState
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.report_rows import MOST, ROWS
from sed_tui.tui.assignment_text import assignment_text
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, day, explanation, short_name, translated
from widgets.paged_view import State
from widgets.rows import Column, Row, Total
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.report import ListedRow
    from sed_tui.operations.report_rows import ReportRows

_COLUMNS = (
    Column(N_("Term"), 10),
    Column(N_("№"), 11, copied=True),
    Column(N_("Assignment"), 26, share=4),
    Column(N_("Executor"), 14, share=1),
    Column(N_("State"), 11),
    Column(N_("From whom"), 14, optional=True),
)


class FigureSource:
    """The assignments of a number, read at once; `total` counts those beyond the limit too."""

    page_size = MOST

    def __init__(self, gateway: Gateway, request: ReportRows) -> None:
        self._gateway, self._request = gateway, request
        self.total = 0

    def count(self, limit: int | None) -> Total:
        """Return how many rows are listed."""
        return Total(min(self.total, MOST))

    def page(self, number: int) -> Sequence[Row]:
        """Return the rows: there is one page."""
        if number:
            return ()
        found = self._gateway.call(ROWS, self._request)
        self.total = found.total
        return [_row(row) for row in found.rows]


class ReportRowsScreen(SedScreen[None]):
    """A number and its rows; Enter shows an assignment whole."""

    PLACE = "reports"
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", N_("Back"), id="report_rows.leave"),
    ]

    def __init__(self, gateway: Gateway, title: str, request: ReportRows) -> None:
        super().__init__(gateway)
        self._heading, self._request = title, request

    def content(self) -> ComposeResult:
        """Put the text of the row under the list."""
        yield VirtualTable(
            translated(_COLUMNS),
            FigureSource(self.gateway, self._request),
            empty=_("No such assignments."),
            explain=explanation,
            id="rows",
        )
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Name what is listed."""
        self.say_title(self._heading)
        self.say_counts("")

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#rows", VirtualTable)

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Show the text under the cursor, and how many there are."""
        table, source = self.table, self.table.source
        if table.state is not State.READY or not isinstance(source, FigureSource):
            return
        number = amount(table.cursor + 1 if table.total else 0)
        self.say_counts(_("{number} of {total}").format(number=number, total=amount(source.total)))
        row = table.row
        self.query_one("#detail", Static).update(row.cells[2] if row else "")

    @on(VirtualTable.Opened)
    def open_assignment(self, event: VirtualTable.Opened) -> None:
        """Show everything about the assignment."""
        self.open(SHOW, ShowAssignment(assignment=event.row.key), self._show)

    def _show(self, card: AssignmentCard) -> None:
        title = card.document_number or card.short_id
        self.app.push_screen(TextDialog(title, assignment_text(card)))

    def action_leave(self) -> None:
        """Go back to the report."""
        self.dismiss()

    def action_reload(self) -> None:
        """Read the rows again."""
        self.table.show(FigureSource(self.gateway, self._request))

    def equivalents(self) -> list[Equivalent]:
        """Return the command that lists the same."""
        asked = self._request.model_dump_json(exclude_defaults=True)
        return [Equivalent(_("This list"), ("call", ROWS.name, asked))]


def _row(row: ListedRow) -> Row:
    due = row["due"]
    cells = (
        day(date.fromisoformat(due)) if due else "—",
        row["document_number"] or row["id"][:8],
        row["text"].replace("\n", " "),
        short_name(row["executor"]),
        _(STATE_TITLES[AssignmentState(row["state"])]),
        short_name(row["author"]),
    )
    return Row(row["id"], cells, "", row)
