"""The mailbox that letters are taken from: `imaps://sed@mail.example.org/INBOX`.

From the environment, then from the profile, as with the mail server; a password never
stands on a command line. Without TLS nothing is read but from this machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from sed_tui.config import stored_profile
from sed_tui.errors.mailbox import MailboxNotConfigured
from sed_tui.i18n import _
from sed_tui.mail_settings import (
    Security,
    authority_of,
    bad_setting,
    password_of,
    setting,
    split_address,
    timeout_of,
)

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_PORTS = {"imap": 143, "imaps": 993}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where letters lie and by whose login they are read; nothing is changed there."""

    host: str
    port: int
    security: Security
    login: str
    folder: str
    password: str = field(repr=False)
    authority: str | None
    timeout: float

    @property
    def shown(self) -> str:
        """Name the mailbox without its password; the place reached in it is kept by this name."""
        return f"{self.login}@{self.host}:{self.port}/{self.folder}"


def mailbox(profile: str | None = None, folder: str | None = None) -> Mailbox:
    """Return the mailbox of a profile. Raises `MailboxNotConfigured`, `BadMailSettings`."""
    stored = stored_profile(profile or os.environ.get("SED_PROFILE"))
    url = setting(stored, "imap_url")
    if url is None:
        raise MailboxNotConfigured
    parts, port = split_address(url, "imap")
    password = password_of(stored, parts, "imap")
    if not parts.username or not password:
        raise bad_setting("imap_url", _("a mailbox is read by a login and its password"))
    return Mailbox(
        host=parts.hostname or "",
        port=port or _PORTS[parts.scheme],
        security=_security(parts),
        login=unquote(parts.username),
        folder=folder or unquote(parts.path.strip("/")) or "INBOX",
        password=password,
        authority=authority_of(stored, "imap"),
        timeout=timeout_of(stored, "imap"),
    )


def _security(parts: SplitResult) -> Security:
    if parts.scheme == "imaps":
        return Security.TLS
    match parse_qs(parts.query).get("tls", ["yes"])[-1]:
        case "yes":
            return Security.STARTTLS
        case "no" if parts.hostname in _LOOPBACK:
            return Security.NONE
        case "no":
            raise bad_setting("imap_url", _("a password is not sent without TLS"))
    raise bad_setting("imap_url", _("tls is yes or no"))
