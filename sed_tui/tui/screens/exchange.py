"""Exchange: messages by views, quarantine, the journal of events, partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.exchange_flow import STATE_TITLES, MessageState
from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_journal import (
    LIST,
    METRICS,
    AskMetrics,
    ExchangeEvent,
    MessageRow,
    Metrics,
)
from sed_tui.operations.exchange_partner import SHOW, Partner, ShowPartner
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.exchange_rows import (
    STATE,
    VIEWS,
    View,
    check,
    columns_of,
    detail,
    exchange_rows,
    narrowing,
)
from sed_tui.tui.filter_bar import FilterBar
from sed_tui.tui.narrowed import NarrowedScreen
from sed_tui.tui.partner_rows import partner_text
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.entry_dialog import Task

_VIEWS = list(VIEWS)
_COMMANDS: dict[View, tuple[tuple[str, ...], ...]] = {
    View.MESSAGES: (("exchange", "inbox"), ("exchange", "outbox")),
    View.WAITING: (("exchange", "inbox", "--state", MessageState.WAITING.value),),
    View.QUARANTINE: (("exchange", "quarantine", "list"),),
    View.INBOX: (("exchange", "inbox"),),
    View.OUTBOX: (("exchange", "outbox"),),
    View.JOURNAL: (("exchange", "journal"),),
    View.PARTNERS: (("exchange", "partner", "list"),),
}


class ExchangeScreen(NarrowedScreen):
    """What is exchanged with others; the arrows turn between views, the line narrows."""

    PLACE = "more"
    AUTO_FOCUS = "#messages"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="exchange.turn"),
        Binding(both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="exchange.back"),
        Binding(both_layouts("f"), "choose_state", N_("State"), id="exchange.state"),
        Binding(
            both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="exchange.find"
        ),
        Binding(both_layouts("n,insert,f7"), "add", N_("New"), id="exchange.add"),
        Binding(both_layouts("a"), "act", N_("What to do"), id="exchange.act"),
        Binding("escape,backspace", "leave", N_("Back"), id="exchange.leave"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.view = View.MESSAGES

    def content(self) -> ComposeResult:
        """Put the line and the figures over the list."""
        yield FilterBar(_("partner, state:waiting"), check=check)
        yield Static(id="asked", markup=False)
        yield VirtualTable(
            columns_of(self.view),
            empty=_("No messages here. → shows others, Esc takes the words away."),
            explain=explanation,
            id="messages",
        )
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Read the list; who sees no messages begins with the partners."""
        if not self.sed_app.may(LIST.name):
            self.view = View.PARTNERS
        self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#messages", VirtualTable)

    def action_reload(self) -> None:
        """Read the list and the figures again."""
        self.say_title(_("Exchange of letters") + ": " + _(VIEWS[self.view]))
        self.table.use_columns(columns_of(self.view))
        self.table.show(exchange_rows(self.gateway, self.view, self.query_text))
        if self.sed_app.may(METRICS.name):
            self.call(METRICS, AskMetrics(), self._show_metrics)

    def _show_metrics(self, found: Metrics) -> None:
        text = _("In the queue: {queue}, to register: {waiting}, in quarantine: {kept}.").format(
            queue=amount(found.queue),
            waiting=amount(found.to_register),
            kept=amount(found.quarantined),
        )
        if found.queue:
            minutes = amount(found.oldest_minutes)
            text += " " + _("The oldest waits for {minutes} min.").format(minutes=minutes)
        self.query_one("#asked", Static).update(text)

    @on(FilterBar.Asked)
    def show_matches(self) -> None:
        """Show what the line asks for."""
        self.table.cursor = 0
        self.action_reload()

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say how many there are, and tell the row under the cursor whole."""
        table = self.table
        shown = amount(table.total)
        self.say_counts(_("more than {count}").format(count=shown) if table.more else shown)
        text = detail(table.row.data) if table.row is not None else ""
        self.query_one("#detail", Static).update(text, layout=False)

    @on(VirtualTable.Opened)
    def read(self, event: VirtualTable.Opened) -> None:
        """Open the message under the cursor."""
        from sed_tui.tui.screens.exchange_message import ExchangeMessageScreen  # for Enter alone

        data = event.row.data
        if isinstance(data, Partner):
            self.app.push_screen(TextDialog(_("Partner"), partner_text(data)))
        elif isinstance(data, (MessageRow, ExchangeEvent)):
            message = data.id if isinstance(data, MessageRow) else data.message_id
            self.app.push_screen(
                ExchangeMessageScreen(self.gateway, str(message)),
                lambda _done: self.action_reload(),
            )

    def action_turn(self, step: int) -> None:
        """Go to another view."""
        self.view = _VIEWS[(_VIEWS.index(self.view) + step) % len(_VIEWS)]
        self.table.cursor = 0
        self.action_reload()
        self.refresh_bindings()

    def action_choose_state(self) -> None:
        """Narrow by a state from the list of them."""
        choices = [(state, _(STATE_TITLES[state])) for state in MessageState]
        self.app.push_screen(ChoiceDialog(_("State"), choices), self._narrow)

    def _narrow(self, state: object | None) -> None:
        if isinstance(state, MessageState):
            self.view = View.MESSAGES
            partner = narrowing(self.query_text).partner
            self.query_one(FilterBar).set_query(f"{STATE}:{state.value} {partner}".strip())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer among partners what is done with them."""
        if action in {"add", "act"}:
            return self.view is View.PARTNERS
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Add a partner."""
        from sed_tui.tui.partner_tasks import add_task  # for this key alone

        if self.sed_app.may("partner.add"):
            self._ask(add_task())
        else:
            self.sed_app.say_not_permitted()

    def action_act(self) -> None:
        """Change the partner under the cursor, or remove it."""
        if self.partner is None:
            return
        if self.sed_app.may("partner.set"):
            self.open(SHOW, ShowPartner(partner=self.partner.code), self._choose)
        else:
            self.sed_app.say_not_permitted()

    @property
    def partner(self) -> Partner | None:
        """Return the partner under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, Partner) else None

    def _choose(self, partner: Partner) -> None:
        from sed_tui.tui.partner_tasks import edit_task, remove_task  # for this key alone

        choices = [(task, task.title) for task in (edit_task(partner), remove_task(partner))]
        self.app.push_screen(ChoiceDialog(partner.code, choices), self._chosen)

    def _chosen(self, task: object | None) -> None:
        if task is not None:
            self._ask(cast("Task", task))

    def _ask(self, task: Task) -> None:
        self.app.push_screen(EntryDialog(self.gateway, task), lambda _done: self.action_reload())

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the message under the cursor."""
        found = [Equivalent(_("This list"), words) for words in _COMMANDS[self.view]]
        row = self.table.row
        if row is not None and isinstance(row.data, MessageRow):
            name = row.data.short_id
            found.append(Equivalent(_("Show the message"), ("exchange", "show", name)))
        if (partner := self.partner) is not None:
            words = ("exchange", "partner", "show", partner.code)
            found.append(Equivalent(_("Show the partner"), words))
        return found
