"""The address of a server, and whom it is proven to be by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sed_tui.errors.installation import FileTrouble
from sed_tui.errors.network import BadServerAddress
from sed_tui.i18n import _

if TYPE_CHECKING:
    import ssl

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def checked_address(server: str) -> str:
    """Return the address without a slash at its end. Raises `BadServerAddress`."""
    try:
        parts = urlsplit(server.strip())
        is_numbered = parts.port is None or parts.port > 0
    except ValueError:
        raise BadServerAddress(server=server, reason=_("it cannot be read.")) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_numbered:
        raise BadServerAddress(server=server, reason=_("it must begin with https://"))
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadServerAddress(server=parts.hostname, reason=_("it holds more than an address."))
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        reason = _("without TLS your token would cross the network in clear.")
        raise BadServerAddress(server=server, reason=reason)
    return server.strip().rstrip("/")


def trust(server: str, ca_file: str | None) -> ssl.SSLContext | bool:
    """Return what certificates are checked by: the machine's authorities, and one of one's own.

    Raises `FileTrouble`.
    """
    if server.startswith("http://"):
        return False  # on this machine; reading authorities would take 20 ms
    from sed_tui.gateway.authorities import trusting

    try:
        return trusting(ca_file, and_the_machines=True)
    except OSError as error:
        if ca_file is None:
            raise
        reason = _("there is no certificate that can be read.")
        raise FileTrouble(field="ca_file", path=ca_file, reason=reason) from error
