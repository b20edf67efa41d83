"""The store of file contents, addressed by their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sed_tui.domain.files import TextState

if TYPE_CHECKING:
    from pathlib import Path


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
    """Where contents are kept: a directory today.

    Bytes arrive on the local disk of the process that runs operations, where they can
    be looked at; only `keep` and `open` touch the place where they stay, which object
    storage can be as well.
    """

    def stage(self, source: BinaryIO) -> StagedContent:
        """Receive a stream in pieces, nothing being kept for good yet.

        Raises `EmptyFile`, `FileTooLarge`, and `ReadOnlyStorage` for a full disk.
        """
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

    def keep(self, token: str) -> None:
        """Move staged bytes to their place for good; the same bytes twice are kept once."""
        ...

    def discard(self, token: str) -> None:
        """Forget staged bytes; a token that is gone already is no failure."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading. Raises `ContentLost`."""
        ...
