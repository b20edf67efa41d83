"""Letters: who may get one, what may stand in a header, when to try again."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
_DOUBLINGS = 8  # a minute doubled so often is more than the longest pause
_WORDS_LIMIT = 300
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")

# a claim outlives the longest sending of one letter several times over
CLAIM_LAPSES = timedelta(minutes=15)
SENDING_LIMIT_SECONDS = 180.0


class LetterState(StrEnum):
    """How far a letter has come."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


def pause_after(attempts: int) -> timedelta:
    """Return how long a letter waits after so many failed attempts: twice as long each time."""
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, _DOUBLINGS)), _LONGEST_PAUSE)


def header_text(text: str) -> str:
    """Return text for a header: on one line, so that nothing in it begins another header."""
    return " ".join(_NOT_SHOWN.sub(" ", text).split())


def words_of_server(words: str, secret: str | None = None) -> str:
    """Return what a server said, fit to be shown and kept: short, on one line, without a secret."""
    if secret:
        words = words.replace(secret, "***")
    return header_text(words)[:_WORDS_LIMIT]


def ascii_address(address: str) -> str | None:
    """Return an address as mail servers take it: a Cyrillic domain encoded.

    None where the part before @ is not Latin, or the domain cannot be encoded.
    """
    name, _at, domain = address.rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode()}" if name.isascii() else None
    except UnicodeError:
        return None
