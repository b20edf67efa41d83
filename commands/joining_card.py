"""An application printed: its fields, then what is missing and whose turn it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from commands.session import Format
from sed_tui.i18n import N_, _
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
_DONE, _MISSING = "✓", "◦"
_EDITION = N_("{paper}, edition {edition}")


def show_application(session: Session, card: Application) -> None:
    """Print an application; machines get it whole."""
    if session.format is not Format.TABLE or session.fields:
        session.show(card)
        return
    record = card.model_dump(mode="json")
    shown = {name: record[name] for name in _HEAD if record[name] not in (None, [])}
    session.show_record(shown)
    for lines in (card.explanation, papers_in_words(card), conditions_in_words(card)):
        if lines:
            sys.stdout.write("\n" + "".join(f"{printable(line)}\n" for line in lines))


def conditions_in_words(card: Application) -> list[str]:
    """Return each condition of the next step as a line: a sign, what it is, who sees to it."""
    from sed_tui.operations.values import shown_value

    return [
        f"{_DONE if one.holds else _MISSING} {one.condition} — "
        f"{shown_value('waits_for', one.waits_for.value)}"
        for one in card.conditions
    ]


def papers_in_words(card: Application) -> list[str]:
    """Return each paper as a line: its edition, who has signed it, when and how."""
    from sed_tui.operations.values import shown_value

    lines = []
    for one in card.papers:
        title: Any = shown_value("paper", one.paper.value)
        line = _(_EDITION).format(paper=title, edition=one.edition)
        if one.way is not None and one.signed_on is not None:
            way = shown_value("way", one.way.value)
            line += f": {one.signatory}, {one.signed_on:%d.%m.%Y}, {way}"
        lines.append(line)
    return lines
