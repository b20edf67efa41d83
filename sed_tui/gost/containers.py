"""What signatures, certificates and keys come in: DER, PEM, bare base64."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from textwrap import wrap
from typing import TYPE_CHECKING

from sed_tui.gost.asn1 import Malformed
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_OCTET = 0x30
_BEGIN, _DASHES = b"-----BEGIN ", b"-----"
_LONGEST_LABEL = 40
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def der_of(data: bytes) -> bytes:
    """Return the DER or BER inside; raise `Malformed` when there is none."""
    return every_der(data)[0][1]


def every_der(data: bytes) -> list[tuple[str, bytes]]:
    """Return each block with its PEM label; a file without labels is one block without.

    Raises `Malformed`.
    """
    if data[:1] == bytes((_FIRST_OCTET,)):
        return [("", data)]
    text = data.removeprefix(_BYTE_ORDER_MARK).strip()
    blocks = [(label, _base64(_body(block))) for label, block in _blocks(text)]
    if blocks:
        return blocks
    if not text:
        raise Malformed(_("it is empty"))
    return [("", _base64(text))]


def pem(label: str, der: bytes) -> bytes:
    """Return a PEM block."""
    lines = "\n".join(wrap(b64encode(der).decode(), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode()


def _blocks(text: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield labels and what stands under them; an unfinished block ends the search."""
    position = text.find(_BEGIN)
    while position >= 0:
        start = position + len(_BEGIN)
        label = text[start : start + _LONGEST_LABEL].partition(_DASHES)[0]
        last = b"-----END " + label + _DASHES
        body = start + len(label) + len(_DASHES)
        end = text.find(last, body)
        if end < 0:
            return
        yield label.decode("latin-1"), text[body:end]
        position = text.find(_BEGIN, end + len(last))


def _body(block: bytes) -> bytes:
    """Leave out the headers that some programs write above the base64."""
    head, separator, rest = block.strip().replace(b"\r\n", b"\n").partition(b"\n\n")
    return rest if separator and b":" in head else block


def _base64(text: bytes) -> bytes:
    try:
        found = b64decode(b"".join(text.split()), validate=True)
    except BadBase64:
        found = b""
    if found[:1] != bytes((_FIRST_OCTET,)):
        raise Malformed(_("it is neither DER, nor PEM, nor base64"))
    return found
