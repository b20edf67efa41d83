"""A compiled catalogue whose messages are read when they are asked for.

gettext reads all five thousand at once, a thirtieth of a start; a command shows a hundred.
The file: GNU gettext manual, 11.3, “The Format of GNU MO Files”.
"""

from __future__ import annotations

import gettext
from bisect import bisect_left
from functools import cached_property
from struct import unpack_from
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MAGIC = 0x950412DE
_BEGINNING = "5I"  # the magic, the revision, how many messages, where their tables are
_ENTRY = 8  # the length of a text and where it is, four bytes each
_BETWEEN = "\0"


class Catalogue(gettext.NullTranslations):
    """Translates by looking up a message among the sorted ones of the file."""

    def _parse(self, fp: Any) -> None:
        """Read the file as it is. Raises `OSError` for one that is no catalogue."""
        self._bytes: bytes = fp.read()
        self._order = "<" if unpack_from("<I", self._bytes)[0] == _MAGIC else ">"
        magic, _revision, self._count, self._ids, self._texts = unpack_from(
            self._order + _BEGINNING, self._bytes
        )
        if magic != _MAGIC:
            raise OSError(0, "Bad magic number", fp.name)
        self._known: dict[str, list[str]] = {}

    def gettext(self, message: str) -> str:
        """Return the translation of a message, or the message."""
        forms = self._forms(message)
        if not forms:
            return super().gettext(message)
        return forms[0] if len(forms) == 1 else forms[self._plural(1)]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form that fits a count."""
        forms = self._forms(msgid1)
        return forms[self._plural(n)] if forms else super().ngettext(msgid1, msgid2, n)

    def _forms(self, message: str) -> list[str]:
        """Return the forms of a translation, none where there is none."""
        forms = self._known.get(message)
        if forms is None:
            forms = self._looked_up(message)
            if forms:  # what is not here is not kept: it may be anything at all
                self._known[message] = forms
        return forms

    def _looked_up(self, message: str) -> list[str]:
        sought = message.encode("utf-8", "surrogatepass")
        place = bisect_left(range(self._count), sought, key=self._id)
        if place == self._count or self._id(place) != sought:
            return []
        return self._text(self._texts, place).decode().split(_BETWEEN)

    def _id(self, place: int) -> bytes:
        """Return a message as the code has it: of a plural, the form of one."""
        return self._text(self._ids, place).partition(b"\0")[0]

    def _text(self, table: int, place: int) -> bytes:
        length, start = unpack_from(self._order + "2I", self._bytes, table + _ENTRY * place)
        text: bytes = self._bytes[start : start + length]
        return text

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        """Return which form a count takes, as the head of the catalogue has it."""
        head = "".join(self._looked_up(""))
        rule = next(line for line in head.splitlines() if line.startswith("Plural-Forms:"))
        return gettext.c2py(rule.partition("plural=")[2].rstrip(";"))
