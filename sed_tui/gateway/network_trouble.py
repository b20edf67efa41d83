"""What goes wrong between two machines, as failures that a user can act on."""

from __future__ import annotations

import socket
import ssl
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from sed_tui.errors.causes import system_cause
from sed_tui.errors.network import (
    CertificateOfAnotherName,
    CertificateOutOfDate,
    NoCommonCipher,
    ProxyTrouble,
    ServerDown,
    ServerNotFound,
    UntrustedCertificate,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.errors import SedError

# what OpenSSL says of a certificate -> what is wrong
_CERTIFICATE = {
    "self-signed": N_("its authority is not among the trusted ones."),
    "self signed": N_("its authority is not among the trusted ones."),
    "local issuer": N_("its authority is not among the trusted ones."),
    "revoked": N_("it was revoked."),
}
_ANOTHER_NAME = ("mismatch", "not valid for")
_OUT_OF_DATE = {
    "expired": N_("it has expired."),
    "not yet valid": N_("it is not valid yet."),
}
_NO_CIPHER = ("HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "NO_CIPHERS", "UNSUPPORTED_PROTOCOL")


def trouble(error: httpx.TransportError, server: str) -> SedError:
    """Return the failure to tell of an exchange that did not come off."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _of_certificate(cause, server)
            case ssl.SSLError():
                return _of_tls(cause, server)
            case socket.gaierror() if not _through_proxy(server):
                return ServerNotFound(server=server)
    reason = _reason(error)
    if isinstance(error, httpx.ProxyError) or (_is_connecting(error) and _through_proxy(server)):
        return ProxyTrouble(server=server, reason=reason)
    return ServerDown(server=server, reason=reason)


def _of_tls(error: ssl.SSLError, server: str) -> SedError:
    said = f"{error.reason or ''} {error}".upper().replace(" ", "_")
    if any(part in said for part in _NO_CIPHER):
        return NoCommonCipher(server=server, reason=_("the handshake failed."))
    return ServerDown(server=server, reason=_("it does not speak TLS at this address."))


def _of_certificate(error: ssl.SSLCertVerificationError, server: str) -> SedError:
    said = f"{error.verify_message} {error}".lower()
    if any(part in said for part in _ANOTHER_NAME):
        return CertificateOfAnotherName(server=server)
    if (reason := _first(_OUT_OF_DATE, said)) is not None:
        return CertificateOutOfDate(server=server, reason=_(reason))
    reason = _first(_CERTIFICATE, said) or N_("it is wrong.")
    return UntrustedCertificate(server=server, reason=_(reason))


def _first(texts: dict[str, str], said: str) -> str | None:
    return next((text for part, text in texts.items() if part in said), None)


def _reason(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return _("no answer in time.")
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno:
            return system_cause(cause)
    if isinstance(error, httpx.ProxyError):
        return str(error)[:100]
    return _("the connection broke off.")


def _is_connecting(error: httpx.TransportError) -> bool:
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)


def _through_proxy(server: str) -> bool:
    parts = urlsplit(server)
    proxies = urllib.request.getproxies()
    named = parts.scheme in proxies or "all" in proxies
    return named and not urllib.request.proxy_bypass(parts.hostname or "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
