"""Reports: an overview, and each report with its formulas, numbers and charts."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.labels import label
from sed_tui.rendering.figures import GROUP_TITLES
from sed_tui.rendering.printout import Form, form_of, write
from sed_tui.rendering.saved import replaced
from sed_tui.tui.assignment_text import assignment_text
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.report_asked import TITLES, Asked, Report
from sed_tui.tui.report_options import ReportOptions
from sed_tui.tui.report_printouts import PrintedLine
from sed_tui.tui.report_reading import (
    GroupLine,
    Reading,
    printout_of,
    read_report,
    report_columns,
)
from sed_tui.tui.report_rows import ReportRowsScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.paged_view import State
from widgets.rows import Total
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.report_rows import Figure
    from widgets.rows import Row

_FILES = tuple(report for report in Report if report is not Report.OVERVIEW)
# of the overview, whose numbers are made of these
_PARTS = (Report.OVERDUE, Report.SUMMARY, Report.DISCIPLINE)


class ReportSource:
    """The rows of a report; what else it says is in `reading` once they have come."""

    page_size = 100_000

    def __init__(self, gateway: Gateway, asked: Asked) -> None:
        self._gateway, self._asked = gateway, asked
        self.reading: Reading | None = None

    def count(self, limit: int | None) -> Total:
        """Return how many rows there are."""
        return Total(len(self.reading.rows) if self.reading else 0)

    def page(self, number: int) -> Sequence[Row]:
        """Read the report: there is one page."""
        if number:
            return ()
        import_module("sed_tui.tui.report_chart")  # plotext takes a while, so in this thread
        self.reading = read_report(self._gateway, self._asked)
        return self.reading.rows


class ReportsScreen(SedScreen[None]):
    """One report at a time; Enter lists what a number is made of."""

    PLACE = "reports"
    AUTO_FOCUS = "#report-overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,tab"), "turn(1)", N_("Report"), id="reports.next"),
        Binding(
            both_layouts("left,h,shift+tab"),
            "turn(-1)",
            N_("Previous report"),
            show=False,
            id="reports.previous",
        ),
        Binding(both_layouts("p,f4"), "options", N_("Period"), id="reports.options"),
        Binding(both_layouts("b"), "regroup", N_("Grouping"), id="reports.by"),
        Binding(both_layouts("v"), "charts", N_("Charts"), id="reports.charts"),
        Binding(both_layouts("s,f2"), "save", N_("Save"), id="reports.save"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.asked = Asked()
        self._drawn: Reading | None = None

    def content(self) -> ComposeResult:
        """Put the heading over a table for each report, and the place of charts under them."""
        yield Static(id="asked", markup=False)
        yield Static(id="notes", markup=False)
        for report in Report:
            table = VirtualTable(
                report_columns(report),
                empty=_("Nothing to report. p chooses other days."),
                explain=explanation,
                id=f"report-{report.value}",
            )
            table.display = report is self.asked.report
            yield table
        yield Vertical(id="charts")

    def on_mount(self) -> None:
        """Read the first report."""
        self.say_counts("")
        self._begin()

    @property
    def table(self) -> VirtualTable:
        """Return the table of the report."""
        return self.query_one(f"#report-{self.asked.report.value}", VirtualTable)

    def _begin(self) -> None:
        self.say_title(f"{_('Reports')}: {_(TITLES[self.asked.report])}")
        for table in self.query(VirtualTable):
            table.display = table is self.table
        self.query_one("#charts").remove_class("whole")
        self.set_focus(self.table)
        self.action_reload()

    def action_reload(self) -> None:
        """Read the report again."""
        self.table.show(ReportSource(self.gateway, self.asked))

    @on(VirtualTable.Changed)
    def draw(self, event: VirtualTable.Changed) -> None:
        """Draw the heading and the charts of what has been read."""
        source = self.table.source
        if event.table is not self.table or not isinstance(source, ReportSource):
            return
        reading = source.reading
        if self.table.state is not State.READY or reading is None or reading is self._drawn:
            return
        self._drawn = reading
        group = _(GROUP_TITLES[self.asked.by]).lower()
        by = _("by: {group}").format(group=group) if self.asked.is_grouped else ""
        whose = [self.asked.organization, self.asked.department, self.asked.journal]
        line = " · ".join(filter(None, [reading.asked, by, *whose]))
        self.query_one("#asked", Static).update(line)
        self.query_one("#notes", Static).update("\n".join(reading.notes))
        self._draw_charts(reading)
        self.refresh_bindings()

    def _draw_charts(self, reading: Reading) -> None:
        from sed_tui.tui.report_chart import ChartView  # imported already, in a thread

        place = self.query_one("#charts")
        place.remove_children()
        if reading.charts:
            place.mount(ChartView(reading.charts))
        place.display = bool(reading.charts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the report has."""
        match action:
            case "save":
                return self.asked.report in _FILES
            case "regroup":
                return self.asked.can_be_regrouped
        return super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        """Go to another report, of the same days and people."""
        self.asked = self.asked.turned(step)
        self._begin()

    def action_regroup(self) -> None:
        """Count by something else."""
        self.asked = self.asked.regrouped()
        self.action_reload()

    def action_options(self) -> None:
        """Ask for the days and the people."""
        self.app.push_screen(ReportOptions(self.asked), self._ask)

    def _ask(self, asked: Asked | None) -> None:
        if asked is not None:
            self.asked = asked
            self.action_reload()

    def action_charts(self) -> None:
        """Give the charts the whole screen, or the half."""
        charts = self.query_one("#charts")
        if not charts.display:
            self.notify(_("This report has no charts."), timeout=3)
            return
        self.table.display = charts.has_class("whole")
        charts.toggle_class("whole")
        if self.table.display:
            self.set_focus(self.table)
        else:
            for view in charts.children:
                view.focus()

    def action_explain(self) -> None:
        """Show the whole heading and what the row stands for."""
        if self._drawn is not None:
            title = _(TITLES[self.asked.report])
            self.app.push_screen(
                TextDialog(title, "\n\n".join([self._drawn.asked, *self._drawn.notes]))
            )

    @on(VirtualTable.Opened)
    def drill(self, event: VirtualTable.Opened) -> None:
        """List what a number of the row is made of, asking which one if there are several."""
        line = event.row.data
        if isinstance(line, PrintedLine):
            self._open_line(line)
            return
        if not isinstance(line, GroupLine):
            self.action_explain()
            return
        counts = {figure: count for figure, count in line.counts.items() if count}
        if len(counts) > 1:
            choices = [
                (figure, f"{amount(n):>8}  {label(figure.value)}") for figure, n in counts.items()
            ]
            self.app.push_screen(
                ChoiceDialog(line.group or label("total"), choices),
                lambda figure: self._list(line, cast("Figure | None", figure)),
            )
        else:
            self._list(line, next(iter(line.counts)))

    def _open_line(self, line: PrintedLine) -> None:
        values = line.values
        document = values.get("document_id") or (
            values.get("number") if self.asked.report is Report.JOURNAL else None
        )
        if document is not None:
            from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

            self.app.push_screen(DocumentCardScreen(self.gateway, str(document)))
        elif self.asked.report is Report.EXTENSIONS:
            self.open(SHOW, ShowAssignment(assignment=values["id"]), self._show_assignment)
        else:
            self.action_explain()

    def _show_assignment(self, card: AssignmentCard) -> None:
        title = card.document_number or card.short_id
        self.app.push_screen(TextDialog(title, assignment_text(card)))

    def _list(self, line: GroupLine, figure: Figure | None) -> None:
        if figure is None:
            return
        title = f"{line.group or _(TITLES[self.asked.report])}: {label(figure.value)}"
        request = self.asked.rows(figure, line.group)
        self.app.push_screen(ReportRowsScreen(self.gateway, title, request))

    def action_save(self) -> None:
        """Ask where to, and save the report as the command line does."""
        name = f"{self.asked.report.value}.xlsx"
        title = _("Save the report as (.xlsx, .html, .csv, .json)")
        self.app.push_screen(LineDialog(title, str(Path.cwd() / name)), self._save)

    def _save(self, place: str | None) -> None:
        if place is None:
            return
        path, asked = Path(place).expanduser(), self.asked

        def job() -> Path:
            form = form_of(path)
            printout = printout_of(self.gateway, asked, months=form is Form.HTML)
            with replaced(path) as target:
                write(printout, form, target)
            return path

        self.do(job, self._saved, group="save")

    def _saved(self, path: Path) -> None:
        self.notify(str(path), title=_("Saved"), markup=False)

    def equivalents(self) -> list[Equivalent]:
        """Return the command of the report for a schedule, of the overview those of its parts."""
        here = self.asked.report
        reports = (here,) if here in _FILES else _PARTS
        return [Equivalent(_(TITLES[one]), self.asked.words(one)) for one in reports]
