"""Services over real TLS on loopback: their own certificate, and one signed again in between."""

from __future__ import annotations

import datetime as dates
import ssl
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sed_tui.domain.requirements import RevocationRequirement, ServiceRequirement
from sed_tui.domain.workstation import Status
from sed_tui.workstation.facts import Answer
from tests.workstation.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Judge, Pki, Place

OWN, ANTIVIRUS = "УЦ области", "Kaspersky Anti-Virus Personal Root Certificate"


class Quiet(BaseHTTPRequestHandler):
    """Answers what it is told, says nothing of it."""

    content = b""
    late = timedelta(0)
    status = 200

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(self.content)

    def date_time_string(self, timestamp: float | None = None) -> str:
        now = dates.datetime.now(UTC) + self.late
        return f"{now:%a, %d %b %Y %H:%M:%S} GMT"

    def log_message(self, *_words: Any) -> None:
        pass

    def _answer(self, content: bytes) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(
    folder: Path | None = None, issuer: str = "", ciphers: str = "", **answer: Any
) -> Iterator[str]:
    """Run a server, with TLS when an issuer is named; return its address."""
    handler = type("Handler", (Quiet,), answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    scheme = "http"
    if issuer and folder is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate_by(issuer, folder))
        if ciphers:
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers(ciphers)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}/list.crl"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_by(issuer: str, folder: Path) -> Path:
    """Make a certificate of the service that an authority of a name has issued."""
    key, authority = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    now = dates.datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(authority, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture(autouse=True)
def _without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def online(asked: Asked, url: str, *issuers: str) -> Asked:
    service = ServiceRequirement("portal", url, issuers)
    edition = replace(asked.requirements, services=(service,))
    return replace(asked, requirements=edition, is_online=True)


def test_a_service_answers_with_its_own_certificate(
    tmp_path: Path, place: Place, judged: Judge, asked: Asked
) -> None:
    with serving(tmp_path, OWN) as url:
        found = judged(asking=online(asked, url, "УЦ области"))

    assert found["service.portal"].status is Status.OK
    assert found["clock"].status is Status.OK
    assert url in found["clock"].evidence


def test_an_antivirus_that_signs_again_is_named_with_the_exception_to_make(
    tmp_path: Path, place: Place, judged: Judge, asked: Asked
) -> None:
    with serving(tmp_path, ANTIVIRUS) as url:
        for issuers in (("УЦ области",), ()):
            found = judged(asking=online(asked, url, *issuers))["service.portal"]

            assert found.status is Status.FAIL
            assert "Kaspersky opens the protected connection" in found.fix
            assert url in found.fix


def test_an_unknown_issuer_that_was_not_expected_is_taken_for_a_proxy(
    tmp_path: Path, place: Place, judged: Judge, asked: Asked
) -> None:
    with serving(tmp_path, "Corporate Gate") as url:
        expected = judged(asking=online(asked, url, "УЦ области"))["service.portal"]
        free = judged(asking=online(asked, url))["service.portal"]

    assert (expected.status, "an antivirus or a proxy" in expected.fix) == (Status.FAIL, True)
    assert free.status is Status.WARN  # no root on this machine vouches for it


def test_a_service_that_is_not_there_fails_with_advice(
    place: Place, judged: Judge, asked: Asked
) -> None:
    found = judged(asking=online(asked, "https://127.0.0.1:9/"))["service.portal"]

    assert (found.status, found.found) == (Status.FAIL, "not reached")
    assert "nobody listens" in found.evidence

    (place.root / ".dockerenv").touch()
    inside = judged(asking=online(asked, "https://127.0.0.1:9/"))["service.portal"]
    assert inside.status is Status.SKIP


def test_a_clock_that_is_off_is_seen_by_the_services(
    place: Place, judged: Judge, asked: Asked
) -> None:
    with serving(late=timedelta(minutes=9)) as url:
        slow = judged(asking=online(asked, url))["clock"]
    with serving(late=timedelta(minutes=-3)) as url:
        little = judged(asking=online(asked, url))["clock"]

    assert (slow.status, slow.found) == (Status.FAIL, "9 min slow")
    assert "set-ntp" in slow.command
    assert little.status is Status.OK


def test_a_server_of_gost_alone_is_asked_by_the_tool_of_csp(
    tmp_path: Path, place: Place, judged: Judge, asked: Asked
) -> None:
    # a key of one kind and ciphers of another: to OpenSSL such a server has nothing in common
    with serving(tmp_path, OWN, ciphers="ECDHE-RSA-AES128-GCM-SHA256") as url:
        alone = judged(asking=online(asked, url, OWN))["service.portal"]
        assert (alone.status, "GOST" in alone.found) == (Status.UNKNOWN, True)

        said = f"Subject: CN=portal\nIssuer: CN={OWN}\nHandshake was successful"
        place.tool("csptest", f"cat <<'END'\n{said}\nEND", at="opt/cprocsp/bin/amd64")
        good = judged(asking=online(asked, url, OWN))["service.portal"]
        assert good.status is Status.OK

        place.tool("csptest", "echo '[ErrorCode: 0x80090326]'", at="opt/cprocsp/bin/amd64")
        bad = judged(asking=online(asked, url, OWN))["service.portal"]
        assert (bad.status, "0x80090326" in bad.evidence) == (Status.FAIL, True)


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (None, Status.OK, "till"),
        (b"<html>Log in to the network</html>", Status.FAIL, "portal"),
        (b"", Status.FAIL, "empty"),
    ],
)
def test_what_lies_at_the_point_of_a_list_is_looked_at(
    content: bytes | None,
    status: Status,
    words: str,
    place: Place,
    judged: Judge,
    asked: Asked,
    pki: Pki,
) -> None:
    place.store("root", [pki.root.certificate.der])
    data = pki.crl(-1, 30) if content is None else content
    with serving(content=data) as url:
        wanted = RevocationRequirement("crl", OWN, url)
        edition = replace(asked.requirements, revocation=(wanted,))
        found = judged(asking=replace(asked, requirements=edition, is_online=True))

    point = found["revocation_point.crl"]
    assert point.status is status
    assert words in point.found


def test_a_point_that_answers_an_error_is_a_warning(
    place: Place, judged: Judge, asked: Asked
) -> None:
    with serving(status=404) as url:
        edition = replace(asked.requirements, revocation=(RevocationRequirement("crl", OWN, url),))
        found = judged(asking=replace(asked, requirements=edition, is_online=True))

    assert found["revocation_point.crl"].status is Status.WARN
    assert "404" in found["revocation_point.crl"].evidence


def test_the_password_of_a_proxy_is_not_shown(asked: Asked, place: Place) -> None:
    from sed_tui.workstation.checking import judge, read_facts
    from sed_tui.workstation.facts import Network

    answer = Answer("portal", "https://portal", False, "no", proxy="http://anna:secret@proxy:3128")
    asking = online(asked, "https://portal")
    facts = read_facts(place.machine, replace(asking, is_online=False))
    report = judge(replace(facts, network=Network((answer,))), asking, NOW)
    found = next(check for check in report.checks if check.id == "service.portal")

    assert "proxy:3128" in found.evidence
    assert "secret" not in found.evidence
