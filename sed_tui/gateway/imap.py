"""Reading a mailbox over IMAP: letter by letter, nothing in it is changed.

The mailbox is opened for reading alone, so that no letter is marked as seen: how far it
was read is kept in our database, in the transaction that keeps the letter.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sed_tui.domain.mail import words_of_server
from sed_tui.domain.received_letter import MOST_BYTES
from sed_tui.errors.causes import system_cause
from sed_tui.errors.mailbox import MailboxUnavailable
from sed_tui.gateway.authorities import trusting
from sed_tui.i18n import _
from sed_tui.mail_settings import Security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.mailbox_settings import Mailbox

_HEADERS_AT_MOST = 256 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class FetchedLetter:
    """A letter of a mailbox; `content` is its headers alone where it is too large."""

    uid: int
    content: bytes
    size: int
    received_at: datetime | None


class MailboxReader:
    """A connection to a mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._client: imaplib.IMAP4 | None = None

    def open(self) -> int:
        """Log in, open the folder, and return the validity of its numbering.

        Raises `MailboxUnavailable`.
        """
        with self._told():
            self._client = client = self._connected()
            client.login(self._mailbox.login, self._mailbox.password)
            folder = _quoted(self._mailbox.folder)
            status, data = client.select(folder, readonly=True)
            if status != "OK":
                raise imaplib.IMAP4.error(_words(data))
            _name, found = client.response("UIDVALIDITY")
            value = found[0] if found else None
            return int(value) if value else 0

    def letters(self, after: int) -> Iterator[FetchedLetter]:
        """Return the letters above a number, in the order of their numbers."""
        for uid in self._uids(after):
            letter = self._fetched(uid)
            if letter is not None:
                yield letter

    def close(self) -> None:
        """Take leave of the server, if it still listens."""
        if self._client is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                self._client.logout()
            self._client = None

    def _connected(self) -> imaplib.IMAP4:
        box = self._mailbox
        context = trusting(box.authority)
        if box.security is Security.TLS:
            return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=box.timeout)
        client = imaplib.IMAP4(box.host, box.port, timeout=box.timeout)
        if box.security is Security.STARTTLS:
            client.starttls(context)
        return client

    def _uids(self, after: int) -> list[int]:
        # `n:*` names the last letter as well where none is above n
        data = self._asked("SEARCH", None, f"UID {after + 1}:*")
        words = b" ".join(part for part in data if isinstance(part, bytes)).split()
        return sorted(uid for uid in map(int, words) if uid > after)

    def _fetched(self, uid: int) -> FetchedLetter | None:
        """Fetch one letter; None where somebody removed it meanwhile."""
        told = b" ".join(
            part if isinstance(part, bytes) else part[0]
            for part in self._asked("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")
            if part
        )
        found = _SIZE.search(told)
        if found is None:
            return None
        size = int(found[1])
        part = "BODY.PEEK[]" if size <= MOST_BYTES else f"BODY.PEEK[HEADER]<0.{_HEADERS_AT_MOST}>"
        for piece in self._asked("FETCH", str(uid), f"({part})"):
            if isinstance(piece, tuple):
                return FetchedLetter(uid, piece[1], size, _moment(told))
        return None

    def _asked(self, command: str, *words: Any) -> list[Any]:
        with self._told():
            if self._client is None:
                raise imaplib.IMAP4.error(_("the mailbox is not open"))
            status, data = self._client.uid(command, *words)
            if status != "OK":
                raise imaplib.IMAP4.error(_words(data))
            return data

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what went wrong in words, without the password."""
        box = self._mailbox
        try:
            yield
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxUnavailable(
                mailbox=box.shown, reason=words_of_server(_reason(error, box), box.password)
            ) from None


def _reason(error: Exception, box: Mailbox) -> str:
    match error:
        case TimeoutError():
            return _("no answer in {seconds} seconds").format(seconds=int(box.timeout))
        case ssl.SSLCertVerificationError():
            return _("its certificate is not trusted: {reason}").format(reason=error.verify_message)
        case OSError():
            return system_cause(error)
    return str(error)


def _quoted(folder: str) -> str:
    """Return the name of a folder as IMAP takes it: in its own UTF-7, in quotes."""
    encoded = "".join(
        piece if piece.isascii() else _utf7(piece)
        for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", folder.replace("&", "&-"))
    )
    escaped = re.sub(r'([\\"])', r"\\\1", re.sub(r"[\r\n]", "", encoded))
    return f'"{escaped}"'


def _utf7(text: str) -> str:
    import base64

    packed = base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=")
    return f"&{packed.replace('/', ',')}-"


def _moment(told: bytes) -> datetime | None:
    found = imaplib.Internaldate2tuple(told)
    if found is None:
        return None
    import time

    return datetime.fromtimestamp(time.mktime(found), UTC)


def _words(data: Any) -> str:
    said = [part for part in data or [] if isinstance(part, bytes)]
    return b" ".join(said).decode("utf-8", "replace")
