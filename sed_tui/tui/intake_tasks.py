"""What a clerk can do with a letter taken in by mail, each as a small form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.clock import office_day
from sed_tui.domain.intake import IntakeState
from sed_tui.domain.registration import WITHOUT_NUMBER
from sed_tui.i18n import _
from sed_tui.operations.intake_letter import (
    ATTACH,
    DROP,
    REGISTER,
    AttachLetter,
    DropLetter,
)
from sed_tui.operations.labels import label
from sed_tui.rendering.cells import printable
from sed_tui.tui.entry_dialog import REASON, Entry, Task
from sed_tui.tui.waiting_letter import registration_task, told_reason
from sed_tui.tui.wording import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.intake_letter import LetterCard

_COMMAND = ("document", "intake")


def tasks_for(card: LetterCard) -> list[Task]:
    """Return what the state of a letter allows."""
    if card.state is IntakeState.WAITING:
        return [register_task(card), attach_task(card), drop_task(card)]
    return [drop_task(card)] if card.state is IntakeState.REFUSED else []


def register_task(card: LetterCard) -> Task:
    """Return the form that gives a letter its number; its fields are those of the letter."""
    received = office_day(card.received_at)
    told = {
        "correspondent": card.correspondent,
        "subject": card.subject,
        "their_number": WITHOUT_NUMBER,
        "their_date": long_day(min(office_day(card.sent_at or card.received_at), received)),
        "in_reply_to": card.may_answer[0] if len(card.may_answer) == 1 else "",
    }
    command = (*_COMMAND, "register", card.short_id)
    return registration_task(REGISTER, {"letter": str(card.id)}, command, told, _note(card))


def attach_task(card: LetterCard) -> Task:
    """Return the form that adds a letter to a card that is there."""
    begun = card.may_answer[0] if len(card.may_answer) == 1 else ""
    entries = (
        Entry("document", label("document") + " *", begun),
        Entry(REASON, _("Reason (may be left out)")),
    )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        document = values["document"] or "…"
        return (*_COMMAND, "attach", card.short_id, document, *told_reason(values))

    return Task(
        _(ATTACH.title),
        ATTACH,
        entries,
        lambda values: AttachLetter(letter=str(card.id), document=values["document"]),
        words,
        _note(card),
    )


def drop_task(card: LetterCard) -> Task:
    """Return the form that leaves a letter unregistered; it asks for the reason."""
    return Task(
        _(DROP.title),
        DROP,
        (Entry(REASON, _("Reason *")),),
        lambda _values: DropLetter(letter=str(card.id)),
        lambda values: (*_COMMAND, "drop", card.short_id, *told_reason(values)),
        _note(card),
    )


def _note(card: LetterCard) -> str:
    parts = (card.short_id, card.sender_name or card.sender, card.subject, card.reason)
    return printable(" · ".join(part for part in parts if part)).replace("\n", " ")
