"""What a file is to its document, and what became of its text."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.i18n import N_

TEXT_FILE = "текст.txt"
"""The name of a text that was typed and not sent as a file."""


class FileRole(StrEnum):
    """What a file is to its document."""

    MAIN = "main"
    ANNEX = "annex"
    SIGNATURE = "signature"


FILE_ROLES: dict[str, str] = {
    FileRole.MAIN: N_("text of the document"),
    FileRole.ANNEX: N_("annex"),
    FileRole.SIGNATURE: N_("signature"),
}


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


TEXT_STATES: dict[str, str] = {
    TextState.NONE: N_("holds no text"),
    TextState.READ: N_("is read"),
    TextState.NO_TEXT: N_("no text in it"),
    TextState.ENCRYPTED: N_("encrypted"),
    TextState.FAILED: N_("could not be read"),
}
