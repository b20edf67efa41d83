"""Operations on the files of a document: add, list, get."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import Field, SerializationInfo, field_serializer

from sed_tui.domain.files import FileRole, TextState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class KeptFile(Protocol):
    """A file of a document or of a letter, whose bytes the gateway fetches by `sha256`."""

    @property
    def name(self) -> str:
        """Return how it is called."""

    @property
    def sha256(self) -> str:
        """Return the digest of its bytes."""


class FileContent(Message):
    """A file to be added: its name, and the token under which its bytes were staged."""

    name: str
    token: str
    role: FileRole = FileRole.MAIN

    @field_serializer("token")
    def _lasting(self, token: str, info: SerializationInfo) -> str:
        """Leave the random part out of what a repeated call is recognized by."""
        return token.partition(".")[0] if info.context == "fingerprint" else token


class AddFile(Request):
    """Add files to a document; a name that is there already gets its next version."""

    document: str
    files: tuple[FileContent, ...] = Field(min_length=1, max_length=100)


class ListFiles(Request):
    """Ask for the files of a document, each with its versions, the newest first."""

    document: str


class GetFile(Request):
    """Ask what to fetch: the last version of a file, unless another is named.

    The name may be left out where the document has one main file.
    """

    document: str
    name: str | None = None
    version: int | None = Field(default=None, ge=1)


class FileRow(Message):
    """A version of a file; the gateway fetches its bytes by `sha256`."""

    id: UUID
    role: FileRole
    name: str
    version: int
    size: int
    media_type: str
    sha256: str
    text_state: TextState
    added_at: datetime
    added_by: str


class FileList(Message):
    """The files of a document."""

    rows: list[FileRow]
    next: None = None


class FilesAdded(Message):
    """What was added, and what to look at."""

    rows: list[FileRow]
    warnings: list[str] = Field(default_factory=list)
    next: None = None


ADD = Operation("file.add", N_("Add files to a document"), AddFile, FilesAdded, Effect.WRITE)
LIST = Operation("file.list", N_("List the files of a document"), ListFiles, FileList, Effect.READ)
GET = Operation("file.get", N_("Get a file of a document"), GetFile, FileRow, Effect.READ)
