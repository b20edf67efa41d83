"""Names that files of documents carry in a letter: readable, and safe on Windows too."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_LONGEST_BYTES = 180  # leaves room for a folder and for the suffix of a signature
_LONGEST_SUFFIX = 12
_NOT_ON_WINDOWS = re.compile(r"[<>:\"/\\|?*«»„“”'`]")
_BLANKS = re.compile(r"[\s_]+")
_SIGNS_KEPT = "№§°"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def mailed_name(
    *, day: date | None, number: str | None, kind: str, original: str, is_main: bool
) -> str:
    """Return `2026-01-14_01-23-1456_Письмо.pdf`; an annex carries its own name at the end."""
    stem, suffix = _split(original)
    beginning = [f"{day:%Y-%m-%d}" if day else "", number or "", kind if is_main else stem]
    words = "_".join(word for word in map(safe_words, beginning) if word) or "_"
    if _RESERVED.match(words):
        words = f"_{words}"
    return _shortened(words, _LONGEST_BYTES - len(suffix.encode())) + suffix


def safe_words(text: str) -> str:
    """Return text without what a file name cannot hold: path marks, quotes, pictures, controls."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        symbol
        for symbol in _NOT_ON_WINDOWS.sub("-", composed)
        if symbol in _SIGNS_KEPT or unicodedata.category(symbol)[0] in "LNPMZ" or symbol in "+=$^~"
    )
    return re.sub(r"-{2,}", "-", _BLANKS.sub(" ", kept)).strip(" .-")


def apart(name: str, taken: set[str]) -> str:
    """Return the name, or with a number before its suffix where it is taken already."""
    stem, suffix = _split(name)
    chosen, number = name, 1
    while chosen.casefold() in taken:  # Windows takes `A.pdf` and `a.pdf` for one file
        number += 1
        chosen = f"{stem}_{number}{suffix}"
    taken.add(chosen.casefold())
    return chosen


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    word = safe_words(suffix)
    if not stem or not dot or not word.isalnum() or len(word) > _LONGEST_SUFFIX:
        return name, ""
    return stem, f".{word.lower()}"


def _shortened(words: str, limit: int) -> str:
    return words.encode()[:limit].decode(errors="ignore").rstrip(" .-_") or "_"
