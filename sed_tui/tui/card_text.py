"""The card of a document as text, for the preview and for the card screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from sed_tui.domain.flows import Confidentiality, Control, Execution, Lifecycle
from sed_tui.domain.links import NAMES, LinkKind
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import APPROVALS, CONTROLS, EXECUTIONS, FLOWS, REGISTRATIONS
from sed_tui.tui.wording import long_day, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sed_tui.operations.document import CardLink, DocumentCard


def card_title(card: DocumentCard) -> str:
    """Return number and date: «01-23/1456 of 12.11.2026»."""
    if card.number is None:
        return _("{flow} without a number").format(flow=_(FLOWS[card.flow]))
    if card.registered_on is None:
        return card.number
    return _("{number} of {day}").format(number=card.number, day=long_day(card.registered_on))


def card_states(card: DocumentCard) -> str:
    """Return where the document stands on each axis that says something."""
    states = [_(REGISTRATIONS[card.registration])]
    if card.lifecycle is Lifecycle.DRAFT:
        states = [_("draft of a document"), _(APPROVALS[card.approval])]
    if card.execution is not Execution.NONE:
        states.append(_(EXECUTIONS[card.execution]))
    if card.control is not Control.NONE:
        states.append(_(CONTROLS[card.control]))
    if card.confidentiality is Confidentiality.OFFICIAL:
        states.append(_("for official use only"))
    return " · ".join(states)


def card_summary(card: DocumentCard) -> Group:
    """Return the whole card briefly, for the preview."""
    head = Text().append(f"{card_title(card)}\n", "bold").append(f"{card_states(card)}\n")
    tail = Text()
    if card.files:
        tail.append("\n" + _("Files") + "\n", "bold")
        for file in card.files:
            tail.append(f"{file.name}\n")
    if card.assignments:
        tail.append("\n" + _("Assignments") + "\n", "bold")
        for item in card.assignments:
            tail.append(f"{long_day(item.due)} {item.executor}: {item.text}\n")
    return Group(head, card_fields(card), tail)


def card_fields(card: DocumentCard) -> Table:
    """Return the filled fields of the card, a line each, in the order of the paper."""
    return two_columns(_fields(card))


def two_columns(rows: Iterable[tuple[str, str]]) -> Table:
    """Return names with their values beside them, long values under themselves."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, value in rows:
        table.add_row(Text(name, "dim"), Text(value))
    return table


def link_name(link: CardLink) -> str:
    """Return what the other document is to the card."""
    kind = link.kind
    return _(NAMES[LinkKind(kind)]) if kind in set(LinkKind) else kind


def _fields(card: DocumentCard) -> Iterator[tuple[str, str]]:
    for field in (
        "correspondent",
        "addressees",
        "their_number",
        "their_date",
        "received_on",
        "subject",
        "addressee",
        "signatory",
        "signed_on",
        "drafter",
        "drafter_phone",
        "sheets",
        "annex_sheets",
        "copies",
        "delivery",
        "postal_number",
        "case_index",
        "topic",
        "appeal_kind",
        "appeal_repeat",
        "signatures_count",
        "reply_address",
        "note",
        "kind",
        "journal",
        "registrar",
        "registered_at",
        "external_id",
    ):
        value = getattr(card, field)
        if value not in (None, "", []):
            yield label(field), _shown(field, value)


def _shown(field: str, value: object) -> str:
    from datetime import date, datetime

    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
