"""Packages read before the turn to write: what they say, whose they are, what is odd."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import QuarantineReason
from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.mail import header_text
from sed_tui.domain.mailed_name import apart, safe_words
from sed_tui.errors import SedError
from sed_tui.errors.exchange import BadMessage
from sed_tui.exchange.dates_ahead import dates_ahead
from sed_tui.exchange.doubts import doubt_of
from sed_tui.exchange.formats import format_of
from sed_tui.exchange.message import FileGroup
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.reason_codes import failure
from sed_tui.handlers.exchange_partners import PartnerReference, find_partner, partner_of_uid
from sed_tui.handlers.exchange_receiving import Received
from sed_tui.handlers.exchange_record import FileOfMessage
from sed_tui.handlers.exchange_signatures import bad_signature, is_signature, judge_package
from sed_tui.handlers.trust import load_trust
from sed_tui.i18n import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sed_tui.exchange.archive import Member
    from sed_tui.exchange.message import AttachedFile
    from sed_tui.exchange.package import Package
    from sed_tui.handlers.exchange_signatures import Judged
    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent

_NAME_BYTES = 180
HANDED_OVER = "http:"
OTHER, ANNEX, TEXT, SIGNATURE = "other", "annex", "text", "signature"
CONTAINER = "container"
"""The archive of a container and its signature: kept with the message, no files of a card."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A staged package, and how it came. `partner` is named where the channel tells it."""

    channel: Channel
    token: str
    source: str
    name: str
    partner: str | None = None
    size: int | None = None
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package that was read: a message, or a failure. `sender` is whose message it is.

    `message_uid` is what a receipt that refuses names, where it could not be read to its end.
    """

    package: StagedContent
    received: Received | None
    sender: PartnerReference | None
    failure: str | None = None
    doubt: QuarantineReason | None = None
    message_uid: str = ""

    @property
    def part_tokens(self) -> tuple[str, ...]:
        """Return the tokens of its message and files, none where it could not be read."""
        return tuple(one.token for one in self.received.parts) if self.received else ()


class Senders:
    """Whose identifiers stand in messages: of several packages each sender is looked up once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, PartnerReference | None] = {}

    def of(self, uid: str) -> PartnerReference | None:
        """Return the partner of an identifier, None for nobody's."""
        if uid not in self._known:
            self._known[uid] = partner_of_uid(self._work, uid)
        return self._known[uid]


def read_package(work: Work, arrival: Arrival, senders: Senders | None = None) -> ReadPackage:
    """Read a package and stage its files, while others go on writing."""
    senders = senders or Senders(work)
    package = work.files.staged(arrival.token)
    path = work.files.staged_path(arrival.token)
    named = find_partner(work, arrival.partner) if arrival.partner else None
    form = format_of(arrival.channel)

    def profile_of(uid: str) -> Profile:
        whose = senders.of(uid) or named
        return whose.profile if whose else Profile()

    try:
        # what is wrong with it is kept as codes: English until somebody reads it
        with speaking("en"), form.parse(path, profile_of) as opened:
            sender = senders.of(opened.message.source.uid)
            received = _received(work, arrival, opened, package, named or sender)
    except SedError as error:
        if error.details.get("file") == path.name:
            error.details["file"] = arrival.name
        sender, uid = _teller(arrival, senders, named, error)
        unread = QuarantineReason.UNREADABLE
        return ReadPackage(package, None, sender, failure(error, with_advice=True), unread, uid)
    doubt = _foreign(arrival, sender, named)
    return ReadPackage(package, received, named or sender, None, doubt)


def secure(work: Work, packages: Sequence[ReadPackage]) -> None:
    """Let the disk have what will be kept of packages, before the turn to write."""
    tokens: list[str] = []
    for one in packages:
        is_kept_whole = one.received is None or one.doubt is not None
        tokens += [one.package.token] if is_kept_whole else one.part_tokens
    work.files.secure(tokens)


def _teller(
    arrival: Arrival, senders: Senders, named: PartnerReference | None, error: SedError
) -> tuple[PartnerReference | None, str]:
    """Return whose a broken message is and its identifier, by a header that is believed."""
    if not isinstance(error, BadMessage) or not error.sender:
        return named, ""
    sender = senders.of(error.sender)
    if sender is None or _foreign(arrival, sender, named) is not None:
        return named, ""
    return sender, error.message_uid


def _foreign(
    arrival: Arrival, sender: PartnerReference | None, named: PartnerReference | None
) -> QuarantineReason | None:
    """Return why the message is not believed to come from whom it says.

    Whose it is a clerk who wants it taken in may say himself.
    """
    if arrival.is_forced and named is not None:
        return None
    if sender is None:
        return QuarantineReason.UNKNOWN_SENDER
    if named is not None:
        return None if sender.id == named.id else QuarantineReason.OTHER_MAILBOX
    if arrival.is_forced:
        return None
    place = sender.row["inbox"]
    if sender.channel is Channel.HTTP:
        place = place_of(place or "")
    is_own = sender.channel is arrival.channel and place == arrival.source
    return None if is_own else QuarantineReason.OTHER_MAILBOX


def _received(
    work: Work,
    arrival: Arrival,
    package: Package,
    whole: StagedContent,
    partner: PartnerReference | None,
) -> Received:
    """Stage the message and its files; a part that is there twice is kept once.

    Of what is larger than its partner may send the whole alone is kept, and no file apart.
    """
    zone = (partner.profile if partner else Profile()).tz
    size = arrival.size or _size(package)
    staged = [_staged(work, package.source)]
    received = Received(
        message=package.message,
        files=(),
        source=f"{arrival.source}/{arrival.name}" if arrival.source else arrival.name,
        remarks=(*package.remarks, *dates_ahead(package.message, work.now, zone)),
        package=whole,
        size=size,
        is_forced=arrival.is_forced,
    )
    if partner is not None and not arrival.is_forced and size > partner.row["max_bytes"]:
        large, parts = QuarantineReason.TOO_LARGE, tuple(staged)
        return replace(received, digest=whole.sha256, doubt=large, parts=parts)
    verdicts = judge_package(package, partial(load_trust, work), work.now)
    files = tuple(_files(work, package, {one.member: one for one in verdicts}, staged))
    doubt, detail = doubt_of(package) or bad_signature(verdicts) or (None, None)
    doubted = replace(received, doubt=doubt, doubt_detail=detail)
    return replace(doubted, files=files, digest=_digest(staged), parts=tuple(staged))


def _size(package: Package) -> int:
    """Return the size of a message and its files, before any is copied."""
    files = [member for _told, member in package.files if member is not None]
    return sum(one.size for one in (package.source, *files, *package.others))


def _files(
    work: Work, package: Package, judged: Mapping[Member, Judged], staged: list[StagedContent]
) -> Iterator[FileOfMessage]:
    """Stage the files of a message, and return what is kept of each."""
    told = [(_part(one), one, member) for one, member in package.files]
    others = [(_part_of_other(package, member), None, member) for member in package.others]
    taken: set[str] = set()
    for part, named, member in (*told, *others):
        if member is not None and member.size:
            staged.append(_staged(work, member))
            file = _file(part, named, member, staged[-1], taken)
            yield _with_verdict(file, judged.get(member))


def _part_of_other(package: Package, member: Member) -> str:
    container = package.container
    if container is not None and member in (container.archive, container.signature):
        return CONTAINER
    return SIGNATURE if is_signature(member.name) else OTHER


def _with_verdict(file: FileOfMessage, judged: Judged | None) -> FileOfMessage:
    if judged is None:
        return file
    return replace(file, verdict=judged.verdict, reasons=judged.reasons[:500])


def _staged(work: Work, member: Member) -> StagedContent:
    with member.open() as source:
        return work.files.stage(source, is_secured=False)


def _file(
    part: str, told: AttachedFile | None, member: Member, staged: StagedContent, taken: set[str]
) -> FileOfMessage:
    description = header_text(told.description)[:500] if told else ""
    return FileOfMessage(
        part=part,
        name=apart(file_name(member.name), taken),
        sha256=staged.sha256,
        size=staged.size,
        media_type=staged.description.media_type,
        description=description or None,
    )


def file_name(name: str) -> str:
    """Return a name that leads nowhere: whatever folders it names are those of the sender."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    ending = f".{safe_words(suffix)}" if dot and safe_words(suffix) else ""
    words = safe_words(stem if dot else last) or "файл"
    limit = max(_NAME_BYTES - len(ending.encode()), 1)
    return words.encode()[:limit].decode(errors="ignore") + ending[:20]


def _part(told: AttachedFile) -> str:
    if is_signature(told.name):
        return SIGNATURE
    return TEXT if told.group is FileGroup.TEXT else ANNEX


def _digest(parts: list[StagedContent]) -> str:
    """Return the digest of the content: the message first, its files in any order."""
    message, *files = [one.sha256 for one in parts]
    return sha256("".join((message, *sorted(files))).encode()).hexdigest()


def place_of(login: str) -> str:
    """Return the place where packages arrive that a system user of a partner hands over."""
    return f"{HANDED_OVER}{login}"


def forced(arrival: Arrival, partner: str | None) -> Arrival:
    """Return an arrival that a clerk wants taken in, as one of a partner where he names one."""
    return replace(arrival, is_forced=True, partner=partner or arrival.partner)
