"""When two letters are the same letter (rules §1.8)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sed_tui.domain.flows import Flow
from sed_tui.domain.registration import WITHOUT_NUMBER

if TYPE_CHECKING:
    from datetime import date

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
_BETWEEN_DIGIT_AND_LETTER = re.compile(r"(?<=\d)(?=\D)|(?<=\D)(?=\d)")


class Likeness(StrEnum):
    """Why a letter looks like one that is registered already, the most alike first."""

    EXACT = "exact"
    SAME_FILE = "same_file"
    SIMILAR_NUMBER = "similar_number"
    REPEATED_APPEAL = "repeated_appeal"


class Letter(NamedTuple):
    """What letters are told apart by; `sender` is an id as the caller keeps it."""

    sender: object
    flow: str
    key: str | None
    number: str | None
    day: date | None


def likeness(known: Letter, letter: Letter, *, same_file: bool = False) -> Likeness | None:
    """Tell how a letter is like a registered one, None when it is another (rules §1.8).

    The number of one sender is his again when its parts are the same and the day is; of
    parts that stand otherwise, or within days of each other, it is worth a look.
    """
    same_sender = letter.sender is not None and known[:2] == letter[:2]
    like_number = same_sender and letter.key is not None and known.key == letter.key
    same_day = like_number and known.day == letter.day
    if same_day and exact_form(known.number) == exact_form(letter.number):
        return Likeness.EXACT
    if same_file:
        return Likeness.SAME_FILE
    if like_number and _near(known.day, letter.day):
        return Likeness.SIMILAR_NUMBER
    return Likeness.REPEATED_APPEAL if same_sender and letter.flow == Flow.APPEAL else None


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

    Whatever separates the parts is the same, and between a digit and a letter nothing
    need: `145/и`, `145-И` and `145и` are one.
    """
    if number is None:
        return None
    parts = (number_key(part) for part in _SEPARATORS.split(number))
    return "-".join(_BETWEEN_DIGIT_AND_LETTER.sub("-", part) for part in parts if part)


def _near(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return True
    return abs((one - other).days) <= SIMILAR_WITHIN_DAYS
