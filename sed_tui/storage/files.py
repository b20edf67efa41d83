"""The store of file contents, addressed by their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StagedContent:
    """Bytes that were received and belong to no document yet."""

    token: str
    sha256: str
    size: int
    head: bytes


class FileStore(Protocol):
    """Where contents are kept. A directory today; object storage fits the same five calls."""

    def stage(self, source: BinaryIO) -> StagedContent:
        """Receive a stream in pieces and return its digest; nothing is kept for good yet."""
        ...

    def staged(self, token: str) -> StagedContent:
        """Return what was staged under a token."""
        ...

    def keep(self, token: str) -> None:
        """Move staged bytes to their place for good; the same bytes twice are kept once."""
        ...

    def discard(self, token: str) -> None:
        """Forget staged bytes; a token that is gone already is no failure."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading."""
        ...

    def local_path(self, token_or_sha256: str) -> Path:
        """Return a path that a separate process can read the bytes from."""
        ...
