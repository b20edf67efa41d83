"""Rows of the exchange: messages by views, the journal of events, and how they are narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.domain.exchange_flow import STATE_TITLES, Direction, MessageState
from sed_tui.errors import Invalid
from sed_tui.i18n import N_, _, active_language
from sed_tui.operations.exchange_journal import (
    EVENTS,
    LIST,
    ExchangeEvent,
    ListEvents,
    ListMessages,
    MessageRow,
)
from sed_tui.operations.exchange_partner import LIST as PARTNERS
from sed_tui.operations.exchange_partner import ListPartners, Partner
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.paging import PAGE, PagedRows
from sed_tui.tui.partner_rows import partner_columns, partner_detail, partner_rows
from sed_tui.tui.wording import day, long_day, moment
from widgets.rows import Column, Row, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sed_tui.gateway import Gateway
    from widgets.rows import RowSource

MOST_COUNTED = 1000  # beyond there are «more than»
STATE = "state"
_STATE_NAMES = (STATE, "состояние")
_S = MessageState
_TROUBLES = frozenset(
    {
        *(_S.FORMATION_FAILED, _S.GIVEN_UP, _S.UNDELIVERED, _S.NOT_ACCEPTED, _S.NOT_CARRIED),
        *(_S.REFUSED, _S.QUARANTINED),
    }
)
_UNDER_WAY = frozenset({_S.PREPARED, _S.SENT, _S.WAITING})
_ARROWS = {Direction.OUT: "→", Direction.IN: "←"}


class View(StrEnum):
    """What the screen of the exchange lists."""

    MESSAGES = "messages"
    WAITING = "waiting"
    QUARANTINE = "quarantine"
    INBOX = "inbox"
    OUTBOX = "outbox"
    JOURNAL = "journal"
    PARTNERS = "partners"


VIEWS = {
    View.MESSAGES: N_("all messages"),
    View.WAITING: N_("letters to be registered"),
    View.QUARANTINE: N_("in quarantine"),
    View.INBOX: N_("what came in"),
    View.OUTBOX: N_("what goes out"),
    View.JOURNAL: N_("journal of events"),
    View.PARTNERS: N_("partners"),
}
_OF_VIEW: dict[View, dict[str, Any]] = {
    View.MESSAGES: {},
    View.WAITING: {"state": _S.WAITING},
    View.QUARANTINE: {"state": _S.QUARANTINED},
    View.INBOX: {"direction": Direction.IN},
    View.OUTBOX: {"direction": Direction.OUT},
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the line above the list asks for: a state, a partner by its code or name."""

    state: MessageState | None = None
    partner: str = ""


def narrowing(query: str) -> Narrowing:
    """Read the line: `state:` with a state in any language, the rest is the partner."""
    state, words = None, []
    for token in query.split():
        name, colon, value = token.partition(":")
        if colon and name.casefold() in _STATE_NAMES:
            state = _state(value)
        else:
            words.append(token)
    return Narrowing(state, " ".join(words))


def check(query: str) -> None:
    """Raise `Invalid` for a line that cannot be asked."""
    narrowing(query)


def _state(text: str) -> MessageState | None:
    wanted = text.casefold().replace("_", " ")
    if not wanted:
        return None
    for state in MessageState:
        names = (state.value.replace("_", " "), _(STATE_TITLES[state]).casefold())
        if wanted == names[0] or wanted in names[1]:
            return state
    reason = _("no state is called “{state}”; f lists them").format(state=printable(text))
    raise Invalid(field=STATE, reason=reason)


def columns_of(view: View) -> Sequence[Column]:
    """Return the columns of a view; letters to be registered are all of one kind and state."""
    if view is View.PARTNERS:
        return partner_columns()
    if view is View.WAITING:
        middle = [Column(_("Number"), 12, copied=True), Column(_("Dated"), 10, optional=True)]
    else:
        second = {View.QUARANTINE: N_("Reason"), View.JOURNAL: N_("Event")}.get(view, N_("State"))
        middle = [Column(_(second), 22), Column(_("What"), 13)]
    return (
        Column(_("When"), 14 if active_language() == "ru" else 16),
        Column(_("Partner"), 10),
        *middle,
        Column(_("Subject"), 16, share=1),
    )


def exchange_rows(gateway: Gateway, view: View, query: str) -> RowSource:
    """Return the rows of a view, the newest first."""
    wanted = narrowing(query)
    if view is View.PARTNERS:
        return partner_rows(gateway, wanted.partner)

    def read(**place: Any) -> tuple[list[Row], str | None]:
        partner = _partner(gateway, wanted.partner) if wanted.partner else None
        if view is View.JOURNAL:
            events = gateway.call(EVENTS, ListEvents(partner=partner, **place))
            return [_event(row) for row in events.rows], events.next
        fixed = {"state": wanted.state, **_OF_VIEW[view]}
        page = gateway.call(LIST, ListMessages(partner=partner, **fixed, **place))
        return [_message(row, view) for row in page.rows], page.next

    return paged(read)


def paged(read: Callable[..., tuple[list[Row], str | None]]) -> PagedRows:
    """Return the pages of a list that is counted by reading it."""

    def count(limit: int | None) -> Total:
        rows, following = read(limit=min(limit or MOST_COUNTED, MOST_COUNTED))
        return Total(len(rows), more=following is not None)

    return PagedRows(lambda after, skip: read(after=after, skip=skip, limit=PAGE), count)


def _partner(gateway: Gateway, text: str) -> str:
    """Return the code of the partner that words mean. Raises `Invalid`."""
    wanted = text.casefold()
    found = [
        one
        for one in gateway.call(PARTNERS, ListPartners()).rows
        if wanted in one.code.casefold() or wanted in one.name.casefold()
    ]
    exact = [one for one in found if one.code.casefold() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0].code
    if not found:
        reason = _("no partner is called so")
    else:
        codes = ", ".join(one.code for one in found[:5])
        reason = _("several partners are called so: {codes}").format(codes=codes)
    raise Invalid(field="partner", reason=reason)


def signed_state(state: MessageState) -> str:
    """Return a state in words, its sign before it."""
    sign = "!" if state in _TROUBLES else "◦" if state in _UNDER_WAY else "✓"
    return f"{sign} {_(STATE_TITLES[state])}"


def what(row: MessageRow | ExchangeEvent) -> str:
    """Return the direction as an arrow and the kind of a message."""
    return f"{_ARROWS[row.direction]} {shown_value('kind', row.kind.value)}"


def _message(row: MessageRow, view: View) -> Row:
    tone = "alarm" if row.state in _TROUBLES else ""
    if view is View.WAITING:
        cells = (_line(row.number), long_day(row.number_date))
        tone = ""
    elif view is View.QUARANTINE:
        cells = (f"! {shown_value('event', row.event or '')}", what(row))
    else:
        cells = (signed_state(row.state), what(row))
    told = (
        short_moment(row.created_at),
        row.partner or "—",
        *cells,
        _line(row.subject or row.reason),
    )
    return Row(str(row.id), told, tone, row)


def _event(row: ExchangeEvent) -> Row:
    sign = "!" if row.state in _TROUBLES else " "
    happened = f"{sign} {shown_value('event', row.event)}"
    cells = (short_moment(row.at), row.partner or "—", happened, what(row), _line(row.subject))
    return Row(str(row.id), cells, "alarm" if row.state in _TROUBLES else "", row)


def short_moment(value: datetime) -> str:
    """Return an instant of the office's day for a column of a list."""
    local = value.astimezone(OFFICE_ZONE)
    return f"{day(local.date())} {local:%H:%M}"


def detail(row: object) -> str:
    """Return what the row under the cursor has no room for, on two lines."""
    if isinstance(row, MessageRow):
        parts = [row.partner_name, row.subject, row.reason, row.last_error]
        if row.attempts and row.next_attempt_at is not None:
            at = moment(row.next_attempt_at)
            parts.append(_("attempts: {count}, next {at}").format(count=row.attempts, at=at))
    elif isinstance(row, ExchangeEvent):
        parts = [row.subject, signed_state(row.state), row.detail, row.actor]
    else:
        return partner_detail(row) if isinstance(row, Partner) else ""
    return " · ".join(_line(part) for part in parts if part)


def _line(text: str | None) -> str:
    return printable(text or "").replace("\n", " ")
