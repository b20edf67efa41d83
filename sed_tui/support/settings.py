"""Where tickets go: the portal over HTTPS, else a letter to the fallback address."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sed_tui.config import stored_profile
from sed_tui.domain.contacts import checked_email
from sed_tui.errors.correspondents import BadEmail
from sed_tui.errors.support import BadSupportSettings
from sed_tui.i18n import _
from sed_tui.mail_settings import setting

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class SupportSettings:
    """The address of the portal, the token it wants, whom it is trusted by, the fallback."""

    url: str | None = None
    token: str | None = field(default=None, repr=False)
    authority: str | None = None
    address: str | None = None


def support_settings(profile: str | None = None) -> SupportSettings:
    """Return the settings of a profile. Raises `BadSupportSettings`."""
    stored = stored_profile(profile or os.environ.get("SED_PROFILE"))
    url = setting(stored, "support_url")
    if url is not None:
        url = _checked(url)
    authority = setting(stored, "support_ca")
    if authority is not None and not Path(authority).expanduser().is_file():
        raise _bad("support_ca", _("there is no file {path}").format(path=authority))
    try:
        address = checked_email(setting(stored, "support_email"), "support_email")
    except BadEmail as error:
        raise _bad("support_email", str(error)) from None
    return SupportSettings(url, setting(stored, "support_token"), authority, address)


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise _bad("support_url", _("it is not an address such as https://HOST/tickets"))
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise _bad("support_url", _("a ticket is not sent without TLS"))
    return url.rstrip("/")


def _bad(name: str, reason: str) -> BadSupportSettings:
    return BadSupportSettings(setting=f"SED_{name.upper()}", reason=reason)
