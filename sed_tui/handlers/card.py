"""The card of a document as it is stored: checked fields, never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.card_texts import SUBJECT_LIMIT, TEXT_LIMITS
from sed_tui.domain.duplicates import number_key
from sed_tui.domain.registration import check_dates, check_needed, sender_number
from sed_tui.domain.text import clean, optional
from sed_tui.storage.stems import field_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sed_tui.domain.flows import Flow
    from sed_tui.domain.registration import SenderDays

NUMBERS = ("sheets", "copies", "annex_sheets", "signatures_count")
DATES = ("their_date", "received_on", "signed_on")
_MULTILINE = frozenset({"note"})


def checked_texts(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the text fields of a card cleaned, with the sender's number and its key.

    Raises what `sed_tui.domain.text` raises; an empty subject is refused, «б/н» is one.
    """
    texts = {
        name: optional(values.get(name), name, limit=limit, multiline=name in _MULTILINE)
        for name, limit in TEXT_LIMITS.items()
        if name != "subject"
    }
    texts["subject"] = clean(values.get("subject") or "", "subject", limit=SUBJECT_LIMIT)
    texts["their_number"] = sender_number(texts["their_number"])
    texts["their_key"] = number_key(texts["their_number"])
    return texts


def check_card(
    flow: Flow,
    card: Mapping[str, Any],
    *,
    registered_on: date | None,
    today: date,
    sender: SenderDays | None = None,
) -> None:
    """Refuse a card that its flow does not allow, or whose dates cannot be true together."""
    dates = {**{name: card.get(name) for name in DATES}, "registered_on": registered_on}
    check_dates(dates, today, sender)
    check_needed(flow, card)


def searched_text(card: Mapping[str, Any], *names: str | None) -> str:
    """Return what of a card is found by words: its texts, its number, its correspondents."""
    parts = [field_line(field, card[column]) for column, field in _ASKED_FOR if card.get(column)]
    parts += [card[name] for name in _SEARCHED if card.get(name)]
    return "\n".join([*parts, *(name for name in names if name)])


# what the query language asks for by name, and what is found by its words alone
_ASKED_FOR = (("number", "number"), ("their_number", "number"), ("addressee", "addressee"))
_SEARCHED = ("subject", "signatory", "drafter", "topic", "note")
