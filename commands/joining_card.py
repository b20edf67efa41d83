"""An application printed: its fields, then what is missing and whose turn it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from commands.session import Format
from sed_tui.rendering.cells import printable

if TYPE_CHECKING:
    from commands.session import Session
    from sed_tui.operations.joining import Application

_HEAD = (
    *("application", "name", "joining", "waits_for", "since", "due", "delay_days", "remark"),
    *("inn", "kpp", "ogrn", "oktmo", "address", "head_name", "head_position", "deputy", "power"),
    *("power_until", "contact", "email", "phone", "subsystem", "front", "exchange_address"),
    *("register_state", "register_checked_on", "connected_on"),
    *("possible", "successors", "formerly", "version"),
)


def show_application(session: Session, card: Application) -> None:
    """Print an application; machines get it whole."""
    if session.format is not Format.TABLE or session.fields:
        session.show(card)
        return
    from sed_tui.rendering import joining_words as words

    record = card.model_dump(mode="json")
    shown = {name: record[name] for name in _HEAD if record[name] not in (None, [])}
    session.show_record(shown)
    told = (words.papers_in_words(card), words.protocols_in_words(card))
    next_step = (words.conditions_in_words(card), words.waiting_in_words(card))
    for lines in (card.explanation, *told, *next_step):
        if lines:
            sys.stdout.write("\n" + "".join(f"{printable(line)}\n" for line in lines))
