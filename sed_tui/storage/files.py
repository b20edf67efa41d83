"""The store of file contents, addressed by their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sed_tui.domain.files import TextState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.storage.room import Room


@dataclass(frozen=True, slots=True)
class Description:
    """What was found out about bytes when they arrived: their type and their text."""

    media_type: str
    text_state: TextState = TextState.NONE
    text: str = ""


@dataclass(frozen=True, slots=True)
class StagedContent:
    """Bytes that were received and belong to no document yet."""

    token: str
    sha256: str
    size: int
    description: Description


class FileStore(Protocol):
    """Where contents are kept: a directory, or storage that speaks the protocol of S3.

    Bytes arrive on the local disk of the process that runs operations, where they can
    be looked at; the place where they stay is touched by `keep` and `open`, and for the
    upkeep by `listed` and `remove`.
    """

    def stage(
        self, source: BinaryIO, room: Room | None = None, *, is_secured: bool = True
    ) -> StagedContent:
        """Receive a stream in pieces, nothing being kept for good yet.

        What the room of an organization has no place for is not read further, unless it may
        turn out to be bytes that it has: whoever stages asks for that once the digest is
        known. The bytes are on the disk when this returns, unless they need not be
        `is_secured`: several are quicker `secured` together. Raises `EmptyFile`,
        `FileTooLarge`, `NoRoomLeft`, `TooMuchWaiting`, and `ReadOnlyStorage` for a full disk.
        """
        ...

    def secure(self, tokens: Sequence[str]) -> None:
        """Wait until the disk has staged bytes: `keep` then need not wait while others do."""
        ...

    def staged_path(self, token: str) -> Path:
        """Return a path that a separate process can read staged bytes from."""
        ...

    def describe(self, token: str, description: Description) -> None:
        """Store what was found out about staged bytes."""
        ...

    def staged(self, token: str) -> StagedContent:
        """Return what was staged under a token. Raises `NothingStaged`."""
        ...

    def keep(self, *tokens: str) -> None:
        """Move staged bytes to their place for good; the same bytes twice are kept once."""
        ...

    def discard(self, token: str) -> None:
        """Forget staged bytes; a token that is gone already is no failure."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading. Raises `ContentLost`."""
        ...

    def listed(self) -> Iterator[tuple[str, int]]:
        """Return the digests and sizes of what is kept."""
        ...

    def remove(self, sha256: str) -> None:
        """Remove kept bytes that nothing names any more."""
        ...


def open_store(settings: Settings) -> FileStore:
    """Return the store of file contents that belongs to a database."""
    if settings.objects is not None:
        from sed_tui.storage.object_store import ObjectStore  # 30 ms of obstore, where it is used

        return ObjectStore(settings.files, settings.objects, settings.max_file_size)
    from sed_tui.storage.directory_store import DirectoryStore

    return DirectoryStore(settings.files, settings.max_file_size)
