"""What a file is to its document, and what became of its text."""

from __future__ import annotations

from enum import StrEnum

TEXT_FILE = "текст.txt"
"""The name of a text that was typed and not sent as a file."""


class FileRole(StrEnum):
    """What a file is to its document."""

    MAIN = "main"
    ANNEX = "annex"
    SIGNATURE = "signature"


def role_by_name(name: str, *, is_first: bool) -> FileRole:
    """Return what a file of several is to its document when nobody says."""
    if name.casefold().endswith(_SIGNATURES):
        return FileRole.SIGNATURE
    return FileRole.MAIN if is_first else FileRole.ANNEX


_SIGNATURES = (".sig", ".p7s", ".sgn")


class TextState(StrEnum):
    """What became of the text of a file: `none` where files of the kind hold no text."""

    NONE = "none"
    READ = "read"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    FAILED = "failed"
