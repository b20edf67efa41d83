"""The mail server of a run: from the environment, then from the profile.

A password comes from a variable, from a file, or from the profile; it never stands on
a command line, and no message of ours holds it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from sed_tui.config import stored_profile
from sed_tui.errors.mail import BadMailSettings, MailNotConfigured
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"smtp": 587, "smtps": 465}
_PLAIN_PORT = 25
_TIMEOUT, _LONGEST_TIMEOUT = 30, 120
# a letter of today or yesterday is what forbids a second one
_KEPT, _LEAST_KEPT, _LONGEST_KEPT = 90, 2, 3660


class Security(StrEnum):
    """How the connection is protected: from its beginning, by STARTTLS, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, by whom, and in whose name.

    `authority` is a file of certificates that are trusted instead of the system's;
    `timeout` is in seconds, for each answer of the server.
    """

    host: str
    port: int
    security: Security
    sender: str
    sender_name: str
    login: str | None = None
    password: str | None = field(default=None, repr=False)
    authority: str | None = None
    timeout: float = _TIMEOUT

    @property
    def shown(self) -> str:
        """Name the server without its password."""
        return f"{self.host}:{self.port}"


def mail_server(profile: str | None = None) -> MailServer:
    """Return the mail server of a profile. Raises `MailNotConfigured`, `BadMailSettings`."""
    stored = stored_profile(profile or os.environ.get("SED_PROFILE"))
    url = setting(stored, "smtp_url")
    if url is None:
        raise MailNotConfigured
    parts, port = split_address(url, "smtp")
    security = _security(parts)
    login = unquote(parts.username) if parts.username else None
    password = password_of(stored, parts, "smtp")
    host = parts.hostname or ""
    if not (login or "").isascii() or not (password or "").isascii():
        raise bad_setting(
            "smtp_password", _("mail servers take Latin letters, digits and signs alone")
        )
    if login and security is Security.NONE and host not in _LOOPBACK:
        raise bad_setting("smtp_url", _("a password is not sent without TLS"))
    name, address = _sender(stored, login)
    return MailServer(
        host=host,
        port=port or (_PLAIN_PORT if security is Security.NONE else _PORTS[parts.scheme]),
        security=security,
        sender=address,
        sender_name=name,
        login=login,
        password=password,
        authority=authority_of(stored, "smtp"),
        timeout=timeout_of(stored, "smtp"),
    )


def shown_mail_url(profile: str | None = None) -> str | None:
    """Return the address of the mail server as it may be shown, None where there is none."""
    url = setting(stored_profile(profile), "smtp_url")
    if url is None:
        return None
    scheme, _separator, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else "***"


def kept_days(profile: str | None = None) -> int:
    """Return for how many days sent letters are kept. Raises `BadMailSettings`."""
    stored = stored_profile(profile or os.environ.get("SED_PROFILE"))
    text = setting(stored, "mail_keep") or str(_KEPT)
    if not text.isdecimal() or not _LEAST_KEPT <= int(text) <= _LONGEST_KEPT:
        reason = _("it is days, from {least} to {limit}")
        raise bad_setting("mail_keep", reason.format(least=_LEAST_KEPT, limit=_LONGEST_KEPT))
    return int(text)


def setting(stored: Mapping[str, Any], name: str) -> str | None:
    """Return a setting of the environment, else of the profile; None where it is empty."""
    value = os.environ.get(f"SED_{name.upper()}") or stored.get(name)
    return str(value).strip() if value else None


def split_address(url: str, service: str) -> tuple[SplitResult, int | None]:
    """Return the parts of `smtps://USER@HOST:PORT`, or of imap. Raises `BadMailSettings`."""
    schemes = {service, f"{service}s"}
    reason = _("it is not an address such as {example}").format(example=f"{service}s://HOST")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_setting(f"{service}_url", reason) from None
    if parts.scheme not in schemes or not parts.hostname:
        raise bad_setting(f"{service}_url", reason)
    return parts, port


def password_of(stored: Mapping[str, Any], parts: SplitResult, service: str) -> str | None:
    """Return the password: of a variable or the profile, of a file, of the address."""
    if plain := setting(stored, f"{service}_password"):
        return plain
    if path := setting(stored, f"{service}_password_file"):
        try:
            return Path(path).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise bad_setting(f"{service}_password_file", _reason(path, error)) from error
    return unquote(parts.password) if parts.password else None


def authority_of(stored: Mapping[str, Any], service: str) -> str | None:
    """Return the file of certificates that is trusted instead of the system's."""
    path = setting(stored, f"{service}_ca")
    if path is None:
        return None
    chosen = Path(path).expanduser()
    if not chosen.is_file():
        raise bad_setting(f"{service}_ca", _("there is no file {path}").format(path=path))
    return str(chosen)


def timeout_of(stored: Mapping[str, Any], service: str) -> float:
    """Return how many seconds each answer of the server is waited for."""
    text = setting(stored, f"{service}_timeout") or str(_TIMEOUT)
    if not text.isdecimal() or not 0 < int(text) <= _LONGEST_TIMEOUT:
        reason = _("it is seconds, from 1 to {limit}").format(limit=_LONGEST_TIMEOUT)
        raise bad_setting(f"{service}_timeout", reason)
    return int(text)


def bad_setting(name: str, reason: str) -> BadMailSettings:
    """Return the failure of a setting, by the name of its variable."""
    return BadMailSettings(setting=f"SED_{name.upper()}", reason=reason)


def _security(parts: SplitResult) -> Security:
    if parts.scheme == "smtps":
        return Security.TLS
    match parse_qs(parts.query).get("tls", ["yes"])[-1]:
        case "yes":
            return Security.STARTTLS
        case "no":
            return Security.NONE
    raise bad_setting("smtp_url", _("tls is yes or no"))


def _sender(stored: Mapping[str, Any], login: str | None) -> tuple[str, str]:
    name, address = parseaddr(setting(stored, "smtp_from") or login or "")
    if "@" not in address or not address.isascii() or not address.isprintable():
        raise bad_setting("smtp_from", _("the address that letters come from is missing"))
    return name, address


def _reason(path: str, error: Exception) -> str:
    return f"{path}: {getattr(error, 'strerror', None) or type(error).__name__}"
