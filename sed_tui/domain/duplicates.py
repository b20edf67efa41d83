"""When two letters are the same letter (domain: §1.8)."""

from __future__ import annotations

import re
import unicodedata

from sed_tui.domain.registration import WITHOUT_NUMBER

SIMILAR_WITHIN_DAYS = 30

# letters that look alike on paper, Latin to Cyrillic, and the letter O to the digit
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("abcehkmoptxy", "авсенкмортху", strict=True)),
        **dict.fromkeys("-‐‑‒–—−_./\\№#\"'«»", None),
    }
)
_LETTER_O = str.maketrans({"о": "0", "з": "3"})
_SEPARATORS = re.compile(r"[-‐‑‒–—−_./\\№#\s]+")


def number_key(number: str | None) -> str | None:
    """Return a sender's number for comparison, None for a letter without one.

    Case, spaces, dashes, dots, slashes and «№» do not count, lookalike letters of the
    two alphabets are one, and the letter «О» is the digit 0: `01-23/Исх` and
    `0123исх` are the same number.
    """
    if number is None or number == WITHOUT_NUMBER:
        return None
    text = unicodedata.normalize("NFKC", number.replace("№", "")).casefold()
    key = "".join(text.split()).translate(_LOOKALIKES).translate(_LETTER_O)
    return key or None


def exact_form(number: str | None) -> str | None:
    """Return a sender's number with its parts kept apart: `3-10` and `31-0` are two numbers.

    Whatever separates the parts is the same: `145/и` and `145-И` are one.
    """
    if number is None:
        return None
    parts = (number_key(part) for part in _SEPARATORS.split(number))
    return "-".join(part for part in parts if part)
