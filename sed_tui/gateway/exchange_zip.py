"""Zips of packages: several in one are taken apart, and any package is made one zip."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from sed_tui.errors.exchange import BadMessage
from sed_tui.exchange.archive import Member, Scratch, folders_of, unpack
from sed_tui.exchange.envelope import NAMES
from sed_tui.exchange.limits import IN_MEMORY_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PIECE = 1 << 20
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


@contextmanager
def parts_of(archive: Path) -> Iterator[list[list[Member]]]:
    """Return the packages of a zip that holds several, each in a folder with its envelope.

    A zip of one package, and one that cannot be read, has no parts: it is taken whole.
    """
    with Scratch() as scratch:
        try:
            # a look at the names first: what is one package is not unpacked twice
            several = len(_with_envelope(folders_of(archive))) > 1
            members = unpack(Member(archive.name, archive), scratch) if several else []
        except BadMessage:
            members = []
        roots = _with_envelope((one.folder, one.name) for one in members)
        yield [[one for one in members if _root(one.folder, roots) == root] for root in roots]


@contextmanager
def packed_again(members: Sequence[Member]) -> Iterator[BinaryIO]:
    """Open files as one archive, the same for the same bytes: no times, no compression."""
    with SpooledTemporaryFile(IN_MEMORY_BYTES, prefix="sed-exchange-") as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for one in members:
                with one.open() as source, archive.open(_named(one), "w") as member:
                    shutil.copyfileobj(source, member, _PIECE)
        target.seek(0)
        yield cast("BinaryIO", target)


def _with_envelope(names: Iterator[tuple[str, str]]) -> list[str]:
    return sorted({folder for folder, name in names if name.lower() in NAMES})


def _root(folder: str, roots: Sequence[str]) -> str | None:
    """Return the package that a folder of the zip belongs to: the nearest above."""
    above = [root for root in roots if not root or f"{folder}/".startswith(f"{root}/")]
    return max(above, key=len, default=None)


def _named(member: Member) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.name.encode("utf-8", "replace").decode(), _DAY_ONE)
    info.file_size = member.size
    return info
