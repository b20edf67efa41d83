"""What a file is, told from its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.media_type import (
    DOCX,
    PDF,
    TEXT,
    UNKNOWN,
    ZIP,
    fits_extension,
    is_locked_archive,
    sniffed,
)
from tests import sample_files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (sample_files.pdf("текст"), PDF),
        (b"\xef\xbb\xbf junk of a scanner\n%PDF-1.4", PDF),
        (sample_files.docx("текст"), DOCX),
        (sample_files.archive({"xl/workbook.xml": b""}), XLSX),
        (sample_files.archive({"a.txt": b""}), ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/x-ole-storage"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00\x08", "image/tiff"),
        (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"0\x82\x0b\x05\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02\xa0", "application/pkcs7-signature"),
        (b"-----BEGIN CMS-----\n", "application/pkcs7-signature"),
        (b'<?xml version="1.0"?><a/>', "application/xml"),
        (b"\n<!DOCTYPE HTML><html>", "text/html"),
        ("О приказе".encode(), TEXT),
        ("О приказе".encode("cp1251"), TEXT),
        ("О приказе".encode("utf-16"), TEXT),
        (b"BMW is a car", TEXT),
        (b"\x00\x01\x02\x03", UNKNOWN),
    ],
    ids=sample_files.short_id,
)  # fmt: skip
def test_a_type_is_told_from_the_bytes(content: bytes, media_type: str) -> None:
    assert sniffed(content, content[-1000:]) == media_type


@pytest.mark.parametrize(
    ("name", "media_type", "fits"),
    [
        ("письмо.pdf", PDF, True),
        ("письмо.PDF", PDF, True),
        ("письмо.pdf", "application/x-msdownload", False),
        ("письмо.docx", ZIP, False),
        ("письмо.doc", "application/rtf", True),
        ("письмо.txt", PDF, False),
        ("письмо", PDF, True),
        ("письмо.неведомое", UNKNOWN, True),
        ("письмо.scr", "application/x-msdownload", False),
        ("письмо.sig", "application/pkcs7-signature", True),
        ("письмо.sig", UNKNOWN, True),
    ],
)
def test_an_extension_promises_a_content(name: str, media_type: str, fits: bool) -> None:
    assert fits_extension(name, media_type) is fits


def test_an_archive_with_a_password_is_told() -> None:
    plain = sample_files.archive({"a.txt": b"a"})

    assert is_locked_archive(sample_files.locked(plain))
    assert not is_locked_archive(plain)
    assert not is_locked_archive(b"PK")


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_no_bytes_are_without_a_type(head: bytes, tail: bytes) -> None:
    assert "/" in sniffed(head, tail)
