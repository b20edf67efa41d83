"""What documents hold, on its way to the user's disk."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.errors.files import ContentDamaged, ContentLost, FileDamaged, FileExists, FileLost
from sed_tui.i18n import _
from sed_tui.rendering.saved import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told_by_name(document: str, name: str) -> Iterator[None]:
    """Name the document and the file where the store fails, not a digest or a place of its own."""
    place = _("document {number}").format(number=document)
    try:
        yield
    except ContentLost as error:
        raise FileLost(place=place, name=name) from error
    except ContentDamaged as error:
        raise FileDamaged(place=place, name=name) from error


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


def in_der(content: BinaryIO, sha256: str) -> tuple[BinaryIO, str]:
    """Return a signature in DER, with its digest, whatever form it came in.

    Raises `ContentDamaged`, `NotASignature`.
    """
    from sed_tui.gost.cms.reading import read_message
    from sed_tui.gost.containers import der_of
    from sed_tui.storage.contents import whole

    kept = whole(content, sha256)
    read_message(kept)
    der = der_of(kept)
    return io.BytesIO(der), hashlib.sha256(der).hexdigest()


def _copy(content: BinaryIO, target: BinaryIO, sha256: str) -> None:
    from sed_tui.storage.contents import pieces  # where a file is fetched

    for piece in pieces(content, sha256):
        target.write(piece)
