"""Values as text: safe for a terminal, and for a spreadsheet that would run a formula."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import Any

# what makes a spreadsheet run a cell, the wide signs of East Asian keyboards included
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
_LATIN = 0x100
# what JSON may hold as it is and a terminal obeys: C1, marks of direction, signs of no width
_ACTING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def plain(value: Any) -> str:
    """Return a value as data files hold it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON that is the same for a program and does nothing in a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped_json(text: str) -> str:
    """Return JSON whose acting characters, which stand in its strings alone, are escaped."""
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def printable(text: str) -> str:
    """Return text whose control characters are shown escaped, so that none acts."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def neutral(value: Any) -> str:
    """Return a cell that no spreadsheet runs: a leading apostrophe makes it text.

    A negative number is no formula, «-1+1» is one.
    """
    text = printable(plain(value))
    risky = text.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def readable(value: Any) -> str:
    """Return a value for the eyes, on one line: days as ДД.ММ.ГГГГ."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return printable(plain(value)).replace("\n", " ")


def _shown(symbol: str) -> str:
    if symbol == "\n" or symbol.isprintable():
        return symbol
    if unicodedata.category(symbol) == "Zs":
        return " "
    return f"\\x{ord(symbol):02x}" if ord(symbol) < _LATIN else f"\\u{ord(symbol):04x}"
