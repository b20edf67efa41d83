"""How long each text of a card may be, wherever it is typed, imported or stored."""

from __future__ import annotations

SUBJECT_LIMIT = 2000
TEXT_LIMITS: dict[str, int] = {
    "subject": SUBJECT_LIMIT,
    "their_number": 100,
    "delivery": 64,
    "postal_number": 64,
    "addressee": 1000,
    "signatory": 200,
    "drafter": 200,
    "drafter_phone": 64,
    "case_index": 64,
    "topic": 200,
    "note": 2000,
    "reply_address": 500,
    "appeal_kind": 24,
    "external_id": 200,
}
"""The text fields of a card, in characters."""
