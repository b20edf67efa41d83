"""What documents hold, on its way to the user's disk."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from sed_tui.errors.files import ContentDamaged, FileExists
from sed_tui.rendering.saved import unwritable

_PIECE = 1 << 20


def copy_out(content: BinaryIO, sha256: str) -> None:
    """Write content to standard output. Raises `ContentDamaged`."""
    _copy(content, sys.stdout.buffer, sha256)
    sys.stdout.buffer.flush()


def save(content: BinaryIO, sha256: str, name: str, where: str | None, *, overwrite: bool) -> Path:
    """Write content to a file, whole or not at all, and return its path.

    `where` is a file or a folder, the current one if left out. Raises `FileExists`,
    `ContentDamaged`, `ReadOnlyStorage`.
    """
    path = Path(where) if where else Path()
    if path.is_dir():
        path /= name
    if path.exists() and not overwrite:
        raise FileExists(field="output", path=str(path))
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".sedctl-")
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as target:
            _copy(content, target, sha256)
        os.replace(draft, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        Path(draft).unlink(missing_ok=True)
    return path


def _copy(content: BinaryIO, target: BinaryIO, sha256: str) -> None:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
        target.write(piece)
    if digest.hexdigest() != sha256:
        raise ContentDamaged(sha256=sha256)
