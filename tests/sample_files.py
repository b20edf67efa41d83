"""Files as offices receive them, and as nobody should send them."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def short_id(value: object) -> str:
    """Return the name of a test's parameter: bytes, and what makes them, have none."""
    return "" if isinstance(value, bytes) or callable(value) else str(value)[:40]


def made(content: bytes | Callable[[], bytes]) -> bytes:
    """Return the bytes of a test's parameter; what takes long to make is made by its test."""
    return content() if callable(content) else content


def pdf(text: str = "") -> bytes:
    """Return a PDF of one page; without a text it is what a scanner makes."""
    codes = {symbol: place for place, symbol in enumerate(dict.fromkeys(text), 1)}
    shown = "".join(f"{codes[symbol]:04x}" for symbol in text)
    mapped = "".join(f"<{code:04x}> <{ord(symbol):04x}>\n" for symbol, code in codes.items())
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapped}endbfchar\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        _stream(f"BT /F 12 Tf 50 800 Td <{shown}> Tj ET" if text else ""),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 600 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(unicode_map),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        body
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
            f"startxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )


def encrypted_pdf(text: str) -> bytes:
    """Return a PDF that opens with a password alone."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt("тайна", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def docx(*paragraphs: str, prologue: str = "", folder: str = "word") -> bytes:
    """Return a document of Word."""
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = (
        f'<?xml version="1.0"?>{prologue}'
        f'<w:document xmlns:w="{_WORD}"><w:body>{inner}</w:body></w:document>'
    )
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": xml.encode()})


def archive(entries: dict[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            # a date of its own would make every run's bytes differ
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def locked(packed: bytes) -> bytes:
    """Return an archive whose entries say that they are encrypted."""
    content = bytearray(packed)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def understated(packed: bytes) -> bytes:
    """Return an archive whose last entry says to hold ten bytes."""
    content = bytearray(packed)
    place = content.rfind(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(content)


@cache
def zip_bomb() -> bytes:
    """Return a document of Word of 70 KB that unpacks to 70 MB."""
    return docx("О приказе", prologue=f"<!--{' ' * 70_000_000}-->")


def laughing_docx() -> bytes:
    """Return a document of Word whose entities grow without end."""
    entities = '<!ENTITY a0 "ха">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    return docx("&a11;", prologue=f"<!DOCTYPE w [{entities}]>")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
