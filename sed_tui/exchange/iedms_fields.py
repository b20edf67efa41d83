"""How the fields of a message are read: what is missing or odd is noted, not refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from sed_tui.errors.exchange import PartMissing
from sed_tui.exchange.message import Number, Person, Signatory
from sed_tui.exchange.remarks import Oddity, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from sed_tui.exchange.profile import Profile

_DIGITS = 6  # of a number of sheets
_ESCAPED_TWICE = re.compile(r"&(?:quot|amp|lt|gt|apos|#\d+);")


class Reader:
    """Reads parts by their local names in any namespace of the format."""

    def __init__(self, profile: Profile, file: str, namespaces: Sequence[str]) -> None:
        self.profile = profile
        self.file = file
        self.remarks: list[Remark] = []
        self._prefixes = tuple(f"{{{space}}}" for space in namespaces)

    def note(self, oddity: Oddity, where: str = "") -> None:
        """Remember an oddity."""
        self.remarks.append(Remark(oddity, where))

    def note_stray_text(self, element: _Element) -> None:
        """Note text between elements, which two of nine real letters had."""
        pieces = (element.text, *(child.tail for child in element))
        if any(piece and piece.strip() for piece in pieces):
            self.note(Oddity.STRAY_TEXT, self.local(element))

    def local(self, element: _Element) -> str:
        """Return the name without its namespace."""
        return str(element.tag).rpartition("}")[2]

    def child(self, parent: _Element | None, name: str) -> _Element | None:
        """Return the first child of a name."""
        return next(iter(self.children(parent, name)), None)

    def children(self, parent: _Element | None, name: str) -> list[_Element]:
        """Return the children of a name."""
        if parent is None:
            return []
        wanted = {prefix + name for prefix in self._prefixes}
        return [child for child in parent if child.tag in wanted]

    def obligatory(self, parent: _Element, name: str) -> _Element:
        """Return a child. Raises `PartMissing`."""
        found = self.child(parent, name)
        if found is None:
            raise PartMissing(file=self.file, part=f"{self.local(parent)}/{name}")
        return found

    def attribute(self, element: _Element, name: str) -> str:
        """Return an attribute, with the prefix of the format or without it."""
        for prefix in (*self._prefixes, ""):
            value = element.get(prefix + name)
            if value is not None:
                return " ".join(value.split())
        return ""

    def text(self, parent: _Element | None, name: str) -> str:
        """Return the text of a child on one line, empty where there is none."""
        element = self.child(parent, name)
        text = " ".join((element.text or "").split()) if element is not None else ""
        if _ESCAPED_TWICE.search(text):
            self.note(Oddity.DOUBLE_ESCAPED, name)
        return text

    def long_text(self, parent: _Element | None, name: str) -> str:
        """Return the text of a child with its line breaks."""
        element = self.child(parent, name)
        text = (element.text or "").strip() if element is not None else ""
        if _ESCAPED_TWICE.search(text):
            self.note(Oddity.DOUBLE_ESCAPED, name)
        return text

    def demanded(self, parent: _Element, name: str) -> str:
        """Return the text of a child that must be there. Raises `PartMissing`."""
        text = self.text(parent, name)
        if not text:
            raise PartMissing(file=self.file, part=f"{self.local(parent)}/{name}")
        return text

    def day(self, parent: _Element | None, name: str) -> date | None:
        """Return a day, also of an instant; one that cannot be is noted and dropped."""
        text = self.text(parent, name)
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self.note(Oddity.BAD_DATE, f"{name}: {text[:40]}")
            return None

    def instant(self, text: str, name: str) -> datetime | None:
        """Return an instant; without a zone it is told by the partner's clock."""
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.note(Oddity.BAD_DATE, f"{name}: {text[:40]}")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.profile.tz)

    def count(self, parent: _Element | None, name: str) -> int | None:
        """Return a number of sheets."""
        text = self.text(parent, name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            self.note(Oddity.BAD_COUNT, f"{name}: {text[:40]}")
            return None
        return int(text)

    def number(self, parent: _Element | None, name: str) -> Number | None:
        """Return a registration number with its day, None where there is no number."""
        element = self.child(parent, name)
        text = self.text(element, "number")
        return Number(text, self.day(element, "date")) if text else None

    def person(self, element: _Element) -> Person:
        """Return somebody as he is named; the text is kept as it came."""
        return Person(
            organization=self.text(element, "organization"),
            person=self.text(element, "person"),
            department=self.text(element, "department"),
            post=self.text(element, "post"),
            contact=self.text(element, "contactInfo"),
            region=self.text(element, "region"),
            uid=self.attribute(element, "uid").lower(),
        )

    def signatory(self, element: _Element) -> Signatory:
        """Return who signed."""
        return Signatory(self.person(element), self.day(element, "signed"))

    def person_in(self, parent: _Element, name: str) -> Person | None:
        """Return the person of a child."""
        element = self.child(parent, name)
        return None if element is None else self.person(element)
