"""Logins and codes made of Russian names, for tables that bring people without them."""

from __future__ import annotations

import re

# ICAO Doc 9303, as Russian passports write names since 2014
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        (
            *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o"),
            *("p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e"),
            *("iu", "ia"),
        ),
        strict=True,
    )
)
_OTHER = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"[\w]+")
_LONGEST = 40


def latin(text: str) -> str:
    """Return a text in small Latin letters and digits alone."""
    return _OTHER.sub("", "".join(_LETTERS.get(letter, letter) for letter in text.casefold()))


def login_of(full_name: str, attempt: int = 0) -> str:
    """Return the login of a person: the surname and initials, with a number when taken."""
    surname, *others = full_name.split() or [""]
    initials = "".join(latin(name)[:1] for name in others)
    base = (latin(surname) or "user")[:_LONGEST] + (f"_{initials}" if initials else "")
    return f"{base}{attempt + 1}" if attempt else base


def code_of(name: str, attempt: int = 0, *, longest: int = 16) -> str:
    """Return a short code of a name: a short single word itself, else initials."""
    words = _WORDS.findall(name)
    short = len(words) == 1 and len(words[0]) <= longest
    code = words[0] if short else "".join(word[0] for word in words).upper()[: longest - 3]
    return f"{code or 'X'}{attempt + 1 if attempt else ''}"
