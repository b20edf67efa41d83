"""Asks for the days and the people of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Select

from sed_tui.domain.dates import parse_date
from sed_tui.domain.report_period import Basis
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.tui.wording import explanation, long_day
from widgets.keyboard import both_layouts
from widgets.one_line import OneLineInput

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.tui.report_asked import Asked

_DAYS = {
    "since": N_("From the day (of the year by default)"),
    "until": N_("To the day (of the report by default)"),
    "as_of": N_("At the end of the day (today by default)"),
}
_WORDS = {
    "department": N_("Department: its code or its name"),
    "organization": N_("Organization: a code, or all"),
    "journal": N_("Journal of a register or of gaps: its code"),
}
_BASES = {
    Basis.REGISTRATION: N_("by the date of issue"),
    Basis.TERM: N_("by the term"),
    Basis.EXECUTION: N_("by the execution"),
}


class ReportOptions(ModalScreen["Asked | None"]):
    """The fields of a report; F2 or Enter reads it so."""

    AUTO_FOCUS = "#since"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("f2,ctrl+s"), "apply", N_("Show"), id="report.apply"),
        Binding("escape", "dismiss", N_("Leave"), id="report.leave"),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked

    def compose(self) -> ComposeResult:
        """Put each field under its name."""
        with Vertical(classes="dialog"):
            yield Label(_("What the report is of"), classes="dialog-title", markup=False)
            for name, title in _DAYS.items():
                yield Label(_(title), classes="field-label", markup=False)
                yield OneLineInput(long_day(getattr(self._asked, name)), id=name, compact=True)
            yield Label(_("The period selects"), classes="field-label", markup=False)
            bases = [(_(title), basis) for basis, title in _BASES.items()]
            yield Select(
                bases, value=self._asked.by_date, allow_blank=False, id="basis", compact=True
            )
            for name, title in _WORDS.items():
                yield Label(_(title), classes="field-label", markup=False)
                yield OneLineInput(getattr(self._asked, name) or "", id=name, compact=True)
            yield Label("", id="error", classes="dialog-error", markup=False)
            yield Label(_("F2 shows it so, Esc leaves."), classes="dialog-hint", markup=False)

    def on_input_submitted(self) -> None:
        """Read the report so."""
        self.action_apply()

    def action_apply(self) -> None:
        """Answer with what is asked, or say which day is none."""
        try:
            days = {name: self._day(name) for name in _DAYS}
        except SedError as error:
            self.query_one("#error", Label).update(f"! {explanation(error)}")
            self.query_one(f"#{error.field}", Input).focus()
            return
        words = {name: self._text(name) or None for name in _WORDS}
        chosen = self.query_one("#basis", Select).value
        basis = self._asked.basis if chosen is self._asked.by_date else Basis(str(chosen))
        self.dismiss(
            replace(
                self._asked,
                since=days["since"],
                until=days["until"],
                as_of=days["as_of"],
                basis=basis,
                department=words["department"],
                organization=words["organization"],
                journal=words["journal"],
            )
        )

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        return parse_date(text, name) if text else None
