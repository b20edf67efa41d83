"""Folders with the organization's own instructions: which ones, and the texts in them.

`SED_GUIDES` names folders for everybody who uses an installation; what `guide folder add`
names is kept in the user's own directory. Nothing is copied: an instruction that its
owner changes is the new one at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from sed_tui.config import home
from sed_tui.domain.media_type import DOCX, PDF
from sed_tui.domain.plain_text import decoded
from sed_tui.errors.guidance import NoGuideFolder, UnknownGuideFolder
from sed_tui.storage.extraction import describe

MOST_FILES = 500
LARGEST = 20 << 20
_PLAIN = frozenset({".md", ".txt"})
_PROGRAM = {".docx": DOCX, ".pdf": PDF}


def folders() -> list[Path]:
    """Return the folders whose instructions are shown, those for everybody first."""
    common = [Path(part) for part in os.environ.get("SED_GUIDES", "").split(os.pathsep) if part]
    return list(dict.fromkeys([*common, *_own()]))


def add_folder(folder: Path) -> Path:
    """Show the instructions of a folder from now on. Raises `NoGuideFolder`."""
    path = folder.expanduser().absolute()
    if not path.is_dir():
        raise NoGuideFolder(field="folder", path=str(path))
    _keep(list(dict.fromkeys([*_own(), path])))
    return path


def remove_folder(folder: Path) -> Path:
    """Show the instructions of a folder no more. Raises `UnknownGuideFolder`."""
    path = folder.expanduser().absolute()
    kept = _own()
    if path not in kept:
        raise UnknownGuideFolder(field="folder", path=str(path))
    _keep([one for one in kept if one != path])
    return path


def files_of(folder: Path) -> list[Path]:
    """Return the instructions in a folder and below; one that is gone holds none."""
    if not folder.is_dir():
        return []
    found = (
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.casefold() in _PLAIN | set(_PROGRAM)
    )
    readable = (path for path in found if path.is_file() and path.stat().st_size <= LARGEST)
    return [path for path, _number in zip(readable, range(MOST_FILES), strict=False)]


def text_of(path: Path) -> str:
    """Return the text of an instruction; what cannot be read has none.

    PDF and DOCX are read by a process of their own, once: their texts are kept.
    """
    if path.suffix.casefold() in _PLAIN:
        return decoded(path.read_bytes())
    stamp = f"{path}\n{path.stat().st_mtime_ns}\n{path.stat().st_size}"
    kept = home() / "guide-texts" / f"{hashlib.sha256(stamp.encode()).hexdigest()}.txt"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        read = describe(path, _PROGRAM[path.suffix.casefold()]).text
        kept.write_text(read, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _own() -> list[Path]:
    try:
        names = json.loads(_list().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Path(name) for name in names if isinstance(name, str)]


def _keep(chosen: list[Path]) -> None:
    _list().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([str(path) for path in chosen], ensure_ascii=False, indent=2)
    _list().write_text(text, encoding="utf-8")


def _list() -> Path:
    return home() / "guide-folders.json"
