"""What signatures, certificates and keys come in: DER, PEM, bare base64."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from textwrap import wrap

from sed_tui.gost.asn1 import Malformed
from sed_tui.i18n import _

_FIRST_OCTET = 0x30
_MARK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s*(.*?)-----END \1-----", re.DOTALL)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def der_of(data: bytes) -> bytes:
    """Return the DER or BER inside; raise `Malformed` when there is none."""
    return every_der(data)[0][1]


def every_der(data: bytes) -> list[tuple[str, bytes]]:
    """Return each block with its PEM label; a file without labels is one block without."""
    if data[:1] == bytes((_FIRST_OCTET,)):
        return [("", data)]
    text = data.removeprefix(_BYTE_ORDER_MARK).strip()
    blocks = [(mark[1].decode(), _base64(_body(mark[2]))) for mark in _MARK.finditer(text)]
    if blocks:
        return blocks
    if not text:
        raise Malformed(_("it is empty"))
    return [("", _base64(text))]


def pem(label: str, der: bytes) -> bytes:
    """Return a PEM block."""
    lines = "\n".join(wrap(b64encode(der).decode(), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode()


def _body(block: bytes) -> bytes:
    """Leave out the headers that some programs write above the base64."""
    head, separator, rest = block.replace(b"\r\n", b"\n").partition(b"\n\n")
    return rest if separator and b":" in head else block


def _base64(text: bytes) -> bytes:
    try:
        found = b64decode(b"".join(text.split()), validate=True)
    except BadBase64:
        found = b""
    if found[:1] != bytes((_FIRST_OCTET,)):
        raise Malformed(_("it is neither DER, nor PEM, nor base64"))
    return found
