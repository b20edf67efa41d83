"""A file written whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import FileTrouble, ReadOnlyStorage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.errors import SedError


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Write a file whole or not at all: a reader never meets half of it.

    Raises `FileTrouble`, `ReadOnlyStorage`.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as target:
            yield target
        draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> SedError:
    """Return the failure of a file that could not be written."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError, IsADirectoryError)):
        return FileTrouble(path=str(path), reason=system_cause(error))
    return ReadOnlyStorage(place=str(path), reason=system_cause(error))
