"""Waiting for the disk: for many files or folders at once, which it writes down in one go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_AT_ONCE = 8


def make_files_durable(paths: Sequence[Path]) -> None:
    """Wait until the disk has the bytes of files."""
    _for_each(_file, paths)


def make_folders_durable(paths: Sequence[Path]) -> None:
    """Wait until the disk has what names stand in folders; Windows sees to it by itself."""
    if os.name != "nt":
        _for_each(_folder, paths)


def _for_each(wait: Callable[[Path], None], paths: Sequence[Path]) -> None:
    if len(paths) <= 1:
        for path in paths:
            wait(path)
        return
    from concurrent.futures import ThreadPoolExecutor  # for many at once alone

    with ThreadPoolExecutor(min(len(paths), _AT_ONCE)) as waiting:
        list(waiting.map(wait, paths))


def _file(path: Path) -> None:
    # Windows writes down what is open for writing alone
    _synchronize(path, os.O_RDWR)


def _folder(path: Path) -> None:
    _synchronize(path, os.O_RDONLY | os.O_DIRECTORY)


def _synchronize(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
