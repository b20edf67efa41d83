"""What is found outside: services with their certificates and clocks, published lists."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from sed_tui.errors.causes import system_cause
from sed_tui.gateway.authorities import trusting
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.certificates import parse
from sed_tui.i18n import _
from sed_tui.workstation.facts import Answer, Fetched

if TYPE_CHECKING:
    from datetime import timedelta
    from http.client import HTTPResponse

    from sed_tui.domain.requirements import ServiceRequirement

SECONDS = 4.0
_LARGEST_LIST = 16 << 20
_TLS, _PLAIN = 443, 80
_ISSUER = re.compile(r"^\s*Issuer\s*:\s*(.+)$", re.MULTILINE)
_SUBJECT = re.compile(r"^\s*Subject\s*:\s*(.+)$", re.MULTILINE)
_CODE = re.compile(r"ErrorCode:\s*(0x[0-9a-fA-F]+)")
# what OpenSSL says of a server that offers GOST alone
_NO_COMMON_CIPHER = ("HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "NO_CIPHERS", "UNSUPPORTED")


def ask(service: ServiceRequirement) -> Answer:
    """Connect to an address; read by whom its certificate is, and its clock."""
    (host, port), is_tls = address_of(service.url), service.url.startswith("https:")
    proxy = _proxy("https" if is_tls else "http", host)
    try:
        connection = _connection(host, port, proxy, is_tls=is_tls)
        connection.connect()
    except ssl.SSLError as error:
        needs_gost = any(word in str(error).upper() for word in _NO_COMMON_CIPHER)
        problem = error.reason or str(error)
        return Answer(
            service.id, service.url, needs_gost, problem, needs_gost=needs_gost, proxy=proxy
        )
    except (OSError, HTTPException, ValueError) as error:
        return Answer(service.id, service.url, False, _told(error), proxy=proxy)
    try:
        issuer, subject, sha256 = _presented(connection)
        skew = _skew(connection, host)
    finally:
        connection.close()
    trusted = _is_trusted(host, port, proxy) if is_tls else None
    return Answer(
        service.id,
        service.url,
        True,
        issuer=issuer,
        subject=subject,
        sha256=sha256,
        is_trusted=trusted,
        skew=skew,
        proxy=proxy,
    )


def fetch(name: str, url: str) -> Fetched:
    """Fetch a list of revoked certificates; whether it is one, a rule says."""
    (host, port), scheme = address_of(url), urlsplit(url).scheme
    try:
        connection = _connection(host, port, _proxy(scheme, host), is_tls=scheme == "https")
        connection.request("GET", urlsplit(url).path or "/", headers={"User-Agent": "sed-tui"})
        response = connection.getresponse()
        data = response.read(_LARGEST_LIST)
        connection.close()
    except (OSError, HTTPException, ValueError) as error:
        return Fetched(name, url, None, _told(error))
    if response.status != 200:  # noqa: PLR2004
        answer = _("the server answered {status}").format(status=response.status)
        return Fetched(name, url, None, answer)
    return Fetched(name, url, data)


def address_of(url: str) -> tuple[str, int]:
    """Return the host and the port of an address."""
    address = urlsplit(url)
    return address.hostname or "", address.port or (_TLS if address.scheme == "https" else _PLAIN)


def by_gost(answer: Answer, said: str) -> Answer:
    """Return the answer with what csptest saw in a GOST handshake."""
    issuer, subject = _ISSUER.search(said), _SUBJECT.search(said)
    if "Handshake was successful" in said or "[ErrorCode: 0x00000000]" in said:
        return replace(
            answer,
            problem="",
            issuer=issuer[1].strip() if issuer else "",
            subject=subject[1].strip() if subject else "",
        )
    failed = _CODE.search(said)
    problem = _("the GOST handshake failed: {code}").format(code=failed[1] if failed else "?")
    return replace(answer, reached=False, problem=problem)


def has_route() -> bool:
    """Tell whether the machine has a way out at all; yes where that cannot be read."""
    try:
        lines = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
        more = Path("/proc/net/ipv6_route").read_text(encoding="ascii").splitlines()
    except OSError:
        return True
    return bool(lines) or any(not line.endswith(" lo") for line in more)


def _connection(host: str, port: int, proxy: str, *, is_tls: bool) -> HTTPConnection:
    through = urlsplit(proxy if "://" in proxy else f"http://{proxy}") if proxy else None
    at = (through.hostname or "", through.port or _PLAIN) if through else (host, port)
    if is_tls:
        connection: HTTPConnection = HTTPSConnection(*at, timeout=SECONDS, context=_lenient())
    else:
        connection = HTTPConnection(*at, timeout=SECONDS)
    if through is not None:
        connection.set_tunnel(host, port)
    return connection


def _lenient() -> ssl.SSLContext:
    # what is presented is looked at, not believed: nothing is sent but a HEAD
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _presented(connection: HTTPConnection) -> tuple[str, str, str]:
    if not isinstance(connection.sock, ssl.SSLSocket):
        return "", "", ""
    der = connection.sock.getpeercert(binary_form=True) or b""
    try:
        one = parse(der)
    except (Malformed, ValueError):
        return "", "", ""
    issuer = ", ".join(value for _kind, value in one.issuer.fields)
    return issuer, one.subject.called, hashlib.sha256(der).hexdigest()


def _is_trusted(host: str, port: int, proxy: str) -> bool | None:
    """Tell whether the system's own roots vouch for the server."""
    if proxy:
        return None
    try:
        with (
            socket.create_connection((host, port), SECONDS) as raw,
            trusting(None).wrap_socket(raw, server_hostname=host),
        ):
            return True
    except ssl.SSLError:
        return False
    except OSError:
        return None


def _skew(connection: HTTPConnection, host: str) -> timedelta | None:
    """Return how far this clock is ahead of the server's, within the second it states."""
    try:
        connection.request("HEAD", "/", headers={"Host": host, "User-Agent": "sed-tui"})
        response: HTTPResponse = connection.getresponse()
        stated = parsedate_to_datetime(response.headers["Date"])
    except (OSError, HTTPException, TypeError, ValueError):
        return None
    if stated.tzinfo is None:
        stated = stated.replace(tzinfo=UTC)
    return datetime.now(UTC) - stated


def _proxy(scheme: str, host: str) -> str:
    try:
        return "" if proxy_bypass(host) else getproxies().get(scheme, "")
    except OSError:
        return os.environ.get(f"{scheme}_proxy", "")


def _told(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("no answer within {seconds:g} seconds").format(seconds=SECONDS)
    return system_cause(error) if isinstance(error, OSError) else str(error)
