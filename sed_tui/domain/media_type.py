"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import re

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"
_OLE = "application/x-ole-storage"
_SIGNATURE = "application/pkcs7-signature"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

# how much of the beginning and of the end is looked at
PROBE = 64 * 1024
_PDF_WITHIN = 1024
_WORD = 2
_TIFF = "image/tiff"

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"BM", "image/bmp"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"-----BEGIN PKCS7", _SIGNATURE),
    (b"-----BEGIN CMS", _SIGNATURE),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
)
# what stands in the directory at the end of a ZIP archive, or in its first entry
_ARCHIVED: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", DOCX),
    (b"xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", f"{_OPEN}text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", f"{_OPEN}spreadsheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", f"{_OPEN}presentation"),
)
# the object identifier of signed data (1.2.840.113549.1.7.2) in DER
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
# bit 0 of the flags of the first entry
_LOCKED_ENTRY = re.compile(rb"PK\x03\x04..[%s]" % re.escape(bytes(range(1, 256, 2))), re.DOTALL)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")

_EXTENSIONS: dict[str, frozenset[str]] = {
    "pdf": frozenset({PDF}),
    "docx": frozenset({DOCX}),
    "xlsx": frozenset({f"{_OFFICE}spreadsheetml.sheet"}),
    "pptx": frozenset({f"{_OFFICE}presentationml.presentation"}),
    "odt": frozenset({f"{_OPEN}text"}),
    "ods": frozenset({f"{_OPEN}spreadsheet"}),
    "odp": frozenset({f"{_OPEN}presentation"}),
    "doc": frozenset({_OLE, "application/rtf"}),
    "xls": frozenset({_OLE}),
    "ppt": frozenset({_OLE}),
    "rtf": frozenset({"application/rtf"}),
    "txt": frozenset({TEXT}),
    "csv": frozenset({TEXT}),
    "png": frozenset({"image/png"}),
    "jpg": frozenset({"image/jpeg"}),
    "jpeg": frozenset({"image/jpeg"}),
    "gif": frozenset({"image/gif"}),
    "tif": frozenset({_TIFF}),
    "tiff": frozenset({_TIFF}),
    "bmp": frozenset({"image/bmp"}),
    "zip": frozenset({ZIP}),
    "7z": frozenset({"application/x-7z-compressed"}),
    "rar": frozenset({"application/vnd.rar"}),
    "gz": frozenset({"application/gzip"}),
    "p7s": frozenset({_SIGNATURE, TEXT, UNKNOWN}),
    "sig": frozenset({_SIGNATURE, TEXT, UNKNOWN}),
    "xml": frozenset({"application/xml"}),
}


def sniffed(head: bytes, tail: bytes = b"") -> str:
    """Return the media type of a file from its first and last bytes."""
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return PDF
    for beginning, media_type in _BEGINNINGS:
        # two letters may begin a word as well
        if head.startswith(beginning) and (len(beginning) > _WORD or not _is_text(head)):
            return _archived(head, tail) if media_type == ZIP else media_type
    if head[:1] == b"\x30" and _SIGNED_DATA in head[:32]:
        return _SIGNATURE
    return _textual(head)


def is_locked_archive(head: bytes) -> bool:
    """Tell whether the first entry of a ZIP archive is encrypted."""
    return bool(_LOCKED_ENTRY.match(head))


def fits_extension(name: str, media_type: str) -> bool:
    """Tell whether a file is what the extension of its name promises."""
    extension = name.rpartition(".")[2].casefold() if "." in name else ""
    promised = _EXTENSIONS.get(extension)
    return media_type in promised if promised else media_type not in _PROGRAMS


_PROGRAMS = frozenset({"application/x-msdownload", "application/x-elf"})


def _archived(head: bytes, tail: bytes) -> str:
    for mark, media_type in _ARCHIVED:
        if mark in tail or mark in head:
            return media_type
    return ZIP


def _textual(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if beginning.startswith(b"<?xml"):
        return "application/xml"
    if beginning.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return TEXT if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    return not _CONTROLS.search(head)
