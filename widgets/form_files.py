"""A field for files named by their paths, completed from the disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.errors.files import LinkLeadsOut
from sed_tui.errors.form import EmptyFile, NoSuchFile, NotARegularFile, UnreadableFile
from sed_tui.i18n import N_, _
from widgets.completion import Suggestion
from widgets.completion_list import CompletionListField

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIZES = (N_("bytes"), N_("KiB"), N_("MiB"), N_("GiB"))
_THOUSAND = 1024


class FilesField(CompletionListField):
    """Paths of files; each is looked at when it is put into the list and once more on saving."""

    def __init__(self, key: str, label: str, **settings: Any) -> None:
        super().__init__(key, label, find_paths, **settings)

    def meaning(self, text: str) -> Path:
        """Return what the text means."""
        return checked_file(text, self.key)

    def item_value(self, item: Suggestion) -> Path:
        """Return the path of a member of the list."""
        return checked_file(item.text, self.key)

    def item_line(self, item: Suggestion) -> str:
        """Return a path with the size of its file."""
        try:
            size = _size(Path(item.text).expanduser().stat().st_size)
        except OSError:
            size = "?"
        return f"{item.text}  {size}"

    def choose(self, suggestion: Suggestion) -> None:
        """Go into a directory, or put a file into the list."""
        if not suggestion.text.endswith(os.sep):
            if self.review_text(suggestion.text):
                super().choose(suggestion)
            return
        self.raw = suggestion.text
        self.changed()

    def review_text(self, text: str) -> bool:
        """Put a path into the line and say under it what is wrong with it."""
        self.raw = text
        return self.review()


def checked_file(text: str, field: str) -> Path:
    """Return the path of a file that can be read, or raise what is wrong with it."""
    path = Path(text).expanduser()
    try:
        if not path.exists():
            raise NoSuchFile(field=field, path=text)
        if not path.is_file():
            raise NotARegularFile(field=field, path=text)
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            raise LinkLeadsOut(field=field, path=text, target=str(path.resolve()))
        with path.open("rb") as file:
            if not file.read(1):
                raise EmptyFile(field=field, path=text)
    except OSError as error:
        raise UnreadableFile(field=field, path=text, reason=error.strerror or "?") from error
    return path


def find_paths(text: str, limit: int) -> Sequence[Suggestion]:
    """Return files and directories that a path may go on to."""
    folder, start = os.path.split(text)
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                (not entry.is_dir(), entry.name)
                for entry in entries
                if entry.name.casefold().startswith(start.casefold())
                and (start.startswith(".") or not entry.name.startswith("."))
            )
    except OSError:
        return []
    return [
        Suggestion(os.path.join(folder, name) + ("" if is_file else os.sep))
        for is_file, name in found[:limit]
    ]


def _size(count: float) -> str:
    for unit in _SIZES:
        if count < _THOUSAND or unit == _SIZES[-1]:
            break
        count /= _THOUSAND
    return f"{count:.0f} {_(unit)}"
