"""The client of a server: what it does when something stands between them."""

from __future__ import annotations

import gzip
import hashlib
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sed_tui.config import settings as configured
from sed_tui.domain.flows import Flow
from sed_tui.errors import SedError
from sed_tui.errors.identity import BadToken
from sed_tui.errors.network import AnswerTooLarge, NotOverServer
from sed_tui.gateway import connections, remote_answers
from sed_tui.gateway.protocol import PROBLEM, PROTOCOL, PROTOCOL_HEADER
from sed_tui.gateway.remote import RemoteGateway
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.profile_writing import write_profile
from sed_tui.token_store import keep_token
from tests.patience import LONGEST
from tests.served import secret_of
from tests.server.certificates import AUTHORITY, SERVER_PEM, expired_certificate
from tests.server.running import running
from tests.server.wires import answering, cut_wire, listening, without_common_cipher

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
LETTER = RegisterDocument(
    flow=Flow.INCOMING,
    subject="О сведениях",
    correspondent="Минздрав",
    their_number="1",
    their_date=date(2026, 11, 20),
)


@pytest.fixture
def secret(settings: Settings, clock: FixedClock) -> str:
    return secret_of(settings, clock)


def client(settings: Settings, address: str, secret: str | None, **more: Any) -> RemoteGateway:
    return RemoteGateway(replace(settings, server=address, token=secret, login=None, **more))


def asked(gateway: RemoteGateway) -> SedError | None:
    """Ask something and return the failure."""
    try:
        gateway.call(LIST, ListDocuments())
    except SedError as failure:
        return failure
    finally:
        gateway.close()
    return None


def outcome(settings: Settings, address: str, **more: Any) -> tuple[str, int]:
    failure = asked(client(settings, address, "sed_x", **more))
    assert failure is not None
    assert failure.advice
    return failure.code, failure.exit_code


def test_an_organization_is_not_exported_to_a_folder_over_a_server(
    settings: Settings, secret: str, tmp_path: Path
) -> None:
    gateway = client(settings, "http://127.0.0.1:9", secret)

    with pytest.raises(NotOverServer, match=r"works with http://127\.0\.0\.1:9"):
        gateway.export_organization(tmp_path / "out")
    gateway.close()

    assert not (tmp_path / "out").exists()


def test_each_trouble_on_the_way_has_its_own_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    found = {
        "dead": outcome(settings, f"http://127.0.0.1:{closed}"),
        "name": outcome(settings, "https://nobody.invalid"),
    }
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as portal:
        found["portal"] = outcome(settings, portal)
    other = f"HTTP/1.1 200 OK\r\n{PROTOCOL_HEADER}: 99\r\nContent-Length: 2\r\n\r\n{{}}"
    with answering(other.encode()) as newer:
        found["newer"] = outcome(settings, newer)
    with answering(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") as away:
        found["away"] = outcome(settings, away)
    with answering(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n") as small:
        found["large"] = outcome(settings, small)
    monkeypatch.setattr(remote_answers, "MOST", 65536)
    told = f"HTTP/1.1 200 OK\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n\r\n".encode()
    with answering(told + bytes(1_000_000)) as endless:
        found["endless"] = outcome(settings, endless)
    packed = gzip.compress(bytes(1_000_000))
    head = told[:-2] + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with answering(head + packed) as bomb:
        found["bomb"] = outcome(settings, bomb)
        with pytest.raises(AnswerTooLarge):
            client(settings, bomb, "sed_x").fetch("0" * 64)
    with without_common_cipher(SERVER_PEM) as gost:
        found["gost"] = outcome(settings, gost)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed}")
    found["no proxy"] = outcome(settings, "https://sed.example.org")
    with answering(
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    ) as at:
        monkeypatch.setenv("HTTPS_PROXY", at)
        found["proxy"] = outcome(settings, "https://sed.example.org")

    assert found == {
        "dead": ("server_down", 7),
        "name": ("server_not_found", 7),
        "portal": ("not_our_server", 7),
        "newer": ("protocol_mismatch", 7),
        "away": ("server_down", 7),
        "large": ("too_large_for_proxy", 3),
        "endless": ("answer_too_large", 7),
        "bomb": ("answer_too_large", 7),
        "gost": ("no_common_cipher", 7),
        "no proxy": ("proxy_trouble", 7),
        "proxy": ("proxy_trouble", 7),
    }


def test_a_certificate_is_trusted_by_its_authority_alone(
    settings: Settings, clock: FixedClock, secret: str
) -> None:
    with running(settings, clock, ssl_certfile=SERVER_PEM) as address:
        own = address.replace("127.0.0.1", "localhost")
        assert outcome(settings, own) == ("untrusted_certificate", 7)
        known = client(settings, own, secret, ca_file=str(AUTHORITY))
        assert known.call(LIST, ListDocuments()).rows == []
        known.close()
        wrong = client(settings, own, "sed_wrong", ca_file=str(AUTHORITY))
        failure = asked(wrong)
    assert failure is not None
    assert (failure.code, failure.exit_code) == ("bad_token", 4)


def test_a_certificate_of_another_name_and_one_that_has_expired_are_told_apart(
    settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    old = tmp_path / "old.pem"
    old.write_bytes(expired_certificate("localhost"))
    with running(settings, clock, ssl_certfile=SERVER_PEM) as address:
        found = [outcome(settings, address, ca_file=str(AUTHORITY))]
    with running(settings, clock, ssl_certfile=str(old)) as address:
        own = address.replace("127.0.0.1", "localhost")
        found.append(outcome(settings, own, ca_file=str(old)))

    assert found == [("certificate_of_another_name", 7), ("certificate_out_of_date", 7)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTPS_PROXY", "nonsense://x"), ("ALL_PROXY", "socks5://x"), ("NO_PROXY", "::1,fe80::/10")],
)
def test_a_proxy_of_the_environment_that_cannot_be_followed_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert outcome(settings, "https://sed.example.org") == ("proxy_trouble", 7)


def test_a_token_may_end_with_a_new_line_and_holds_nothing_that_no_header_could(
    settings: Settings, clock: FixedClock, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(settings, clock) as address:
        found = []
        for token in (f"{secret}\n", "sed_\nx", "сэд"):
            monkeypatch.setenv("SED_TOKEN", token)
            failure = asked(RemoteGateway(configured(server=address)))
            found.append(failure and failure.code)

    assert found == [None, "bad_token", "bad_token"]


@pytest.mark.parametrize(
    "address",
    ["http://sed.example.org", "ftp://x", "https://u:p@x", "https://x/?a=b", "sed", "https://x:y"],
)
def test_a_token_goes_nowhere_else(settings: Settings, address: str) -> None:
    with pytest.raises(SedError) as failure:
        client(settings, address, "sed_x")

    assert failure.value.code == "bad_server_address"


def test_a_session_that_was_renewed_in_another_window_goes_on(
    settings: Settings,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SED_HOME", str(tmp_path))
    with running(settings) as address:
        stored = {"server": address, "login": "admin"}
        write_profile("default", stored)
        keep_token(tmp_path, "default", "sed_ended", in_keyring=False)
        gateway, file = RemoteGateway(configured(server=address)), BytesIO(b"letter")
        with pytest.raises(BadToken) as ended:
            gateway.call(LIST, ListDocuments())
        keep_token(tmp_path, "default", secret, in_keyring=False)
        write_profile("default", {**stored, "login": "somebody"})  # never in another one's name
        with pytest.raises(BadToken):
            gateway.call(LIST, ListDocuments())
        write_profile("default", stored)
        token = gateway.stage(file)
        rows = gateway.call(LIST, ListDocuments()).rows
        gateway.close()

    assert f"sedctl login {address}" in ended.value.advice
    assert token.startswith(hashlib.sha256(b"letter").hexdigest())
    assert rows == []


@pytest.mark.parametrize(
    "status", ["301 Moved", "307 Temporary Redirect", "308 Permanent Redirect"]
)
def test_a_token_follows_no_redirect(settings: Settings, status: str) -> None:
    """Neither a call nor a file: where the answer points to hears nothing."""
    heard: list[bytes] = []
    with listening(lambda connection: heard.append(connection.recv(65536))) as port:
        place = f"Location: http://127.0.0.1:{port}/v1/session.show\r\nContent-Length: 0\r\n"
        with answering(f"HTTP/1.1 {status}\r\n{place}\r\n".encode()) as lure:
            called = outcome(settings, lure)
            gateway = client(settings, lure, "sed_x")
            with pytest.raises(SedError) as sent:
                gateway.stage(BytesIO(b"bytes"))
            gateway.close()

    assert (called, sent.value.code) == (("not_our_server", 7), "not_our_server")
    assert heard == []


def test_an_answer_that_got_lost_registers_once(
    settings: Settings, clock: FixedClock, secret: str
) -> None:
    with running(settings, clock) as address, cut_wire(address, [0, 20, None]) as wire:
        gateway = client(settings, wire, secret)
        made = gateway.call(REGISTER, LETTER)
        rows = gateway.call(LIST, ListDocuments()).rows
        gateway.close()

    assert [row.number for row in rows] == [made.number] == ["01-23/1"]


def test_a_download_that_broke_off_goes_on(
    settings: Settings, clock: FixedClock, secret: str, gateway: LocalGateway
) -> None:
    content = os.urandom(3_000_000)
    document = gateway.call(REGISTER, LETTER).id
    token = gateway.stage(BytesIO(content))
    gateway.call(ADD, AddFile(document=str(document), files=(FileContent(name="а", token=token),)))

    with running(settings, clock) as address, cut_wire(address, [1_000_000, 500_000]) as wire:
        reader = client(settings, wire, secret)
        with reader.fetch(hashlib.sha256(content).hexdigest()) as fetched:
            assert fetched.read() == content
        reader.close()


def test_a_silent_server_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_TIMEOUT", httpx.Timeout(0.2))

    def keep_still(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    with listening(keep_still) as port:
        failure = asked(client(settings, f"http://127.0.0.1:{port}", "sed_x"))

    assert failure is not None
    assert (failure.code, failure.exit_code) == ("server_down", 7)


def test_an_answer_on_its_way_is_let_go_of_and_calls_may_follow(settings: Settings) -> None:
    asks = Event()

    def keep_still(connection: socket.socket) -> None:
        while connection.recv(65536):
            asks.set()

    with listening(keep_still) as port, ThreadPoolExecutor(1) as pool:
        gateway = client(settings, f"http://127.0.0.1:{port}", "sed_x")
        for _call in range(2):
            under_way = pool.submit(asked, gateway)
            assert asks.wait(LONGEST)
            gateway.hang_up()
            failure = under_way.result(LONGEST)
            assert failure is not None
            assert failure.code == "server_down"
            asks.clear()


def test_a_change_on_its_way_is_waited_for(settings: Settings) -> None:
    asks, may_answer = Event(), Event()

    def answer_late(connection: socket.socket) -> None:
        connection.recv(65536)
        asks.set()
        may_answer.wait(LONGEST)
        head = f"{PROTOCOL_HEADER}: {PROTOCOL}\r\nContent-Type: {PROBLEM}\r\nContent-Length: 21"
        body = '{"code": "bad_token"}'
        connection.sendall(f"HTTP/1.1 401 Unauthorized\r\n{head}\r\n\r\n{body}".encode())

    with listening(answer_late) as port, ThreadPoolExecutor(2) as pool:
        gateway = client(settings, f"http://127.0.0.1:{port}", "sed_x")
        change = pool.submit(gateway.call, REGISTER, LETTER)
        assert asks.wait(LONGEST)
        leaving = pool.submit(gateway.hang_up)
        assert not leaving.done()
        may_answer.set()
        leaving.result(LONGEST)
        told = change.exception(LONGEST)

    assert isinstance(told, SedError)
    assert told.code == "bad_token"


def test_a_remote_client_loads_no_database(
    settings: Settings, clock: FixedClock, secret: str
) -> None:
    script = (
        "import sys; from commands.root import run; status = run(['document', 'list']);"
        "print(status, sorted({'sqlalchemy', 'sqlmodel', 'psycopg', 'textual'} & set(sys.modules)))"
    )
    with running(settings, clock) as address:
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "SED_SERVER": address, "SED_TOKEN": secret},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
