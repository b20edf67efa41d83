"""Writing DER: the few kinds of value that signatures and certificates consist of."""

from __future__ import annotations

from datetime import UTC, datetime

from sed_tui.gost import asn1

NULL = b"\x05\x00"
_LAST_UTC_YEAR = 2049
_SHORT = 0x80


def tlv(tag: int, *contents: bytes) -> bytes:
    """Return a value of any kind."""
    content = b"".join(contents)
    return bytes((tag,)) + _length(len(content)) + content


def sequence(*values: bytes) -> bytes:
    """Return an ordered list."""
    return tlv(asn1.SEQUENCE, *values)


def set_of(*values: bytes) -> bytes:
    """Return a set, in the order that DER wants."""
    return tlv(asn1.SET, *sorted(values))


def explicit(number: int, *values: bytes) -> bytes:
    """Return values under a tag of the context."""
    return tlv(0xA0 | number, *values)


def integer(value: int) -> bytes:
    """Return a whole number."""
    return tlv(asn1.INTEGER, value.to_bytes(value.bit_length() // 8 + 1, signed=True))


def boolean(value: bool) -> bytes:
    """Return yes or no."""
    return tlv(asn1.BOOLEAN, b"\xff" if value else b"\x00")


def octets(value: bytes) -> bytes:
    """Return an octet string."""
    return tlv(asn1.OCTET_STRING, value)


def bits(value: bytes, unused: int = 0) -> bytes:
    """Return a bit string."""
    return tlv(asn1.BIT_STRING, bytes((unused,)), value)


def text(value: str) -> bytes:
    """Return a text in UTF-8."""
    return tlv(0x0C, value.encode())


def identifier(dotted: str) -> bytes:
    """Return an object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    return tlv(asn1.OBJECT_IDENTIFIER, *map(_base128, (40 * first + second, *rest)))


def time(value: datetime) -> bytes:
    """Return a moment, as RFC 5280 writes it: two digits of the year until 2049."""
    value = value.astimezone(UTC)
    if value.year <= _LAST_UTC_YEAR:
        return tlv(asn1.UTC_TIME, value.strftime("%y%m%d%H%M%SZ").encode())
    return tlv(asn1.GENERALIZED_TIME, value.strftime("%Y%m%d%H%M%SZ").encode())


def _length(length: int) -> bytes:
    if length < _SHORT:
        return bytes((length,))
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((_SHORT | len(octets),)) + octets


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))
