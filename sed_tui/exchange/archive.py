"""Archives of somebody else: no member leaves the folder, none is larger than it may be."""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import dataclass
from lzma import LZMAError
from typing import TYPE_CHECKING

from sed_tui.errors.exchange import BadArchive, BadMessage
from sed_tui.exchange.limits import ARCHIVE_BYTES, MEMBER_BYTES, MEMBERS, RATIO
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile, ZipInfo

_BLOCK = 1024 * 1024
# bytes that no longer fit each other fail in the words of whichever method packed them
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, LZMAError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: the name it has there, and where its bytes are now.

    `folder` is where it stood inside the archive: told, and never used as a path.
    """

    name: str
    path: Path
    folder: str = ""


def unpack(archive: Path, folder: Path) -> list[Member]:
    """Write the members of an archive into a folder, under numbers: names are never paths.

    Raises `BadArchive` for a member that is absolute, climbs, links, is encrypted or too
    large, and `BadMessage` for what is no archive.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [info for info in opened.infolist() if not info.is_dir()]
            _check(archive.name, members)
            return list(_written(archive.name, opened, members, folder))
    except _BROKEN as error:
        raise BadMessage(file=archive.name, reason=_("it is no zip archive")) from error


def folders_of(archive: Path) -> Iterator[tuple[str, str]]:
    """Return the folder and the name of each member. Raises `BadMessage`."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for info in opened.infolist():
                inside, _slash, name = member_name(info).replace("\\", "/").rpartition("/")
                yield inside, name
    except _BROKEN as error:
        raise BadMessage(file=archive.name, reason=_("it is no zip archive")) from error


def member_name(info: ZipInfo) -> str:
    """Return the name as it was meant: cp866 where no flag says that it is UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return info.filename


def _check(file: str, members: list[ZipInfo]) -> None:
    if len(members) > MEMBERS:
        raise BadArchive(file=file, member="…", reason=_("it has too many members"))
    whole = 0
    for info in members:
        reason = _refusal(info)
        if reason:
            raise BadArchive(file=file, member=member_name(info), reason=reason)
        whole += info.file_size
    if whole > ARCHIVE_BYTES:
        raise BadArchive(file=file, member="…", reason=_("unpacked it is too large"))


def _refusal(info: ZipInfo) -> str:
    parts = member_name(info).replace("\\", "/").split("/")
    if parts[0] in ("", "..") or ".." in parts or ":" in parts[0]:
        return _("its name leads out of the folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _("it is a link")
    if info.flag_bits & 0x1:
        return _("it is encrypted")
    is_bomb = info.file_size > RATIO * max(info.compress_size, 1_000)
    if info.file_size > MEMBER_BYTES or is_bomb:
        return _("unpacked it is too large")
    return ""


def _written(file: str, opened: ZipFile, members: list[ZipInfo], folder: Path) -> Iterator[Member]:
    for place, info in enumerate(members):
        path = folder / f"{place:04}"
        left = info.file_size
        with opened.open(info) as source, path.open("xb") as target:
            while block := source.read(_BLOCK):
                left -= len(block)
                if left < 0:  # the directory of the archive told less
                    reason = _("unpacked it is too large")
                    raise BadArchive(file=file, member=member_name(info), reason=reason)
                target.write(block)
        inside, _slash, name = member_name(info).replace("\\", "/").rpartition("/")
        yield Member(name, path, inside)
