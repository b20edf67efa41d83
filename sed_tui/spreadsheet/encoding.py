"""Which encoding a text file is in: UTF-8, or the cp1251 of older office programs."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.spreadsheet import MixedEncodings, NotASpreadsheet, UnknownEncoding
from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

_CYRILLIC = re.compile(r"[А-яЁё]{2}")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to read a file, and what the user should know about it."""

    encoding: str
    notice: str | None = None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def detect(path: Path, declared: str | None = None) -> Decoding:
    """Return the encoding of a whole file: every line is looked at.

    Raises `MixedEncodings` and `UnknownEncoding` with the line, and `NotASpreadsheet`
    for bytes that are no text.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)
    if declared is not None or marked is not None:
        return _declared(path, declared or marked or "utf-8")
    foreign = _first_foreign(path)
    if not foreign:
        return Decoding("utf-8")
    decoding = _declared(path, "cp1251")
    notice = _("The file is not UTF-8; it was read as {encoding}.").format(encoding="cp1251")
    return Decoding(decoding.encoding, notice)


def _first_foreign(path: Path) -> int:
    """Return the first line that is not UTF-8 but Russian in cp1251, 0 when all are UTF-8."""
    utf8, foreign, russian = 0, 0, False
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                _require_text(line, path)
                continue
            try:
                if _CYRILLIC.search(line.decode("utf-8")):
                    utf8 = utf8 or number
            except UnicodeDecodeError:
                foreign = foreign or number
                russian = russian or _is_russian(line)
            if utf8 and foreign:
                raise MixedEncodings(row=foreign)
    if foreign and not russian:
        raise UnknownEncoding(row=foreign, encoding="UTF-8")
    return foreign


def _declared(path: Path, encoding: str) -> Decoding:
    """Decode every line. Raises `UnknownEncoding`."""
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise UnknownEncoding(field="encoding", encoding=encoding) from error
    row = 0
    try:
        if encoding.startswith("utf-16"):
            path.read_text(encoding=encoding)
        else:
            with path.open("rb") as file:
                for line in file:
                    row += 1
                    line.decode(encoding)
    except UnicodeError as error:
        raise UnknownEncoding(row=row or None, encoding=encoding) from error
    return Decoding(encoding)


def _require_text(line: bytes, path: Path) -> None:
    if b"\0" in line:
        raise NotASpreadsheet(path=path.name, reason=_("it holds binary data"))


def _is_russian(line: bytes) -> bool:
    """Tell whether the bytes make Russian words in cp1251, not just any high characters."""
    return _CYRILLIC.search(line.decode("cp1251", errors="replace")) is not None
