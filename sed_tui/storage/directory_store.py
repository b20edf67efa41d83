"""File contents in a directory: `ab/cd/abcd…`, written once and never changed."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.storage.files import StagedContent

if TYPE_CHECKING:
    from pathlib import Path

_PIECE = 1 << 20
_HEAD = 8192


class DirectoryStore:
    """A `FileStore` over a directory of one file system."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def stage(self, source: BinaryIO) -> StagedContent:
        """Copy a stream into the staging folder, a megabyte at a time."""
        folder = self._root / "staging"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size, head = hashlib.sha256(), 0, b""
        draft = folder / secrets.token_hex(16)
        with draft.open("xb") as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                head = head or piece[:_HEAD]
                size += len(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        token = f"{digest.hexdigest()}.{draft.name}"
        draft.rename(folder / token)
        return StagedContent(token, digest.hexdigest(), size, head)

    def staged(self, token: str) -> StagedContent:
        """Return what was staged under a token."""
        path = self._staging(token)
        with path.open("rb") as source:
            head = source.read(_HEAD)
        return StagedContent(token, token.partition(".")[0], path.stat().st_size, head)

    def keep(self, token: str) -> None:
        """Move staged bytes to their place; the rename is what makes them kept."""
        place = self._place(token.partition(".")[0])
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._staging(token).replace(place)

    def discard(self, token: str) -> None:
        """Forget staged bytes."""
        self._staging(token).unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading."""
        return self._place(sha256).open("rb")

    def local_path(self, token_or_sha256: str) -> Path:
        """Return the path of staged or kept bytes."""
        if "." in token_or_sha256:
            return self._staging(token_or_sha256)
        return self._place(token_or_sha256)

    def _staging(self, token: str) -> Path:
        return self._root / "staging" / token

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256
