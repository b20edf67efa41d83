"""One assignment as text: its term explained, its people, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from sed_tui.domain.assignment import STATE_TITLES
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.assignment_rows import SIGNS, left
from sed_tui.tui.card_text import two_columns
from sed_tui.tui.wording import long_day, moment, short_name

if TYPE_CHECKING:
    from sed_tui.operations.assignment import AssignmentCard


def assignment_text(card: AssignmentCard) -> Group:
    """Return everything about an assignment."""
    sign = SIGNS.get(card.sign, "")
    rows = [
        (label("state"), f"{sign} {_(STATE_TITLES[card.state])}, {left(card)}".strip()),
        (_("Document"), card.document_number or ""),
        (_("Author"), card.author),
        (_("Executor"), card.executor),
        (_("Co-executors"), ", ".join(card.co_executors)),
        (_("Controller"), card.controller or ""),
        (_("Term"), long_day(card.due)),
        *(("", line) for line in card.explanation),
        (_("Report"), card.report_text or ""),
    ]
    history = Text().append("\n" + _("History") + "\n", "bold")
    for event in card.history:
        what = shown_value("event", event.event)
        history.append(f"{moment(event.at)}  {short_name(event.actor)}: {what}")
        history.append(f" — {event.text}\n" if event.text else "\n")
    head = Text().append(f"{card.text}\n", "bold")
    return Group(head, two_columns(row for row in rows if row[1]), history)
