"""The text of files is read by a process that nothing can hang or fill."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.files import TextState
from sed_tui.domain.media_type import DOCX, PDF, TEXT, ZIP
from sed_tui.storage import text_reader
from sed_tui.storage.extraction import describe
from tests import sample_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def described(tmp_path: Path, content: bytes, media_type: str) -> tuple[TextState, str]:
    path = tmp_path / "content"
    path.write_bytes(content)
    found = describe(path, media_type)
    assert found.media_type == media_type
    return found.text_state, found.text.strip()


@pytest.mark.parametrize(
    ("content", "media_type", "text"),
    [
        (sample_files.pdf("О ремонте школы № 5"), PDF, "О ремонте школы № 5"),
        (sample_files.docx("О ремонте", "школы"), DOCX, "О ремонте\nшколы"),
        ("О ремонте школы".encode(), TEXT, "О ремонте школы"),
        ("О ремонте школы".encode("utf-8-sig"), TEXT, "О ремонте школы"),
        ("О ремонте школы".encode("cp1251"), TEXT, "О ремонте школы"),
        ("О ремонте школы".encode("utf-16"), TEXT, "О ремонте школы"),
    ],
    ids=sample_files.short_id,
)
def test_text_is_read(tmp_path: Path, content: bytes, media_type: str, text: str) -> None:
    assert described(tmp_path, content, media_type) == (TextState.READ, text)


@pytest.mark.parametrize(
    ("content", "media_type", "state"),
    [
        (sample_files.pdf(), PDF, TextState.NO_TEXT),
        (sample_files.encrypted_pdf("тайна"), PDF, TextState.ENCRYPTED),
        (sample_files.pdf("О ремонте")[:300], PDF, TextState.FAILED),
        (b"%PDF-1.7\n" + os.urandom(5000), PDF, TextState.FAILED),
        (sample_files.zip_bomb, DOCX, TextState.FAILED),
        (sample_files.understated(sample_files.docx("О ремонте")), DOCX, TextState.FAILED),
        (lambda: sample_files.docx(" " * 10_000_000), DOCX, TextState.NO_TEXT),
        (sample_files.laughing_docx(), DOCX, TextState.FAILED),
        (sample_files.locked(sample_files.docx("тайна")), DOCX, TextState.ENCRYPTED),
        (sample_files.docx("О ремонте", folder="other"), DOCX, TextState.FAILED),
        (b"PK\x03\x04 and no archive", DOCX, TextState.FAILED),
        (b"  \n\t ", TEXT, TextState.NO_TEXT),
        (sample_files.archive({"a.txt": b"a"}), ZIP, TextState.NONE),
        (sample_files.locked(sample_files.archive({"a.txt": b"a"})), ZIP, TextState.ENCRYPTED),
        (b"\x89PNG\r\n\x1a\n", "image/png", TextState.NONE),
    ],
    ids=sample_files.short_id,
)
def test_a_file_without_text_is_told_apart(
    tmp_path: Path, content: bytes | Callable[[], bytes], media_type: str, state: TextState
) -> None:
    assert described(tmp_path, sample_files.made(content), media_type) == (state, "")


def test_a_reader_that_does_not_come_back_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)  # nobody writes into it: opening it never ends

    assert describe(path, PDF, seconds=0.5).text_state is TextState.FAILED


def test_control_characters_of_a_text_are_left_out(tmp_path: Path) -> None:
    state, text = described(tmp_path, b"one\x00two\x1fthree", TEXT)

    assert (state, text) == (TextState.READ, "one two three")


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    content = "слово ".encode() * text_reader.MAX_CHARACTERS
    state, text = described(tmp_path, content, TEXT)

    assert state is TextState.READ
    assert len(text) <= text_reader.MAX_CHARACTERS
