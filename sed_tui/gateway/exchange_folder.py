"""The driver of MEDO: packages are folders that an agent carries.

Packages are written under temporary names and renamed when the disk has them; the agent that
delivers may do otherwise, so one is taken when its envelope and all that it lists are there,
or when nothing in it has changed for a while. What was taken in is moved to a folder beside.
"""

from __future__ import annotations

import shutil
import time
from base64 import b64decode
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors.causes import system_cause
from sed_tui.errors.exchange_messages import ExchangeUnavailable
from sed_tui.exchange.archive import Member
from sed_tui.exchange.attachments import folded
from sed_tui.exchange.envelope import NAMES, read_envelope, write_envelope
from sed_tui.exchange.limits import MEMBERS, MESSAGE_BYTES
from sed_tui.gateway.exchange_agent import agent_news
from sed_tui.gateway.exchange_driver import FoundPackage, reading
from sed_tui.gateway.exchange_zip import packed_again, parts_of
from sed_tui.storage.durability import make_files_durable, make_folders_durable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sed_tui.operations.exchange_outbox import Parcel

TAKEN = "Archive"
# folders of the agent itself: its queue, what it sent, and what it failed to send
_NO_PACKAGES = frozenset({"archive", "error", "sended", "tosend"})
ENVELOPE = "envelope.ini"
SETTLED_SECONDS = 60.0
"""So long nothing may have changed in a package that is not complete by its envelope."""
_PIECE = 1 << 20
_ENVELOPE_BYTES = 1 << 20
_UNFINISHED = (".", "~")
_UNFINISHED_ENDS = (".tmp", ".part", ".partial")


class FolderDriver:
    """Reads packages of an inbox folder and writes those of an outbox folder."""

    def __init__(self, settled_seconds: float = SETTLED_SECONDS) -> None:
        self._settled_seconds = settled_seconds
        self._drafts: dict[Path, Path] = {}

    @property
    def channel(self) -> Channel:
        """Name the channel."""
        return Channel.MEDO

    def close(self) -> None:
        """Do nothing: no folder is held open."""

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        """Return the packages that lie complete, in the order of their names."""
        folder = Path(inbox)
        for path in _entries(folder):
            with _reaching_if_there(str(path)):
                yield from self._packages_at(folder, path)

    def _packages_at(self, folder: Path, path: Path) -> Iterator[FoundPackage]:
        if path.is_dir():
            for place in _packages(path):
                files = _listed(place)
                if files and self._is_complete(files):
                    yield _found(folder, place, files)
        elif path.suffix.lower() == ".zip" and self._is_quiet([path]):
            yield from _zipped(folder, path)

    def news(self, place: str) -> Iterator[FoundPackage]:
        """Return what the agent left of packages that it could not carry.

        A place that is not there holds none: whoever looks for packages or writes some says so.
        """
        if not Path(place).is_dir():
            return
        with _reaching(place):
            yield from agent_news(Path(place), self._is_quiet, _files)

    def send(self, parcel: Parcel, fetch: Callable[[str], BinaryIO]) -> None:
        """Write a package, a draft until `flush`; one that is there was written before."""
        folder = Path(parcel.address or "")
        place = folder / parcel.message_uid
        draft = folder / f".{parcel.message_uid}.tmp"
        with _reaching(parcel.address or ""):
            if place.exists():
                return
            if not folder.is_dir():
                raise FileNotFoundError(2, "No such folder", str(folder))
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            for name, source in _contents(parcel, fetch):
                _write(draft / name, source)
            self._drafts[draft] = place

    def flush(self) -> None:
        """Give the packages their names, once the disk has all that is in them."""
        drafts, self._drafts = self._drafts, {}
        if not drafts:
            return
        folders = list(dict.fromkeys(place.parent for place in drafts.values()))
        with _reaching(str(folders[0])):
            make_files_durable([path for draft in drafts for path in draft.iterdir()])
            make_folders_durable(list(drafts))
            for draft, place in drafts.items():
                draft.replace(place)
            make_folders_durable(folders)

    def _is_complete(self, files: Sequence[Path]) -> bool:
        """Tell whether all that the envelope lists is there, or the package has settled."""
        names = {folded(path.name) for path in files}
        for path in files:
            if path.name.lower() in NAMES:
                with path.open("rb") as source:
                    listed = read_envelope(source.read(_ENVELOPE_BYTES)).files
                # the files of a letter may be called otherwise: the message knows better
                if listed and all(folded(name) in names for name in listed):
                    return True
        return self._is_quiet(files)

    def _is_quiet(self, files: Sequence[Path]) -> bool:
        before = time.time() - self._settled_seconds
        return all(path.stat().st_mtime <= before for path in files)


def _packages(folder: Path) -> list[Path]:
    """Return the folder itself, or the packages that it does nothing but hold."""
    inside = _waiting(folder)
    if len(inside) > 1 and all(path.is_dir() for path in inside):
        return inside
    return [folder]


def _entries(folder: Path) -> list[Path]:
    with _reaching(str(folder)):
        return _waiting(folder)


def _waiting(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if not path.is_symlink()
        and not (path.name.lower() in _NO_PACKAGES and path.is_dir())
        and not is_draft(path)
    )


def is_draft(path: Path) -> bool:
    """Tell what an agent is still writing, by its name."""
    name = path.name.lower()
    return name.startswith(_UNFINISHED) or name.endswith(_UNFINISHED_ENDS)


def _files(folder: Path) -> list[Path]:
    with _reaching(str(folder)):
        return _listed(folder)


def _listed(folder: Path) -> list[Path]:
    """Return the files of a package; a link may lead anywhere, a pipe would be waited for."""
    inside = sorted(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink():
        inside = sorted(inside[0].iterdir())
    return [path for path in inside if path.is_file() and not path.is_symlink()][:MEMBERS]


def _found(inbox: Path, place: Path, files: Sequence[Path]) -> FoundPackage:
    members = [Member(path.name, path) for path in files]
    messages = [one for one in members if _is_message(one)]
    return FoundPackage(
        name=place.name,
        size=sum(path.stat().st_size for path in files),
        archive=partial(reading, str(place), partial(packed_again, members)),
        head=partial(reading, str(place), partial(packed_again, messages)),
        settle=lambda: _put_away(inbox, place),
    )


def _zipped(inbox: Path, place: Path) -> Iterator[FoundPackage]:
    """Return the package of a zip, or each of several; it is put away after the last."""
    with parts_of(place) as parts:
        left = set(range(len(parts)))

        def settle(number: int) -> None:
            left.discard(number)
            if not left:
                _put_away(inbox, place)

        for number, members in enumerate(parts):
            yield FoundPackage(
                name=f"{place.name}-{number + 1}",
                size=sum(one.size for one in members),
                archive=partial(packed_again, members),
                head=partial(packed_again, [one for one in members if _is_message(one)]),
                settle=partial(settle, number),
            )
        if not parts:
            yield FoundPackage(
                name=place.name,
                size=place.stat().st_size,
                archive=partial(reading, str(place), lambda: place.open("rb")),
                head=lambda: packed_again([]),
                settle=lambda: _put_away(inbox, place),
            )


def _is_message(member: Member) -> bool:
    name = member.name.lower()
    return (name in NAMES or name.endswith(".xml")) and member.size <= MESSAGE_BYTES


def _put_away(inbox: Path, place: Path) -> None:
    """Move what was taken in out of the way; what is there under its name stays too."""
    with _reaching(str(inbox)):
        (inbox / TAKEN).mkdir(exist_ok=True)
        target, number = inbox / TAKEN / place.name, 1
        while target.exists():
            number += 1
            target = inbox / TAKEN / f"{place.name}-{number}"
        with suppress(FileNotFoundError):  # another round has put it away
            place.replace(target)


def _contents(
    parcel: Parcel, fetch: Callable[[str], BinaryIO]
) -> Iterator[tuple[str, bytes | BinaryIO]]:
    yield parcel.message_file.name, b64decode(parcel.message)
    for file in parcel.files:
        with fetch(file.sha256) as source:
            yield file.name, source
    names = [parcel.message_file.name, *(file.name for file in parcel.files)]
    moment: datetime = parcel.created_at.astimezone(ZoneInfo(parcel.zone))
    addressees = [parcel.mailbox or parcel.partner]
    # the envelope comes last: an agent may look before the folder has its name
    yield ENVELOPE, write_envelope(parcel.subject, addressees, names, moment)


def _write(path: Path, source: bytes | BinaryIO) -> None:
    with path.open("xb") as target:
        if isinstance(source, bytes):
            target.write(source)
        else:
            shutil.copyfileobj(source, target, _PIECE)


@contextmanager
def _reaching_if_there(address: str) -> Iterator[None]:
    """Go past what another round, or the agent, takes away meanwhile: whoever has it, has it."""
    try:
        yield
    except FileNotFoundError:
        return
    except OSError as error:
        raise ExchangeUnavailable(address=address, reason=system_cause(error)) from error


@contextmanager
def _reaching(address: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExchangeUnavailable(address=address, reason=system_cause(error)) from error
