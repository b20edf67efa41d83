"""A package of MEDO: an envelope, a message and files, in a folder or packed into a zip."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sed_tui.errors.exchange import BadMessage, NoMessage, PartMissing
from sed_tui.exchange.archive import Member, Scratch, unpack
from sed_tui.exchange.attachments import folded, match
from sed_tui.exchange.envelope import NAMES, read_envelope
from sed_tui.exchange.iedms_reading import Reading, read_message
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.exchange.message import Container, Letter
from sed_tui.exchange.passport import PASSPORT, read_passport
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.remarks import Oddity, Remark
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.exchange.message import AttachedFile, Message
    from sed_tui.exchange.profile import ProfileOf

_ENVELOPE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Inside:
    """A file of a container."""

    member: Member
    is_passport: bool


@dataclass(frozen=True, slots=True)
class SignedContainer:
    """The archive that a letter came in, its signature, and all that is inside."""

    archive: Member
    signature: Member | None
    inside: tuple[Inside, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it was understood; the bytes of its files are there while it is open."""

    message: Message
    remarks: tuple[Remark, ...]
    source: Member
    """The file that the message itself stands in."""
    files: tuple[tuple[AttachedFile, Member | None], ...] = ()
    others: tuple[Member, ...] = ()
    """What belongs to the package and is no file of the letter: signatures, containers."""
    container: SignedContainer | None = None


@contextmanager
def opened(place: Path, profile: Profile | ProfileOf) -> Iterator[Package]:
    """Read a folder or a zip of a package, or its XML alone. Raises `BadMessage` and its kinds."""
    with Scratch() as scratch:
        whole = Member(place.name, place)
        if place.is_dir():
            members = files_of(place)
        else:
            is_message = place.suffix.lower() == ".xml"
            members = [whole] if is_message else unpack(whole, scratch)
        yield _read(members, scratch, profile, place.name)


def files_of(folder: Path) -> list[Member]:
    """Return the files of a folder; links are none of them."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    return [Member(path.name, path) for path in paths]


def _read(
    members: Sequence[Member], scratch: Scratch, profile: Profile | ProfileOf, name: str
) -> Package:
    envelope, remarks = _envelope(members)
    found, reading = _message(members, profile, name)
    remarks += reading.remarks
    message = reading.message
    rest = [member for member in members if member not in (envelope, found)]
    outer: list[Member] = []
    container: SignedContainer | None = None
    if isinstance(message.body, Container):
        outer = rest
        whose = profile if isinstance(profile, Profile) else profile(message.source.uid)
        try:
            letter, rest, more, container = _unpacked(message.body, rest, scratch, whose)
        except BadMessage as error:
            # its sender can be told: the message around it says who that is
            error.sender, error.message_uid = message.source.uid, message.uid
            raise
        message, remarks = replace(message, body=letter), [*remarks, *more]
    if not isinstance(message.body, Letter):
        return Package(message, tuple(remarks), found)
    files, odd = match(message.body.files, rest)
    matched = {member for _file, member in files}
    named = matched | _signatures(message.body, rest)
    unnamed = [Remark(Oddity.FILE_UNNAMED, one.name) for one in rest if one not in named]
    others = tuple(one for one in (*outer, *rest) if one not in matched)
    absent = _absent(message.body, container, (*outer, *rest))
    remarks += [*odd, *absent, *unnamed]
    return Package(message, tuple(remarks), found, tuple(files), others, container)


def _envelope(members: Sequence[Member]) -> tuple[Member | None, list[Remark]]:
    for member in members:
        if member.name.lower() in NAMES:
            with member.open() as file:
                return member, list(read_envelope(file.read(_ENVELOPE_BYTES)).remarks)
    return None, [Remark(Oddity.ENVELOPE_MISSING)]


def _message(
    members: Sequence[Member], profile: Profile | ProfileOf, name: str
) -> tuple[Member, Reading]:
    """Find the message among the XML files by what they hold: it goes by many names."""
    failure: BadMessage | None = None
    for member in members:
        if not member.name.lower().endswith(".xml") or folded(member.name) == PASSPORT:
            continue
        try:
            return member, read_message(_bytes(member), profile, member.name)
        except BadMessage as error:
            failure = failure or error
    if failure is None and any(folded(member.name) == PASSPORT for member in members):
        reason = _("it is a container alone: the message that names it is missing")
        raise BadMessage(file=name, reason=reason)
    raise failure or NoMessage(file=name)


def _bytes(member: Member) -> bytes:
    with member.open() as file:
        return file.read(MESSAGE_BYTES + 1)


def _unpacked(
    container: Container, members: Sequence[Member], scratch: Scratch, profile: Profile
) -> tuple[Letter, list[Member], tuple[Remark, ...], SignedContainer]:
    archives = {folded(member.name): member for member in members}
    archive = archives.get(folded(container.archive))
    if archive is None:
        raise BadMessage(file=container.archive, reason=_("the archive is not in the package"))
    unpacked = unpack(archive, scratch)
    passport = next((one for one in unpacked if folded(one.name) == PASSPORT), None)
    if passport is None:
        raise PartMissing(file=container.archive, part=PASSPORT)
    letter, remarks = read_passport(_bytes(passport), profile)
    if not any(folded(one.name) == folded(letter.files[0].name) for one in unpacked):
        raise PartMissing(file=container.archive, part=letter.files[0].name)
    signature = archives.get(folded(container.signature)) if container.signature else None
    if container.signature and signature is None:
        remarks = (*remarks, Remark(Oddity.FILE_MISSING, container.signature))
    inside = tuple(Inside(one, one is passport) for one in unpacked)
    signed = SignedContainer(archive, signature, inside)
    return letter, [one for one in unpacked if one is not passport], remarks, signed


def _absent(
    letter: Letter, container: SignedContainer | None, members: Sequence[Member]
) -> list[Remark]:
    """Remark on signatures that a container's passport names and that did not come."""
    if container is None:
        return []
    there = {folded(one.name) for one in members}
    named = [name for file in letter.files for name in file.signatures]
    return [Remark(Oddity.FILE_MISSING, one) for one in named if folded(one) not in there]


def _signatures(letter: Letter, members: Sequence[Member]) -> set[Member | None]:
    """Return what belongs to the container itself: signatures and pictures of stamps."""
    names = {folded(name) for file in letter.files for name in file.signatures}
    return {
        one
        for one in members
        if folded(one.name) in names or folded(one.name).endswith((".p7s", ".png"))
    }
