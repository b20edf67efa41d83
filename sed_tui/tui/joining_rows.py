"""Rows of the queue of joining, and how an application reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.i18n import N_, _
from sed_tui.operations.joining_list import LIST, ListApplications
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.joining_words import (
    conditions_in_words,
    papers_in_words,
    protocols_in_words,
    waiting_in_words,
)
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import long_day
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application, ApplicationRow

# what the arrows go through: title → what is asked for
SCOPES: tuple[tuple[str, dict[str, bool]], ...] = (
    (N_("under way"), {}),
    (N_("past their term"), {"late": True}),
    (N_("all applications"), {"all_states": True}),
)
_MOST = 2_000
_WIDTH = 26
_FACTS = (
    *("inn", "kpp", "ogrn", "oktmo", "address", "head_name", "head_position", "deputy", "power"),
    *("power_until", "contact", "email", "phone", "subsystem", "front", "exchange_address"),
    *("register_state", "register_checked_on", "connected_on", "remark"),
)


def application_columns() -> tuple[Column, ...]:
    """Return the columns of the queue."""
    return (
        Column(_("Code"), 8, copied=True),
        Column(_("Name"), 20, share=2),
        Column(_("State of joining"), 22, share=1),
        Column(_("Waits for"), 10, optional=True),
        Column(_("Term"), 10),
        Column(_("Delay"), 9),
    )


def application_rows(gateway: Gateway, scope: int, query: str) -> WholeRows:
    """Return the applications of a scope that hold the words."""
    asked = {"query": query, "limit": _MOST, **SCOPES[scope][1]}
    request = ListApplications.model_validate(asked)
    return WholeRows(lambda: [_row(one) for one in gateway.call(LIST, request).rows])


def _row(one: ApplicationRow) -> Row:
    late = f"! {one.delay_days}" if one.delay_days else ""
    turn = str(shown_value("waits_for", one.waits_for.value)) if one.waits_for else "—"
    state = str(shown_value("joining", one.joining.value))
    cells = (one.application, one.name, state, turn, long_day(one.due), late)
    return Row(str(one.id), cells, "alarm" if late else "", one)


def application_text(card: Application) -> Text:
    """Return an application whole: first what is missing, then its papers, fields, history."""
    text = Text(f"{card.application} {card.name}\n", "bold")
    text.append(f"{shown_value('joining', card.joining.value)}\n")
    for line in (*conditions_in_words(card), *waiting_in_words(card)):
        text.append(f"{line}\n")
    for line in card.explanation:
        text.append(f"{line}\n", "dim")
    for line in (*papers_in_words(card), *protocols_in_words(card)):
        text.append(f"{line}\n")
    for name, value in card.model_dump(mode="json", include=set(_FACTS)).items():
        fact(text, label(name), shown_value(name, value), width=_WIDTH)
    for line in (*card.successors, *card.formerly):
        text.append(f"→ {line}\n")
    for event in card.events:
        step = shown_value("joining_step", event.joining_step)
        told = f": {event.remark}" if event.remark else ""
        text.append(f"{shown_value('at', event.at.isoformat())} {step}, {event.who}{told}\n")
    return text
