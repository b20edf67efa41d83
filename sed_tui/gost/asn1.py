"""Reading BER and DER by position: nothing is copied before it is asked for, nothing is trusted.

Whatever is wrong with the bytes, the one exception that leaves here is `Malformed`.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.errors import SedError

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING = 0x01, 0x02, 0x03, 0x04
OBJECT_IDENTIFIER, UTC_TIME, GENERALIZED_TIME = 0x06, 0x17, 0x18
SEQUENCE, SET = 0x30, 0x31
_CONSTRUCTED = 0x20
_INDEFINITE = 0x80
_MANY_OCTETS = 0x1F  # a tag of more than one octet: nothing here has one
_DEEPEST = 32
_LONGEST_LENGTH = 4  # octets of a length: 4 GiB
_MOST_CHILDREN = 1_000_000  # an attached content of gigabytes, cut into pieces
_LONGEST_IDENTIFIER = 64  # octets
_MOST_FLAGS = 4  # octets: the last flag that is defined is the ninth
_CENTURY = 50  # two digits of a year from 50 on are of the 20th century
_BROKEN = N_("its structure is broken at byte {position}")
_ENCODINGS = {0x0C: "utf-8", 0x1E: "utf-16-be", 0x1C: "utf-32-be"}


class Malformed(ValueError):
    """The bytes are not what they should be; the text says why, in the user's language."""


class Element:
    """One value: where its header, its content and itself end."""

    __slots__ = ("_content_end", "_data", "_end", "_first", "_start", "tag")

    def __init__(self, data: bytes, start: int, end: int, depth: int = 0) -> None:
        self._data, self._start = data, start
        if start + 2 > end or data[start] & _MANY_OCTETS == _MANY_OCTETS:
            broken(start)
        self.tag = data[start]
        self._first, length = _length(data, start + 1, end)
        if length is None:
            self._content_end = _end_of_indefinite(data, self._first, end, self.tag, depth)
            self._end = self._content_end + 2
        else:
            self._content_end = self._end = self._first + length
        if self._end > end:
            broken(start)

    @property
    def raw(self) -> bytes:
        """Return the value with its header, as it stands."""
        return self._data[self._start : self._end]

    @property
    def content(self) -> bytes:
        """Return the value without its header."""
        return self._data[self._first : self._content_end]

    @property
    def end(self) -> int:
        """Return the position after the value."""
        return self._end

    @property
    def is_constructed(self) -> bool:
        """Tell whether the value consists of values."""
        return bool(self.tag & _CONSTRUCTED)

    def children(self) -> list[Element]:
        """Return the values inside."""
        found: list[Element] = []
        position = self._first
        while position < self._content_end:
            if len(found) == _MOST_CHILDREN:
                broken(position)
            found.append(Element(self._data, position, self._content_end))
            position = found[-1].end
        return found

    def parts(self, tag: int = SEQUENCE, least: int = 0) -> list[Element]:
        """Return the values inside, which are at least so many."""
        found = self.expect(tag).children()
        return found if len(found) >= least else broken(self._start)

    def only(self, tag: int) -> Element:
        """Return the one value inside."""
        (found,) = self.parts(tag, 1)[:1]
        return found

    def expect(self, *tags: int) -> Element:
        """Return itself when it is of a kind that may stand here."""
        return self if self.tag in tags else broken(self._start)

    def integer(self) -> int:
        """Return a whole number."""
        content = self.expect(INTEGER).content
        return int.from_bytes(content, signed=True) if content else broken(self._start)

    def identifier(self) -> str:
        """Return an object identifier, dotted."""
        return dotted(self.expect(OBJECT_IDENTIFIER).content)

    def octets(self, tag: int = OCTET_STRING, depth: int = 0) -> bytes:
        """Return an octet string, joined when BER has cut it into pieces."""
        if self.tag == tag:
            return self.content
        if self.tag != tag | _CONSTRUCTED or depth > _DEEPEST:
            broken(self._start)
        return b"".join(child.octets(OCTET_STRING, depth + 1) for child in self.children())

    def bits(self) -> bytes:
        """Return a bit string of whole octets."""
        content = self.expect(BIT_STRING).content
        return content[1:] if content[:1] == b"\0" else broken(self._start)

    def flags(self) -> frozenset[int]:
        """Return the numbers of the bits that are set."""
        content = self.expect(BIT_STRING).content
        return frozenset(
            8 * index + bit
            for index, octet in enumerate(content[1 : 1 + _MOST_FLAGS])
            for bit in range(8)
            if octet & 0x80 >> bit
        )

    def time(self) -> datetime:
        """Return a moment."""
        return moment(self.expect(UTC_TIME, GENERALIZED_TIME).tag, self.content)

    def text(self) -> str:
        """Return a text of any kind of string; what cannot be read is replaced."""
        encoding = _ENCODINGS.get(self.tag, "latin-1")
        return self.content.decode(encoding, errors="replace")


def read(data: bytes, tag: int = SEQUENCE) -> Element:
    """Return the one value that the bytes are."""
    element = Element(data, 0, len(data)).expect(tag)
    return element if element.end == len(data) else broken(element.end)


def broken(position: int) -> NoReturn:
    """Raise `Malformed` for a structure that is not as it should be."""
    raise Malformed(_(_BROKEN).format(position=position))


@contextmanager
def failing_as(failure: type[SedError]) -> Iterator[None]:
    """Tell the user what is wrong with the bytes that are read inside."""
    try:
        yield
    except (ValueError, OverflowError, RecursionError) as error:
        reason = str(error) if isinstance(error, Malformed) else _(_BROKEN).format(position="?")
        raise failure(reason=reason) from error


def dotted(content: bytes) -> str:
    """Return the text of an object identifier. Raises `Malformed`."""
    numbers, value = [], 0
    for octet in content[:_LONGEST_IDENTIFIER]:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    if not numbers or content[-1] & 0x80 or len(content) > _LONGEST_IDENTIFIER:
        raise Malformed(_(_BROKEN).format(position="?"))
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def moment(tag: int, content: bytes) -> datetime:
    """Return the moment that a UTCTime or a GeneralizedTime names, in UTC."""
    text = content.decode("ascii")
    if tag == UTC_TIME:
        text = ("19" if int(text[:2]) >= _CENTURY else "20") + text
    form = "%Y%m%d%H%M%S.%fZ" if "." in text else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _length(data: bytes, position: int, end: int) -> tuple[int, int | None]:
    first = data[position]
    if first < _INDEFINITE:
        return position + 1, first
    octets = first - _INDEFINITE
    if octets > _LONGEST_LENGTH or position + 1 + octets > end:
        broken(position)
    after = position + 1 + octets
    return after, int.from_bytes(data[position + 1 : after]) if octets else None


def _end_of_indefinite(data: bytes, position: int, end: int, tag: int, depth: int) -> int:
    if not tag & _CONSTRUCTED or depth > _DEEPEST:
        broken(position)
    while data[position : position + 2] != b"\0\0":
        position = Element(data, position, end, depth + 1).end
    return position
