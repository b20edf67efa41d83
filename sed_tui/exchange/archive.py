"""Archives of somebody else: no member leaves the folder, none is larger than it may be."""

from __future__ import annotations

import stat
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, BinaryIO

from sed_tui.errors.exchange import BadArchive, BadMessage
from sed_tui.exchange.limits import (
    ARCHIVE_BYTES,
    IN_MEMORY_BYTES,
    MEMBER_BYTES,
    MEMBERS,
    RATIO,
)
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

_BLOCK = 1024 * 1024
# bytes that no longer fit each other fail in the words of whichever method packed them
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, LZMAError)


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A file of a package: the name it has there, and its bytes or where they are now.

    `folder` is where it stood inside the archive: told, and never used as a path.
    """

    name: str
    content: Path | bytes
    folder: str = ""

    @property
    def size(self) -> int:
        """Return how many bytes there are."""
        content = self.content
        return len(content) if isinstance(content, bytes) else content.stat().st_size

    def open(self) -> BinaryIO:
        """Open the bytes for reading."""
        content = self.content
        return BytesIO(content) if isinstance(content, bytes) else content.open("rb")


class Scratch:
    """A folder for a while, made when it is first asked for."""

    def __init__(self) -> None:
        self._folders = ExitStack()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_error: object) -> None:
        self._folders.close()

    def folder(self) -> Path:
        """Make another folder and return it."""
        return Path(self._folders.enter_context(TemporaryDirectory(prefix="sed-exchange-")))


def unpack(archive: Member, scratch: Scratch) -> list[Member]:
    """Unpack an archive, into memory where it is small, else under numbers into a folder.

    Names are never paths. Raises `BadArchive` for a member that is absolute, climbs, links,
    is encrypted or too large, and `BadMessage` for what is no archive.
    """
    try:
        with archive.open() as source, zipfile.ZipFile(source) as opened:
            members = [info for info in opened.infolist() if not info.is_dir()]
            size = _checked_size(archive.name, members)
            folder = scratch.folder() if size > IN_MEMORY_BYTES else None
            return list(_unpacked(archive.name, opened, members, folder))
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


def _checked_size(file: str, members: list[ZipInfo]) -> int:
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
    return whole


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


def _unpacked(
    file: str, opened: ZipFile, members: list[ZipInfo], folder: Path | None
) -> Iterator[Member]:
    for place, info in enumerate(members):
        inside, _slash, name = member_name(info).replace("\\", "/").rpartition("/")
        with opened.open(info) as source:
            blocks = _blocks(file, info, source)
            if folder is None:
                yield Member(name, b"".join(blocks), inside)
                continue
            path = folder / f"{place:04}"
            with path.open("xb") as target:
                target.writelines(blocks)
        yield Member(name, path, inside)


def _blocks(file: str, info: ZipInfo, source: IO[bytes]) -> Iterator[bytes]:
    left = info.file_size
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:  # the directory of the archive told less
            reason = _("unpacked it is too large")
            raise BadArchive(file=file, member=member_name(info), reason=reason)
        yield block
