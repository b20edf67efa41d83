"""One assignment as text: its term explained, its people, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.assignment import STATE_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.tui.assignment_rows import SIGNS, left
from sed_tui.tui.wording import long_day, moment, short_name

if TYPE_CHECKING:
    from sed_tui.operations.assignment import AssignmentCard

EVENTS = {
    "issue": N_("issued"),
    "issued": N_("issued"),
    "report": N_("reported"),
    "reported": N_("reported"),
    "accept": N_("accepted"),
    "accepted": N_("accepted"),
    "return": N_("returned"),
    "returned": N_("returned"),
}


def assignment_text(card: AssignmentCard) -> Text:
    """Return everything about an assignment."""
    text = Text(f"{card.text}\n\n", "bold")
    sign = SIGNS.get(card.sign, "")
    rows = [
        (label("state"), f"{sign} {_(STATE_TITLES[card.state])}, {left(card)}".strip()),
        (_("Document"), card.document_number or ""),
        (_("Author"), card.author),
        (_("Executor"), card.executor),
        (_("Co-executors"), ", ".join(card.co_executors)),
        (_("Controller"), card.controller or ""),
        (_("Term"), long_day(card.due)),
        (_("Report"), card.report_text or ""),
    ]
    for name, value in rows:
        if value:
            text.append(f"{name:<16} ", "dim").append(f"{value}\n")
    for line in card.explanation:
        text.append(f"{'':<16} {line}\n", "italic")
    text.append("\n" + _("History") + "\n", "bold")
    for event in card.history:
        what = _(EVENTS.get(event.event, event.event))
        text.append(f"{moment(event.at)}  {short_name(event.actor)}: {what}")
        text.append(f" — {event.text}\n" if event.text else "\n")
    return text
