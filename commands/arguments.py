"""What people type as values of options, read into what requests take."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, overload

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.domain.dates import parse_date
from sed_tui.errors import Invalid
from sed_tui.errors.input import UnreadableText
from sed_tui.errors.usage import NothingPiped
from sed_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date

# options that hold prose: for these `-` means standard input
PROSE = frozenset({"subject", "text", "note", "comment", "result", "reason", "summary"})
_NAMED_DAYS = {
    "today": 0,
    "сегодня": 0,
    "yesterday": -1,
    "вчера": -1,
    "tomorrow": 1,
    "завтра": 1,
}


@overload
def day(text: str, field: str) -> date: ...
@overload
def day(text: str | None, field: str) -> date | None: ...


def day(text: str | None, field: str) -> date | None:
    """Return the day an option names: a date, or today, yesterday, tomorrow."""
    if text is None:
        return None
    shift = _NAMED_DAYS.get(text.strip().casefold())
    if shift is not None:
        return office_day(SystemClock().now()) + timedelta(days=shift)
    return parse_date(text, field)


def piped(field: str, encoding: str | None = None) -> str:
    """Return what was piped in for an option whose value is `-`.

    Raises `NothingPiped` on a terminal, where a reader would wait for ever.
    """
    if sys.stdin.isatty():
        raise NothingPiped(field=field)
    return decoded(sys.stdin.buffer.read(), field, encoding)


def decoded(content: bytes, field: str, encoding: str | None = None) -> str:
    """Return text that is UTF-8, with a mark or without, or else cp1251, which is told.

    Raises `UnreadableText` where the named encoding does not fit.
    """
    try:
        return content.decode(encoding or "utf-8-sig").replace("\r\n", "\n")
    except (UnicodeDecodeError, LookupError) as error:
        if encoding is not None:
            raise UnreadableText(field=field, encoding=encoding) from error
    try:
        text = content.decode("cp1251").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableText(field=field, encoding="UTF-8, cp1251") from error
    sys.stderr.write(_("The text is not UTF-8: it was read as cp1251 (--encoding).") + "\n")
    return text


def sheet_counts(text: str | None) -> tuple[int | None, int | None]:
    """Return sheets and annex sheets of `1+7`, or of `1` alone (the notation of offices)."""
    if text is None:
        return None, None
    own, plus, annex = text.replace(" ", "").partition("+")
    if not own.isdecimal() or (plus and not annex.isdecimal()):
        raise Invalid(field="sheets", reason=_("“{value}” is not like 1 or 1+7").format(value=text))
    return int(own), int(annex) if plus else None


def pairs(words: list[str], field: str) -> dict[str, str | None]:
    """Return `{name: value}` of words like `name=value`; nothing after `=` is None."""
    found: dict[str, str | None] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Invalid(
                field=field, reason=_("“{value}” is not like field=value").format(value=word)
            )
        found[name.strip().replace("-", "_")] = value or None
    return found
