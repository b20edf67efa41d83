"""Kept contents as they are read: the one place where they are compared with their digest."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.errors.files import ContentDamaged, ContentLost, FileDamaged, FileLost
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.storage.files import FileStore

_PIECE = 1 << 20


def pieces(source: BinaryIO, sha256: str) -> Iterator[bytes]:
    """Yield a content piece by piece. Raises `ContentDamaged` where the bytes are others.

    That is known at the end alone: what was made of the pieces is to be thrown away then.
    """
    digest = hashlib.sha256()
    try:
        while piece := source.read(_PIECE):
            digest.update(piece)
            yield piece
    except OSError as error:  # a sector that the disk cannot read any more
        raise ContentDamaged(sha256=sha256) from error
    if digest.hexdigest() != sha256:
        raise ContentDamaged(sha256=sha256)


def whole(source: BinaryIO, sha256: str) -> bytes:
    """Return a content that fits into memory. Raises `ContentDamaged`."""
    return b"".join(pieces(source, sha256))


def fault_of(store: FileStore, sha256: str) -> ContentLost | ContentDamaged | None:
    """Read a content to its end and return what is wrong with it, None where it is whole."""
    try:
        with store.open(sha256) as source:
            for _piece in pieces(source, sha256):
                pass
    except (ContentLost, ContentDamaged) as fault:
        return fault
    return None


@contextmanager
def as_file(source: BinaryIO, sha256: str) -> Iterator[Path]:
    """Return the path of a whole content: its own on the local disk, else that of a copy.

    Raises `ContentDamaged`.
    """
    with source:
        name = getattr(source, "name", None)
        if isinstance(name, str):
            for _piece in pieces(source, sha256):
                pass
            yield Path(name)
            return
        with NamedTemporaryFile(prefix="sed-content-") as copy:
            for piece in pieces(source, sha256):
                copy.write(piece)
            copy.flush()
            yield Path(copy.name)


def named_fault(
    fault: ContentLost | ContentDamaged, document: str, name: str
) -> FileLost | FileDamaged:
    """Return the failure that tells which file of which document the store has spoiled."""
    failure = FileLost if isinstance(fault, ContentLost) else FileDamaged
    return failure(place=_("document {number}").format(number=document), name=name)
