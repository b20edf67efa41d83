"""Kept contents as files on the local disk, where they can be read more than once."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def as_file(source: BinaryIO) -> Iterator[Path]:
    """Return the path of a content: its own on the local disk, else that of a copy."""
    with source:
        name = getattr(source, "name", None)
        if isinstance(name, str):
            yield Path(name)
            return
        with NamedTemporaryFile(prefix="sed-content-") as copy:
            copyfileobj(source, copy)
            copy.flush()
            yield Path(copy.name)
