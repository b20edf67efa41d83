"""The `Range` of a request (RFC 9110): one span, or the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes to send: where they begin, and how many they are."""

    first: int
    length: int
    is_part: bool = True


def asked_span(header: str | None, size: int) -> Span | None:
    """Return the bytes asked for, None for those that are not there.

    What is not understood, several spans among it, asks for the whole.
    """
    match = _ONE.fullmatch(header.strip()) if header else None
    if match is None or not any(match.groups()):
        return Span(0, size, is_part=False)
    first, last = match.groups()
    if not first:  # the last bytes
        length = min(int(last), size)
        return Span(size - length, length) if length else None
    begin, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < begin:
        return Span(0, size, is_part=False)
    return Span(begin, end - begin + 1) if begin < size else None
