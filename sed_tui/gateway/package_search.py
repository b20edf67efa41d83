"""Where packages lie in a folder that somebody has them checked in: each is found by itself."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.errors.causes import system_cause
from sed_tui.errors.exchange import BadMessage
from sed_tui.exchange.archive import Scratch, folders_of
from sed_tui.exchange.attachments import folded
from sed_tui.exchange.envelope import NAMES
from sed_tui.exchange.formats import IEDMS, JSON, Format
from sed_tui.exchange.iedms_reading import read_message
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.exchange.package import opened
from sed_tui.exchange.profile import Profile
from sed_tui.gateway.exchange_folder import is_draft
from sed_tui.gateway.exchange_zip import packed_again, parts_of
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ZIP, _XML, _JSON = ".zip", ".xml", ".json"
_PACKAGES = (_ZIP, _XML, _JSON)


@dataclass(frozen=True, slots=True)
class Found:
    """A package to be read, or why it is not. Of a message `alone` no files are expected."""

    name: str
    place: Path
    form: Format = IEDMS
    is_alone: bool = False
    failure: SedError | None = None


def packages_at(place: Path) -> Iterator[Found]:
    """Return a package, or those of a folder and the folders in it, in the order of names.

    What a zip of several holds is there until the next is asked for.
    """
    name = place.resolve().name  # also of “.”
    if place.is_dir():
        yield from _in_folder(place, name, "")
    elif place.is_file():
        yield from _file(place, name)


def _in_folder(folder: Path, name: str, above: str) -> Iterator[Found]:
    """Return what a folder is or holds; `above` is the way to it from the one that was named."""
    try:
        inside = sorted(folder.iterdir())
        files = [one for one in inside if one.is_file() and not one.is_symlink()]
        if _is_whole(files):
            yield Found(name, folder, _form_of({one.name for one in files}))
            return
    except OSError as error:
        yield Found(name, folder, failure=BadMessage(file=name, reason=system_cause(error)))
        return
    by_itself = _by_itself(folder, [one for one in files if not is_draft(one)])
    if by_itself is None:
        yield Found(name, folder)
        by_itself = _unnamed(folder, files)
    elif files and not by_itself and len(inside) == len(files):
        # whatever lies there is no message: the exchange would say so too
        yield Found(name, folder)
    for one in inside:
        way = f"{above}{one.name}"
        if one.is_symlink():
            yield Found(way, one, failure=BadMessage(file=way, reason=_("it is a link")))
        elif one in by_itself:
            yield from _file(one, way)
        elif one.is_dir() and not is_draft(one):
            yield from _in_folder(one, way, f"{way}/")


def _is_whole(files: Sequence[Path]) -> bool:
    """Tell a package by what every one has: an envelope, or the message of the other format."""
    return any(one.name.lower() in NAMES or folded(one.name) == JSON.file_name for one in files)


def _by_itself(folder: Path, files: Sequence[Path]) -> list[Path] | None:
    """Return the packages of a folder without an envelope, None where it is one package."""
    found = [one for one in files if one.suffix.lower() in _PACKAGES]
    messages = [one for one in found if one.suffix.lower() == _XML]
    if len(found) == 1 and messages:
        return None
    return None if sum(map(_is_message, messages)) == 1 else found


def _unnamed(folder: Path, files: Sequence[Path]) -> list[Path]:
    """Return the zips beside a message that are none of its files."""
    zips = [one for one in files if one.suffix.lower() == _ZIP]
    if not zips:
        return []
    try:
        with opened(folder, Profile()) as package:
            own = {member.name for _file, member in package.files if member is not None}
            if package.container is not None:
                own.add(package.container.archive.name)
    except (SedError, OSError):
        return []
    return [one for one in zips if one.name not in own and not is_draft(one)]


def _is_message(path: Path) -> bool:
    try:
        with path.open("rb") as source:
            read_message(source.read(MESSAGE_BYTES + 1), Profile(), path.name)
    except (BadMessage, OSError):
        return False
    return True


def _file(path: Path, name: str) -> Iterator[Found]:
    suffix = path.suffix.lower()
    if suffix in (_XML, _JSON):
        yield Found(name, path, JSON if suffix == _JSON else IEDMS, is_alone=True)
        return
    with parts_of(path) as parts, Scratch() as scratch:
        for number, members in enumerate(parts):
            part = scratch.folder() / f"{path.name}-{number + 1}"
            with packed_again(members) as source, part.open("wb") as target:
                shutil.copyfileobj(source, target)
            yield Found(f"{name}-{number + 1}", part)
        if not parts:
            yield Found(name, path, _form_of(_names(path)))


def _names(archive: Path) -> set[str]:
    try:
        return {name for _folder, name in folders_of(archive)}
    except (BadMessage, OSError):
        return set()


def _form_of(names: set[str]) -> Format:
    told = {folded(name) for name in names}
    return JSON if JSON.file_name in told and told.isdisjoint(NAMES) else IEDMS
