"""A letter of electronic mail as it came: whoever wrote it may have written anything.

Nothing in it is believed: names lead nowhere, charsets are tried, sizes and depths have
limits. What cannot be read is refused with the reason, never guessed and never run.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from sed_tui.domain.letter_text import plain_of_html, readable
from sed_tui.domain.mail import header_text
from sed_tui.domain.mailed_name import apart, safe_words
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIB = 1024 * 1024
MOST_BYTES = 50 * _MIB
MOST_PARTS, MOST_DEPTH, MOST_FILES = 300, 20, 100
MOST_TEXT = 100_000
_HEADER, _ADDRESS, _ID, _REFERENCES = 500, 254, 300, 50
_NAME_BYTES = 180
_NOT_LETTERS = re.compile(rb"(?i)boundary\s*=")
_PARSER = BytesParser(policy=policy.compat32)

TOO_LARGE = N_("it is larger than {limit} MiB")
TOO_DEEP = N_("its parts lie one in another too deep, or are too many")
NO_SENDER = N_("it names no sender")
NOT_A_LETTER = N_("it is not a letter")
REFUSALS = (TOO_LARGE, TOO_DEEP, NO_SENDER, NOT_A_LETTER)


def told_refusal(reason: str | None) -> str | None:
    """Return why a letter was refused in the reader's language; people's own words stay."""
    return _(reason).format(limit=MOST_BYTES // _MIB) if reason in REFUSALS else reason


class UnreadableLetter(Exception):
    """The letter cannot be taken; the argument is one of `REFUSALS`."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of a letter."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the digest of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    """What stands in a letter. `digest` is the same whatever way the letter travelled."""

    message_id: str | None
    sender_name: str
    sender: str
    to: str
    subject: str
    sent_at: datetime | None
    references: tuple[str, ...]
    body: str
    files: tuple[Enclosure, ...]

    @property
    def digest(self) -> str:
        """Return the digest of what was written, without what servers on the way add."""
        moment = self.sent_at.astimezone(UTC).isoformat() if self.sent_at else ""
        said = [self.sender.casefold(), self.subject, moment, self.body]
        parts = [*said, *(f"{file.name}\0{file.sha256}" for file in self.files)]
        return hashlib.sha256("\0\0".join(parts).encode(errors="replace")).hexdigest()


def read_letter(content: bytes, *, headers_alone: bool = False) -> ReceivedLetter:
    """Return what stands in a letter. Raises `UnreadableLetter`."""
    if len(content) > MOST_BYTES:
        raise UnreadableLetter(TOO_LARGE)
    # nested parts cost the square of their number: they are counted before anything is parsed
    if len(_NOT_LETTERS.findall(content)) > MOST_PARTS:
        raise UnreadableLetter(TOO_DEEP)
    try:
        message = _PARSER.parsebytes(content, headersonly=headers_alone)
        parts = [] if headers_alone else list(_leaves(message, 0))
    except RecursionError:
        raise UnreadableLetter(TOO_DEEP) from None
    if not message.keys():
        raise UnreadableLetter(NOT_A_LETTER)
    name, address = parseaddr(_header(message, "From"))
    if not address:
        raise UnreadableLetter(NO_SENDER)
    body, files = _contents(parts)
    return ReceivedLetter(
        message_id=_message_id(_raw(message, "Message-ID")),
        sender_name=header_text(name)[:_ADDRESS],
        sender=header_text(address)[:_ADDRESS],
        to=_header(message, "To"),
        subject=_header(message, "Subject"),
        sent_at=_moment(message),
        references=_references(message),
        body=body,
        files=files,
    )


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """Return the parts that hold something; a letter inside a letter is a file of it."""
    if depth > MOST_DEPTH:
        raise UnreadableLetter(TOO_DEEP)
    if part.get_content_maintype() != "multipart":
        yield part
        return
    payload = part.get_payload()
    for inner in payload if isinstance(payload, list) else []:
        if isinstance(inner, Message):
            yield from _leaves(inner, depth + 1)


def _contents(parts: list[Message]) -> tuple[str, tuple[Enclosure, ...]]:
    plain: list[str] = []
    html: list[str] = []
    files: dict[str, Enclosure] = {}
    taken: set[str] = set()
    for place, part in enumerate(parts, start=1):
        kind = part.get_content_type()
        named = _file_name(part)
        content = _payload(part)
        if named is None and kind in {"text/plain", "text/html"} and not _is_attached(part):
            text = readable(content, part.get_content_charset())
            (html if kind == "text/html" else plain).append(text)
        elif content:
            file = Enclosure(apart(named or _made_name(place, kind), taken), content)
            files.setdefault(file.sha256, file)
    if len(files) > MOST_FILES:
        raise UnreadableLetter(TOO_DEEP)
    body = "\n".join(plain).strip() or plain_of_html("\n".join(html))
    return body[:MOST_TEXT], tuple(files.values())


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        found = inner[0] if isinstance(inner, list) and inner else None
        return found.as_bytes() if isinstance(found, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _file_name(part: Message) -> str | None:
    try:
        given = part.get_filename()
    except (ValueError, LookupError):  # a charset that nobody knows
        given = None
    if not given:
        return None
    # whatever folders it names are those of the sender
    last = re.split(r"[/\\]", _decoded(given))[-1]
    stem, dot, suffix = last.rpartition(".")
    words = safe_words(stem if dot else last)
    ending = f".{safe_words(suffix)}" if dot and safe_words(suffix) else ""
    limit = _NAME_BYTES - len(ending.encode())
    if not words or limit <= 0:
        return None
    return words.encode()[:limit].decode(errors="ignore") + ending


def _made_name(place: int, kind: str) -> str:
    endings = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml"}
    return f"вложение-{place}{endings.get(kind, '.bin')}"


def _header(message: Message, name: str) -> str:
    return header_text(_decoded(_raw(message, name)))[:_HEADER]


def _raw(message: Message, name: str) -> str:
    """Return a header as it came, bare bytes in it as surrogates."""
    wanted = name.lower()
    for found, value in message.raw_items():
        if found.lower() == wanted:
            return str(value)
    return ""


def _decoded(text: str) -> str:
    """Return a header read: encoded words by their charset, bare bytes as they make sense."""
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        pieces = [(text, None)]
    words = []
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            words.append(readable(piece, charset))
        elif any("\udc80" <= symbol <= "\udcff" for symbol in piece):
            words.append(readable(piece.encode(errors="surrogateescape"), None))
        else:
            words.append(piece)
    return "".join(words)


def _message_id(value: str) -> str | None:
    found = re.search(r"<([^<>\s]{1,300})>", value)
    identity = header_text(_latin(found[1])) if found else ""
    return identity[:_ID] or None


def _references(message: Message) -> tuple[str, ...]:
    text = f"{_raw(message, 'In-Reply-To')} {_raw(message, 'References')}"
    found = re.findall(r"<([^<>\s]{1,300})>", text)
    return tuple(dict.fromkeys(map(_latin, found)))[:_REFERENCES]


def _latin(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _moment(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_raw(message, "Date"))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
