"""The manifest of an export: what it is, and the SHA-256 of every file in it.

`SHA256SUMS` is the list that `sha256sum -c` reads; `manifest.json` holds its digest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from uuid import UUID

from sed_tui.errors.transfer import (
    ExportOfOtherVersion,
    ExportTampered,
    NotAnExport,
    PathLeavesExport,
)
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
ORIGINALS = "files"
_LARGEST = 1 << 20
_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export is; `sums` is the SHA-256 of the list of files."""

    format: int
    schema: str
    program: str
    made_at: str
    organization_id: str
    code: str
    name: str
    rows: dict[str, int]
    originals: int
    sums: str


class SumsWriter:
    """Writes files into an export, and the list of their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = (folder / SUMS).open("xb")
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Return the digest of the list so far."""
        return self._hash.hexdigest()

    def open(self, path: str) -> HashedFile:
        """Open a file of the export; it stands in the list when it is closed."""
        return HashedFile(self, path, self._folder / path)

    def add(self, path: str, digest: str) -> None:
        """Put a file into the list."""
        line = f"{digest}  {path}\n".encode()
        self._list.write(line)
        self._hash.update(line)

    def close(self) -> None:
        """Close the list."""
        self._list.close()


class HashedFile:
    """A file that is hashed while it is written."""

    def __init__(self, sums: SumsWriter, path: str, place: Path) -> None:
        self._sums, self._path = sums, path
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = place.open("xb")
        self._hash = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Write a piece."""
        self._hash.update(piece)
        self._file.write(piece)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if kind is None:
            self._sums.add(self._path, self._hash.hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what the export is, after all else."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def read_manifest(folder: Path, format_: int, schema: str) -> Manifest:
    """Return what an export is. Raises `NotAnExport`, `ExportOfOtherVersion`."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            record = json.loads(file.read(_LARGEST))
        found = (record["format"], record["schema"])
        if found == (format_, schema):
            UUID(record["organization_id"])  # the rows are compared with it
            return Manifest(**record)
    except OSError as error:
        reason = _("it has no {file}").format(file=MANIFEST)
        raise NotAnExport(folder=str(folder), reason=reason) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = _("{file} cannot be read").format(file=MANIFEST)
        raise NotAnExport(folder=str(folder), reason=reason) from error
    shown, needed = (f"{one[0]}/{one[1]}" for one in (found, (format_, schema)))
    raise ExportOfOtherVersion(found=shown, needed=needed)


def verify_files(folder: Path, manifest: Manifest) -> int:
    """Hash everything the export names and return how many files that is.

    Raises `ExportTampered`, `PathLeavesExport`. The list is gone through for its paths
    first: nothing is opened of an export that names anything outside.
    """
    if _digest(folder / SUMS, SUMS) != manifest.sums:
        raise ExportTampered(path=SUMS, reason=_("the digest differs"))
    for _path in listed(folder):
        pass
    count = 0
    for path, digest in listed(folder):
        if _digest(folder / path, path) != digest:
            raise ExportTampered(path=path, reason=_("the digest differs"))
        count += 1
    return count


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """Return the files of the list with their digests.

    Raises `PathLeavesExport`, `ExportTampered`.
    """
    root = folder.resolve()
    with (folder / SUMS).open("rb") as lines:
        for line in lines:
            try:
                digest, path = line.decode().rstrip("\n").split("  ", 1)
            except ValueError as error:
                raise ExportTampered(path=SUMS, reason=_("it is damaged")) from error
            if len(digest) != _DIGITS or not _is_inside(root, path):
                raise PathLeavesExport(path=path)
            yield path, digest


def _is_inside(root: Path, path: str) -> bool:
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or {"..", "\\"} & {*pure.parts, *path}:
        return False
    place = root / path
    # what is a link, or lies in a linked folder, is not at its own place
    return place.resolve() == place


def _digest(place: Path, path: str) -> str:
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExportTampered(path=path, reason=_("it is missing")) from error
