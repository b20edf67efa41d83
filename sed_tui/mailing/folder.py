"""The folder a mail program takes attachments from: for its owner alone, and gone afterwards.

A mail program reads the files when the letter is sent, which may be hours after the
hand-off: a folder that was handed off goes at a start half a day later, one that was not
goes at the next start.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.config import home
from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import ReadOnlyStorage

if TYPE_CHECKING:
    from collections.abc import Iterable

_HANDED_OFF = ".handed-off"
_KEPT_SECONDS = 12 * 3600
_UNFINISHED_SECONDS = 3600  # where the system cannot say whether a process lives


def filled_folder(files: Iterable[tuple[str, bytes]]) -> Path:
    """Write files into a new folder, 0700 and 0600. Raises `ReadOnlyStorage`, for a full disk too.

    Nothing is left of a folder that could not be filled.
    """
    place = _place()
    folder: Path | None = None
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))
        for name, content in files:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as target:
                target.write(content)
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise ReadOnlyStorage(place=str(place), reason=system_cause(error)) from error
    return folder


def mark_handed_off(folder: Path) -> None:
    """Keep the folder for the program that was opened."""
    with suppress(OSError):
        (folder / _HANDED_OFF).touch(mode=0o600)


def remove(folder: Path) -> None:
    """Remove a folder that nobody needs."""
    shutil.rmtree(folder, ignore_errors=True)


def clean_up() -> int:
    """Remove what earlier runs left behind, and return how many folders that were."""
    removed = 0
    try:
        folders = list(os.scandir(_place()))
    except OSError:
        return 0
    for entry in folders:
        if entry.is_dir(follow_symlinks=False) and _is_over(Path(entry.path)):
            remove(Path(entry.path))
            removed += 1
    return removed


def _place() -> Path:
    return home() / "mailing"


def _is_over(folder: Path) -> bool:
    marker = folder / _HANDED_OFF
    try:
        if marker.exists():
            return time.time() - marker.stat().st_mtime > _KEPT_SECONDS
        return not _lives(folder)
    except OSError:
        return False


def _lives(folder: Path) -> bool:
    """Tell whether the program that fills the folder still runs."""
    process = folder.name.partition("-")[0]
    if os.name == "nt" or not process.isdecimal():
        return time.time() - folder.stat().st_mtime < _UNFINISHED_SECONDS
    try:
        os.kill(int(process), 0)
    except OSError as error:
        return error.errno == errno.EPERM
    return True
