"""Files that a table names: beside it or below it, never elsewhere."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

from sed_tui.errors.form import EmptyFile, NoSuchFile, NotARegularFile
from sed_tui.errors.imports import OutsideFolder

_BETWEEN = re.compile(r"\s*[;|\n]\s*")


def find_attachments(folder: Path, names: str) -> list[Path]:
    """Return the files that a cell names, relative to the folder of its table.

    Raises `OutsideFolder` for a path or a link that leads out, and `NoSuchFile`,
    `NotARegularFile` or `EmptyFile`.
    """
    return [_find(folder.resolve(), name) for name in _BETWEEN.split(names.strip()) if name]


def _find(folder: Path, name: str) -> Path:
    written = PureWindowsPath(name)  # reads both kinds of slashes
    if written.is_absolute() or written.drive or written.root:
        raise OutsideFolder(field="files", path=name)
    path = folder.joinpath(*written.parts)
    if not path.resolve().is_relative_to(folder):
        raise OutsideFolder(field="files", path=name)
    try:
        if not path.exists():
            raise NoSuchFile(field="files", path=name)
    except OSError as error:  # a name longer than the file system takes
        raise NoSuchFile(field="files", path=name[:100]) from error
    if not path.is_file():
        raise NotARegularFile(field="files", path=name)
    if not path.stat().st_size:
        raise EmptyFile(field="files", path=name)
    return path
