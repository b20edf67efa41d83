"""The canonical expressions in which libgcrypt takes its arguments."""

from __future__ import annotations


def atom(value: bytes) -> bytes:
    """Return a length and the octets after it."""
    return b"%d:%s" % (len(value), value)


def pair(name: str, value: bytes) -> bytes:
    """Return a list of a name and its value."""
    return named(name, atom(value))


def named(name: str, *parts: bytes) -> bytes:
    """Return a list of a name and of parts written already."""
    return b"(" + atom(name.encode()) + b"".join(parts) + b")"
