"""Which file of a letter is meant, by the name that it has there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from sed_tui.errors import NotFound
from sed_tui.errors.files import SeveralFilesOfLetter
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Named(Protocol):
    """A file that has a name."""

    @property
    def name(self) -> str:
        """Return how it is called in its letter."""


NamedT = TypeVar("NamedT", bound=Named)


def file_named(files: Sequence[NamedT], name: str | None) -> NamedT:
    """Return the file that is meant. Raises `NotFound`, `SeveralFilesOfLetter`."""
    meant = [file for file in files if name in {None, file.name}]
    if not meant:
        raise NotFound(field="name", kind=_(N_("File")), key=name or "")
    if name is None and len(meant) > 1:
        raise SeveralFilesOfLetter(field="name", names=", ".join(file.name for file in meant))
    return meant[0]
