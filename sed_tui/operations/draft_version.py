"""Operations on the versions of a draft: add, list, compare."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.text_difference import LineSign
from sed_tui.i18n import N_
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddVersion(Request):
    """Make the next version: the files of the last one, some replaced, added or left out.

    `seen` is the version it was made from: another one that came in between refuses it.
    An immaterial version (a misprint) keeps the agreements of stages that allow it.
    """

    document: str
    files: tuple[FileContent, ...] = Field(default=(), max_length=100)
    remove: tuple[str, ...] = Field(default=(), max_length=100)
    comment: str | None = None
    is_immaterial: bool = False
    seen: int | None = Field(default=None, ge=1)


class ListVersions(Request):
    """Ask for the versions of a draft, the newest first."""

    document: str


class ReadVersion(Request):
    """Ask for the texts of the files of a version, the last one unless named."""

    document: str
    number: int | None = Field(default=None, ge=1)


class DiffVersions(Request):
    """Ask what differs between two versions: the last one and the one before, unless named."""

    document: str
    old: int | None = Field(default=None, ge=1)
    new: int | None = Field(default=None, ge=1)
    name: str | None = None


class VersionFile(Message):
    """A file of a version; the gateway fetches its bytes by `sha256`."""

    id: UUID
    role: str
    name: str
    version: int
    size: int
    media_type: str
    sha256: str


class VersionRow(Message):
    """A version; `digest` stands for its exact bytes."""

    number: int
    made_by: str
    made_at: datetime
    comment: str | None
    is_immaterial: bool
    digest: str
    files: list[VersionFile]


class VersionList(Message):
    """The versions of a draft."""

    rows: list[VersionRow]
    next: None = None


class VersionAdded(Message):
    """The version that was made, and what to look at."""

    version: VersionRow
    warnings: list[str] = Field(default_factory=list)


class FileText(Message):
    """The text of a file; None where none could be read out of its bytes."""

    name: str
    role: str
    text: str | None


class VersionText(Message):
    """A version to be read: `digest` stands for the exact bytes whose texts these are."""

    number: int
    digest: str
    files: list[FileText]


class DifferingLine(Message):
    """A line of a comparison: its sign, and its numbers in both texts."""

    sign: LineSign
    old: int | None
    new: int | None
    text: str


class DifferingFile(Message):
    """What differs in one file; `lines` is empty where there is no text to compare."""

    name: str
    change: str
    has_text: bool
    lines: list[DifferingLine]


class VersionDiff(Message):
    """What differs between two versions; files that are the same are left out."""

    old: int
    new: int
    files: list[DifferingFile]


ADD = Operation(
    "version.add", N_("Add a version of a draft"), AddVersion, VersionAdded, Effect.WRITE
)
LIST = Operation(
    "version.list", N_("List the versions of a draft"), ListVersions, VersionList, Effect.READ
)
READ = Operation(
    "version.read", N_("Read a version of a draft"), ReadVersion, VersionText, Effect.READ
)
DIFF = Operation(
    "version.diff", N_("Compare versions of a draft"), DiffVersions, VersionDiff, Effect.READ
)
