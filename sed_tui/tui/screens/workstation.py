"""Workplace: what the check of this machine found, the first cause to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.rendering.workstation import detail, summary
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.filter_bar import FilterBar
from sed_tui.tui.narrowed import NarrowedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation
from sed_tui.tui.workstation_rows import check_columns, check_rows
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.domain.workstation import Check
    from sed_tui.gateway import Gateway
    from sed_tui.operations.workstation import ReportWorkstation, Workstation
    from sed_tui.workstation.checking import Report
    from sed_tui.workstation.symptoms import Symptom


class WorkstationScreen(NarrowedScreen):
    """The checks of this machine, narrowed down by the words of a symptom."""

    PLACE = "more"
    AUTO_FOCUS = "#checks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("c"), "copy_mending", N_("Copy the command"), id="workstation.copy"),
        Binding(
            both_layouts("slash,ctrl+f,f3"),
            "find",
            N_("Symptom"),
            priority=True,
            id="workstation.find",
        ),
        Binding(both_layouts("s"), "send", N_("Send the report"), id="workstation.send"),
        Binding("escape,backspace", "leave", N_("Back"), id="workstation.leave"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._report: Report | None = None
        self._symptom: Symptom | None = None

    def content(self) -> ComposeResult:
        """Put the symptom over the list, and under it what is to be done."""
        yield FilterBar(_("words of a message, for example: the connection is not protected"))
        yield VirtualTable(
            check_columns(),
            check_rows(()),
            empty=_("The machine is being looked at; that takes a few seconds."),
            explain=explanation,
            id="checks",
        )
        yield Static(id="mending", markup=False)

    def on_mount(self) -> None:
        """Look at the machine."""
        self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#checks", VirtualTable)

    @property
    def check(self) -> Check | None:
        """Return the check under the cursor."""
        row = self.table.row
        return None if row is None else cast("Check", row.data)

    def action_reload(self) -> None:
        """Look at the machine again."""
        self.say_title(_("Workplace"))
        self.say_counts(_("Looking at the machine…"))
        self.do(_checked, self._show_report, group="check")

    def _show_report(self, report: Report) -> None:
        self._report = report
        self._show()

    def _show(self) -> None:
        if self._report is None:
            return
        checks = self._report.checks
        if self._symptom is not None:
            checks = tuple(one for one in checks if one.kind in self._symptom.checks)
        self.table.show(check_rows(checks))
        self.say_counts(summary(self._report.checks))

    @on(VirtualTable.Changed)
    def say_what_to_do(self) -> None:
        """Say what to do about the check under the cursor, or about the symptom."""
        lines = []
        if self._symptom is not None:
            steps = enumerate(self._symptom.to_do, start=1)
            lines = [self._symptom.called, *(f"{number}. {step}" for number, step in steps), ""]
        if self.check is not None:
            lines.append(detail(self.check))
        self.query_one("#mending", Static).update("\n".join(lines))

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Show everything of the check under the cursor."""
        if (check := self.check) is not None:
            self.app.push_screen(TextDialog(_("Workplace"), detail(check)))

    @on(FilterBar.Asked)
    def look_up_symptom(self, event: FilterBar.Asked) -> None:
        """Narrow the list down to what may cause what the words say."""
        if not event.query:
            self._symptom = None
            self._show()
            return
        from sed_tui.workstation.symptoms import look_up  # with the stemmer, for words alone

        try:
            self._symptom = look_up(event.query)[0]
        except SedError as error:
            self._symptom = None
            self.query_one(FilterBar).complain(str(error))
        self._show()

    def action_copy_mending(self) -> None:
        """Copy the command that mends what is under the cursor."""
        check = self.check
        if check is None or not (check.command or check.fix):
            self.notify(_("There is nothing to mend here."), timeout=3)
            return
        self.sed_app.copy(check.command or check.fix)

    def action_send(self) -> None:
        """Send the report to the help desk."""
        from sed_tui.operations.workstation import REPORT

        if self._report is None:
            return
        request = _request_of(self._report)
        self.call(REPORT, request, self._sent)

    def _sent(self, sent: Workstation) -> None:
        told = _("The report of {machine} is sent.").format(machine=sent.machine)
        self.notify(told, markup=False)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the check and its mending."""
        query = self.query_text
        check = ("workstation", "check", *(("--symptom", query) if query else ()))
        return [
            Equivalent(_("This list"), check),
            Equivalent(_("Mend what can be undone"), ("workstation", "fix")),
            Equivalent(_("Send the report"), ("workstation", "report")),
        ]


def _checked() -> Report:
    # the probes and their libraries: 100 ms that no other screen needs
    from datetime import UTC, datetime

    from sed_tui.workstation.checking import check, this_machine
    from sed_tui.workstation.editions import used
    from sed_tui.workstation.settings import what_to_ask

    return check(this_machine(), what_to_ask(used().requirements, None), datetime.now(UTC))


def _request_of(report: Report) -> ReportWorkstation:
    from sed_tui.workstation.editions import used
    from sed_tui.workstation.sending import report_request

    return report_request(report, used().requirements)
