"""File contents in a directory: `ab/cd/abcd…`, written once and never changed.

A crash leaves at worst bytes that no document names: they are made durable before the
transaction that names them commits, and what was staged and forgotten is swept a day later.
Waiting for the disk is most of it, and the disk answers many at once nearly as soon as one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.config import MAX_FILE_SIZE
from sed_tui.domain.files import TextState
from sed_tui.domain.media_type import PROBE, UNKNOWN, sniffed
from sed_tui.domain.stored_size import shown_size
from sed_tui.errors.causes import system_cause
from sed_tui.errors.files import ContentLost, FileTooLarge, NothingStaged
from sed_tui.errors.form import EmptyFile, UnreadableFile
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.errors.room import TooMuchWaiting
from sed_tui.storage.durability import make_files_durable, make_folders_durable
from sed_tui.storage.files import Description, StagedContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.storage.room import Room

_PIECE = 1 << 20
_FORGOTTEN_SECONDS = 24 * 3600
_SWEPT_EVERY_SECONDS = 3600
_LOOKS_EVERY = 16 << 20
_MARK = 16
# the digest, whose organization sent it, and what nobody guesses
_TOKEN = re.compile(rf"([0-9a-f]{{64}})\.([0-9a-f]{{{_MARK}}})?[0-9a-f]{{32}}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class DirectoryStore:
    """A `FileStore` over a directory of one file system."""

    def __init__(self, root: Path, max_size: int = MAX_FILE_SIZE) -> None:
        self._root = root
        self._being_received = root / "staging"
        self._max_size = max_size
        self._swept_at = 0.0
        # what this very process has waited for; of others' bytes `keep` cannot know
        self._secured: set[str] = set()

    def stage(
        self, source: BinaryIO, room: Room | None = None, *, is_secured: bool = True
    ) -> StagedContent:
        """Copy a stream into the staging folder, a megabyte at a time."""
        with self._writing():
            self._sweep(self._folder(self._being_received))
        owner = _mark(room.organization) if room else "0" * _MARK
        draft = self._being_received / f"{owner}{secrets.token_hex(16)}"
        try:
            with self._writing(), _create(draft) as target:
                digest, size, media_type = self._copy(source, target, room)
                if is_secured:
                    os.fsync(target.fileno())
            token = f"{digest}.{draft.name}"
            with self._writing():
                draft.replace(self._staging(token))
        finally:
            draft.unlink(missing_ok=True)
        if is_secured:
            self._secured.add(token)
        return StagedContent(token, digest, size, Description(media_type))

    def secure(self, tokens: Sequence[str]) -> None:
        """Wait for the disk once for all of them."""
        waiting = [one for one in tokens if one not in self._secured]
        with self._writing():
            make_files_durable([self.staged_path(token) for token in waiting])
        self._secured.update(waiting)

    def staged_path(self, token: str) -> Path:
        """Return the path of staged bytes."""
        if not _TOKEN.fullmatch(token):
            raise NothingStaged(field="files")
        return self._staging(token)

    def describe(self, token: str, description: Description) -> None:
        """Store the description beside the staged bytes."""
        with self._writing(), _create(self._note(token)) as target:
            target.write(
                json.dumps(
                    [description.media_type, description.text_state, description.text]
                ).encode()
            )

    def staged(self, token: str) -> StagedContent:
        """Return what was staged under a token; a repeated transaction finds it kept."""
        staging, sha256 = self.staged_path(token), token.partition(".")[0]
        for path in (staging, self._place(sha256)):
            with suppress(FileNotFoundError):
                return StagedContent(token, sha256, path.stat().st_size, self._described(token))
        raise NothingStaged(field="files")

    def keep(self, *tokens: str) -> None:
        """Move staged bytes to their places; they are durable when this returns."""
        sizes = {token: self.staged(token).size for token in tokens}
        # the same bytes that were kept before stay as they are; these are discarded at the end
        new = [token for token, size in sizes.items() if not self._is_kept(token, size)]
        self.secure(new)
        changed: dict[Path, None] = {}
        with self._writing():
            for token in new:
                place = self._place(token.partition(".")[0])
                self._folder(place.parent, changed)
                self._staging(token).replace(place)
                changed[place.parent] = None
            make_folders_durable(list(changed))
        self._secured.difference_update(tokens)

    def discard(self, token: str) -> None:
        """Forget staged bytes and what is known of them."""
        self._secured.discard(token)
        self.staged_path(token).unlink(missing_ok=True)
        self._note(token).unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading."""
        try:
            if _SHA256.fullmatch(sha256):
                return self._place(sha256).open("rb")
        except FileNotFoundError:
            pass
        except OSError as error:
            raise ReadOnlyStorage(place=str(self._root), reason=system_cause(error)) from error
        raise ContentLost(sha256=sha256, place=str(self._root))

    def listed(self) -> Iterator[tuple[str, int]]:
        """Return the digests and sizes of what is kept."""
        for path in self._root.glob("??/??/*"):
            if _SHA256.fullmatch(path.name):
                yield path.name, path.stat().st_size

    def remove(self, sha256: str) -> None:
        """Remove kept bytes that nothing names any more."""
        with self._writing():
            self._place(sha256).unlink(missing_ok=True)

    def _copy(self, source: BinaryIO, target: BinaryIO, room: Room | None) -> tuple[str, int, str]:
        """Return the digest and the size of what was copied, and its media type."""
        digest, size, head, tail = hashlib.sha256(), 0, b"", b""
        looks_at = 0
        while piece := _read(source):
            size += len(piece)
            # pieces may be short: a pipe, a network
            head = head if len(head) >= PROBE else (head + piece)[:PROBE]
            tail = piece[-PROBE:] if len(piece) >= PROBE else (tail + piece)[-PROBE:]
            if size >= self._max_size:
                raise FileTooLarge(
                    field="files", path=_name_of(source), limit=self._max_size // 1024**2
                )
            if room is not None:
                room.require_stream(size)
                if size > looks_at:  # others of the organization may be sending as well
                    self._require_few_waiting(room, len(piece))
                    looks_at = size + _LOOKS_EVERY
            digest.update(piece)
            target.write(piece)
        if not size:
            raise EmptyFile(field="files", path=_name_of(source))
        target.flush()
        return digest.hexdigest(), size, sniffed(head, tail)

    def _described(self, token: str) -> Description:
        try:
            media_type, state, text = json.loads(self._note(token).read_bytes())
        except FileNotFoundError:
            return Description(UNKNOWN)
        return Description(media_type, TextState(state), text)

    def _sweep(self, staging: Path) -> None:
        """Remove what a killed process left behind, now and then: the folder may be full."""
        now = time.time()
        if now - self._swept_at < _SWEPT_EVERY_SECONDS:
            return
        self._swept_at = now
        before = now - _FORGOTTEN_SECONDS
        for entry in os.scandir(staging):
            with suppress(FileNotFoundError):
                if entry.stat().st_mtime < before:
                    os.unlink(entry.path)

    def _require_few_waiting(self, room: Room, coming: int) -> None:
        """Refuse more bytes that wait here than the organization may store, or one file has.

        Raises `TooMuchWaiting`.
        """
        if room.allowed is None:
            return
        waiting, owner = 0, _mark(room.organization)
        for entry in os.scandir(self._being_received):
            if entry.name.rpartition(".")[2].startswith(owner):
                with suppress(FileNotFoundError):
                    waiting += entry.stat().st_size
        if waiting + coming > max(room.allowed, self._max_size):
            raise TooMuchWaiting(organization=room.organization, waiting=shown_size(waiting))

    def _folder(self, path: Path, changed: dict[Path, None] | None = None) -> Path:
        """Make a folder of the store and those above it, for the owner alone.

        Those that have got an entry are put among the `changed`, or made durable at once.
        """
        if not path.is_dir():
            if path != self._root:
                self._folder(path.parent, changed)
            path.mkdir(mode=0o700, parents=path == self._root, exist_ok=True)
            if changed is None:
                make_folders_durable([path.parent])
            else:
                changed[path.parent] = None
        return path

    def _is_kept(self, token: str, size: int) -> bool:
        place = self._place(token.partition(".")[0])
        return place.exists() and place.stat().st_size == size

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ReadOnlyStorage(place=str(self._root), reason=system_cause(error)) from error

    def _staging(self, token: str) -> Path:
        return self._being_received / token

    def _note(self, token: str) -> Path:
        return self.staged_path(token).with_name(f"{token}.json")

    def _place(self, sha256: str) -> Path:
        return self._root / f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _mark(organization: str) -> str:
    """Return what the names of an organization's staged bytes begin with."""
    return hashlib.sha256(organization.encode()).hexdigest()[:_MARK]


def _create(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_PIECE)
    except OSError as error:
        reason = system_cause(error)
        raise UnreadableFile(field="files", path=_name_of(source), reason=reason) from error


def _name_of(source: BinaryIO) -> str:
    name = getattr(source, "name", None)
    return os.path.basename(name) if isinstance(name, str) else "…"
