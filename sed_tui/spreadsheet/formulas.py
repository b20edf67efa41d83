"""Cells that a spreadsheet would run, made text and made themselves again."""

from __future__ import annotations

import re

# a spreadsheet takes such a cell for a formula; apostrophes before it are kept apart too
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def neutral(text: str) -> str:
    """Return a cell that a spreadsheet takes for text; `original` undoes it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def original(text: str) -> str:
    """Return the text of a cell that `neutral` wrote."""
    if text.startswith("'") and _FORMULA.match(text, 1):
        return text[1:]
    return text
