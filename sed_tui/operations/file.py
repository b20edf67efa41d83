"""Operations on the files of a document."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.operations.registry import Message


class FileRole(StrEnum):
    """What a file is to its document."""

    MAIN = "main"
    ANNEX = "annex"
    SIGNATURE = "signature"


class FileContent(Message):
    """A file to be added: its name, and the token under which its bytes were staged."""

    name: str
    token: str
    role: FileRole = FileRole.MAIN
