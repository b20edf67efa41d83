"""Partners of the exchange as rows, and how one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.domain.stored_size import shown_size
from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_partner import LIST, ListPartners, Partner
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import amount, moment, translated
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway

_COLUMNS = (
    Column(N_("Code"), 12, copied=True),
    Column(N_("Name"), 20, share=1),
    Column(N_("Channel"), 16),
    Column(N_("State"), 16),
    Column(N_("Waiting"), 8),
)
_LEFT_OUT = {"id", "correspondent_id", "code", "name"}

_TITLES = 26


def partner_columns() -> Sequence[Column]:
    """Return the columns of partners."""
    return translated(_COLUMNS)


def partner_rows(gateway: Gateway, query: str) -> WholeRows:
    """Return the partners whose code or name holds the words."""
    wanted = query.casefold()

    def read() -> list[Row]:
        found = gateway.call(LIST, ListPartners()).rows
        return [
            _row(one)
            for one in found
            if wanted in one.code.casefold() or wanted in one.name.casefold()
        ]

    return WholeRows(read)


def _row(partner: Partner) -> Row:
    if partner.state is PartnerState.CLOSED:
        state, tone = f"· {shown_value('state', partner.state.value)}", "muted"
    elif partner.failures:
        state, tone = "! " + _("does not answer"), "alarm"
    else:
        state, tone = f"✓ {shown_value('state', partner.state.value)}", ""
    cells = (
        partner.code,
        printable(partner.name).replace("\n", " "),
        str(shown_value("channel", partner.channel.value)),
        state,
        amount(partner.waiting),
    )
    return Row(str(partner.id), cells, tone, partner)


def partner_detail(partner: Partner) -> str:
    """Return where a partner is reached, and until when nothing is tried."""
    parts = [partner.name, partner.address or partner.organization]
    if partner.failures:
        parts.append(_("failures in a row: {count}").format(count=partner.failures))
    if partner.paused_until is not None:
        parts.append(_("next try {at}").format(at=moment(partner.paused_until)))
    return printable(" · ".join(part for part in parts if part)).replace("\n", " ")


def partner_text(partner: Partner) -> Text:
    """Return a partner whole."""
    text = Text(f"{partner.code} · {printable(partner.name)}\n", "bold")
    for name, value in partner.model_dump(mode="json", exclude=_LEFT_OUT).items():
        shown = shown_size(value) if name == "max_bytes" else shown_value(name, value)
        told = ", ".join(map(str, shown)) if isinstance(shown, list) else shown
        fact(text, label(name), told, width=_TITLES)
    return text
