"""Files of the user's disk, on their way to a document or to a key."""

from __future__ import annotations

from stat import S_ISREG
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.errors.causes import system_cause
from sed_tui.errors.files import LinkLeadsOut
from sed_tui.errors.form import NoSuchFile, NotARegularFile, UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path) -> BinaryIO:
    """Open a file to be sent.

    Raises `NoSuchFile`, `NotARegularFile`, `LinkLeadsOut` for a link to another folder,
    `UnreadableFile`.
    """
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(path.parent.resolve()):
                raise LinkLeadsOut(field="files", path=str(path), target=str(target))
        if not S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            raise NotARegularFile(field="files", path=str(path))
        return path.open("rb")
    except FileNotFoundError as error:
        raise NoSuchFile(field="files", path=str(path)) from error
    except (OSError, RuntimeError) as error:  # the latter for links that run in a circle
        raise UnreadableFile(field="files", path=str(path), reason=system_cause(error)) from error
