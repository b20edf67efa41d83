"""Text as people type and paste it, made safe and comparable.

Non-breaking and narrow spaces become spaces and decomposed letters are composed, so
that the same words are the same text. What could deceive a reader or a terminal is
refused: control characters, ANSI escapes, and characters that change direction.
"""

from __future__ import annotations

import re
import unicodedata

from sed_tui.errors.input import EmptyText, ForbiddenCharacters, TextTooLong

_SPACES = re.compile(r"[^\S\n]+")
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def clean(value: str, field: str, *, limit: int, multiline: bool = False) -> str:
    """Return the text normalized. Raises `EmptyText`, `TextTooLong`, `ForbiddenCharacters`."""
    text = optional(value, field, limit=limit, multiline=multiline)
    if text is None:
        raise EmptyText(field=field)
    return text


def optional(value: str | None, field: str, *, limit: int, multiline: bool = False) -> str | None:
    """Return the text normalized, None when nothing is left of it.

    Raises `ForbiddenCharacters`, `TextTooLong`.
    """
    if value is None:
        return None
    text = normalized(value, multiline=multiline)
    # whatever is forbidden is not printable: most texts need no search
    if not text.isprintable() and (found := _FORBIDDEN.search(text)):
        raise ForbiddenCharacters(field=field, shown=f"U+{ord(found[0]):04X}")
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    return text or None


def normalized(value: str, *, multiline: bool = False) -> str:
    """Return NFC text with single ordinary spaces and none at the ends."""
    if value.isprintable() and "  " not in value and unicodedata.is_normalized("NFC", value):
        return value.strip()  # the only printable blank is the space
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    return _SPACES.sub(" ", text).strip()


def folded(value: str) -> str:
    """Return text for comparison: without case, `ё` as `е`, quotation marks and dashes alike."""
    text = value.casefold().replace("ё", "е")
    return _SPACES.sub(" ", text.translate(_ALIKE)).strip()


_ALIKE = {
    **dict.fromkeys(map(ord, "«»„“”\"'`"), None),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
}
