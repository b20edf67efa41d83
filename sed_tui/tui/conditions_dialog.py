"""Conditions of the query language to choose from, for those who do not type it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_, _
from sed_tui.operations.values import FLOWS
from sed_tui.tui.filter_bar import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType


TOKENS = {
    Flow.INCOMING: N_("flow:incoming"),
    Flow.OUTGOING: N_("flow:outgoing"),
    Flow.INTERNAL: N_("flow:internal"),
    Flow.ORDER: N_("flow:order"),
    Flow.APPEAL: N_("flow:appeal"),
}


class ConditionsDialog(ModalScreen["str | None"]):
    """A list of conditions; Enter puts one into the query, or takes it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Leave"), id="conditions.leave"),
    ]

    def __init__(self, query: str) -> None:
        super().__init__()
        self._tokens = tokens(query)
        self._conditions = list(_conditions())

    def compose(self) -> ComposeResult:
        """List the conditions; those in force carry a tick."""
        with Vertical(classes="dialog"):
            yield Label(_("Filter"), classes="dialog-title", markup=False)
            yield OptionList(*(self._option(*item) for item in self._conditions), markup=False)
            yield Label(
                _("Enter puts a condition in or takes it out, Esc leaves."),
                classes="dialog-hint",
                markup=False,
            )

    def _option(self, token: str, title: str) -> Option:
        tick = "✓ " if token in self._tokens else "  "
        return Option(Content.assemble(f"{tick}{title:<36} ", (token, "dim")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the query as it is to be."""
        token = self._conditions[event.option_index][0]
        name, colon, _value = token.partition(":")
        if token in self._tokens:
            kept = [other for other in self._tokens if other != token]
        else:
            # another value of the same condition gives way
            kept = [o for o in self._tokens if not (colon and o.startswith(f"{name}:"))] + [token]
        self.dismiss(" ".join(kept))


def _conditions() -> Iterator[tuple[str, str]]:
    for flow, token in TOKENS.items():
        yield _(token), _(FLOWS[flow])
    yield _("overdue"), _("With overdue assignments")
    yield _("unregistered"), _("Waiting for registration")
    yield _("executor:me"), _("For me to execute")
    yield _("registrar:me"), _("Registered by me")
    yield _("has:assignment"), _("With assignments")
    yield _("has:file"), _("With files")
    today = office_day(SystemClock().now())
    yield _("since:{period}").format(period=f"{today:%Y-%m}"), _("Since the beginning of the month")
    yield _("since:{period}").format(period=f"{today:%Y}"), _("Since the beginning of the year")
