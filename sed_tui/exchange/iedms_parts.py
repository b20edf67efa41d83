"""The parts that messages of MEDO are written of, each checked against its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lxml import etree

from sed_tui.errors.exchange import CannotBeSent, PartNotFilled
from sed_tui.exchange import iedms_names as names

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element

    from sed_tui.exchange.message import Number, Person, Signatory
    from sed_tui.exchange.profile import Profile

T = TypeVar("T")
# the order is the schema's
_PERSON = (
    ("region", "region"),
    ("organization", "organization"),
    ("person", "person"),
    ("department", "department"),
    ("post", "post"),
    ("contactInfo", "contact"),
)


class Writer:
    """Makes elements and attributes, which both carry the prefix of the format."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def tag(self, name: str) -> str:
        """Return the qualified name."""
        return f"{{{names.NAMESPACE}}}{name}"

    def element(self, parent: _Element, name: str) -> _Element:
        """Append an empty element."""
        return etree.SubElement(parent, self.tag(name))

    def attribute(self, element: _Element, name: str, value: str) -> None:
        """Set a qualified attribute: an unqualified one is another, and invalid."""
        element.set(self.tag(name), value)

    def text(self, parent: _Element, name: str, value: str, limit: int | None = None) -> _Element:
        """Append an element with text. Raises `CannotBeSent` for one that is too long."""
        if limit is not None and len(value) > limit:
            raise CannotBeSent(part=name, limit=limit, found=len(value))
        element = self.element(parent, name)
        element.text = value
        return element

    def optional(self, parent: _Element, name: str, value: str, limit: int) -> None:
        """Append an element where there is something to say: empty ones are forbidden."""
        if value:
            self.text(parent, name, value, limit)

    def number(self, parent: _Element, name: str, number: Number) -> None:
        """Append a registration number with its day."""
        element = self.element(parent, name)
        self.text(element, "number", number.number, names.NUMBER_LENGTH)
        if number.day is not None:
            self.text(element, "date", number.day.isoformat())

    def number_of_instant(self, parent: _Element, name: str, number: Number) -> None:
        """Append a number with the instant at which its day begins: the schema wants one."""
        day = self.filled(number.day, "date")
        element = self.element(parent, name)
        self.text(element, "number", number.number, names.NUMBER_LENGTH)
        self.text(element, "date", f"{day.isoformat()}T00:00:00")

    def person(self, parent: _Element, name: str, person: Person) -> _Element:
        """Append somebody; edition 2.6 has room for the identifier of his mailbox."""
        element = self.element(parent, name)
        for tag, field in _PERSON:
            self.optional(element, tag, getattr(person, field), names.NAME_LENGTH)
        if person.uid and self.profile.version == "2.6":
            self.attribute(element, "uid", person.uid)
        return element

    def signatory(self, parent: _Element, name: str, signatory: Signatory) -> None:
        """Append who signed, with the day, which is obligatory."""
        element = self.person(parent, name, signatory.person)
        signed_on = self.filled(signatory.signed_on, "signed")
        self.text(element, "signed", signed_on.isoformat())

    def instant(self, moment: datetime) -> str:
        """Return an instant on the partner's clock; these editions name no zone."""
        return moment.astimezone(self.profile.tz).replace(tzinfo=None).isoformat("T", "seconds")

    def filled(self, value: T | None, part: str) -> T:
        """Return a value that the format demands. Raises `PartNotFilled`."""
        if not value:
            raise PartNotFilled(part=part)
        return value
