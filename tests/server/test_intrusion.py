"""Requests that are no requests: bodies, lengths, names and addresses made to do something else."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from sed_tui.errors import by_code
from sed_tui.operations.registry import Effect, operations
from sed_tui.server.logs import JsonLines
from tests.handlers.any_request import any_request
from tests.patience import LONGEST
from tests.server.test_defence import raw
from tests.server.test_routes import LETTER, register
from tests.server.wires import listening

if TYPE_CHECKING:
    import httpx

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.server.conftest import Token

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
DEEP = b"[" * 100_000 + b"]" * 100_000
VALUES = {
    "not a number": b"NaN",
    "no end": b"-Infinity",
    "a huge number": b"9" * 5_000,
    "a huge power": b"1e400",
    "deep": DEEP,
    "half a pair": b'"\\ud800"',
    "a zero": b'"a\\u0000b"',
    "no UTF-8": b'"\xff\xfe"',
    "overlong UTF-8": b'"\xc0\xaf"',
    "an escape": b'"\\u001b[2J"',
}
HEAD = b"POST /v1/document.register HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
LETTER_BYTES = json.dumps(LETTER).encode()


@pytest.mark.parametrize("value", VALUES)
def test_no_value_breaks_the_server_or_is_registered(http: httpx.Client, value: str) -> None:
    body = json.dumps({**LETTER, "subject": "@"}).encode().replace(b'"@"', VALUES[value])
    answers = [
        http.post("/v1/document.register", content=body),
        http.post("/v1/document.show", content=b'{"document": ' + VALUES[value] + b"}"),
        http.post("/v1/sign-in", content=b'{"login": ' + VALUES[value] + b', "password": "x"}'),
        http.post("/v1/document.list", content=VALUES[value]),
    ]

    assert {answer.status_code for answer in answers} <= {401, 404, 413, 422}
    assert {answer.json()["code"] for answer in answers} <= by_code().keys()
    assert http.get("/v1/document.list").json()["rows"] == []


FRAMES = {
    "shorter than said": b"Content-Length: 5000\r\n\r\n" + LETTER_BYTES,
    "two lengths": b"Content-Length: 5\r\nContent-Length: 700\r\n\r\n" + LETTER_BYTES,
    "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length below zero": b"Content-Length: -1\r\n\r\n" + LETTER_BYTES,
    "a length that is no number": b"Content-Length: 1e3\r\n\r\n" + LETTER_BYTES,
    "chunks of no size": b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n",
    "chunks of a size below zero": b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n0\r\n\r\n",
    "chunks of another coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a folded header": b"X-A: b\r\n c: d\r\nContent-Length: 2\r\n\r\n{}",
    "a header with a bare line feed": b"X-A: b\nX-B: c\r\nContent-Length: 2\r\n\r\n{}",
    "a space before the colon": b"Content-Length : 2\r\n\r\n{}",
}


@pytest.mark.parametrize("frame", FRAMES)
def test_lengths_that_lie_register_nothing_and_hide_no_second_request(
    http: httpx.Client, address: str, token: Token, frame: str
) -> None:
    bearer = f"Authorization: Bearer {token('admin')}\r\n".encode()
    hidden = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=LONGEST) as connection:
        connection.sendall(HEAD + bearer + FRAMES[frame] + hidden)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece

    statuses = [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1")]
    assert b" 200 " not in answer
    assert b" 500 " not in answer
    assert len(statuses) <= 1
    assert http.get("/v1/document.list").json()["rows"] == []


@pytest.mark.parametrize("path", ["document.register", "files"])
def test_a_client_that_goes_away_while_it_asks_is_no_fault_of_the_server(
    http: httpx.Client, address: str, token: Token, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    head = f"POST /v1/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n"
    bearer = f"Authorization: Bearer {token('admin')}\r\n\r\n"
    parts = urlsplit(address)
    with caplog.at_level(logging.INFO, logger="sed_tui.server"):
        with socket.create_connection((parts.hostname, parts.port), timeout=LONGEST) as connection:
            connection.sendall(f"{head}{bearer}".encode() + LETTER_BYTES)
        until = time.monotonic() + LONGEST
        while not (statuses := _statuses(caplog)) and time.monotonic() < until:
            time.sleep(0.01)

    assert "internal error" not in caplog.text
    assert statuses == [499]
    assert http.get("/v1/document.list").json()["rows"] == []


def _statuses(caplog: pytest.LogCaptureFixture) -> list[int]:
    return [vars(one)["told"]["status"] for one in caplog.records if one.getMessage() == "request"]


def test_a_body_of_somebody_unknown_is_not_collected(
    address: str, http: httpx.Client, anybody: httpx.Client
) -> None:
    """A megabyte of one with a token is read to its end, of one without no more than a little."""
    large = json.dumps({"document": "x" * 1_000_000}).encode()
    sent = 0

    def pieces() -> Any:
        nonlocal sent
        for start in range(0, len(large), 50_000):
            sent += 1
            yield large[start : start + 50_000]

    known = http.post("/v1/document.show", content=pieces())
    head = b"POST /v1/document.show HTTP/1.1\r\nHost: x\r\nContent-Length: 16000000\r\n"
    unknown = raw(address, head + b"Connection: close\r\n\r\n" + b"x" * 100_000)
    bearer = head + b"Authorization: Bearer sed_false\r\nConnection: close\r\n\r\n"
    false = raw(address, bearer + b"x" * 100_000)
    signing_in = anybody.post("/v1/sign-in", content=b" " * 100_000)

    assert (known.status_code, sent) == (404, 21)
    assert unknown.startswith(b"HTTP/1.1 401")
    assert false.startswith(b"HTTP/1.1 401")
    assert signing_in.status_code == 413


def test_names_of_files_lead_nowhere_and_into_no_header(http: httpx.Client) -> None:
    made = register(http).json()["id"]
    content = b"bytes of a file"
    evil = (
        *("../../etc/passwd", "/etc/passwd", "..", "a\\..\\b", "C:\\x.txt", "a\x00b"),
        *("a\r\nX-Evil: 1", 'a"; filename="b', "a\x1b]0;x\x07", "a\u202etxt.exe", "x" * 300),
    )
    for name in evil:
        sent = http.post("/v1/files", content=content + name.encode()).json()["token"]
        file = {"name": name, "token": sent}
        added = http.post("/v1/file.add", json={"document": made, "files": [file]})
        if added.status_code == 200:  # a quote is a sign like another, outside of headers
            kept = added.json()["rows"][0]
            assert kept["name"] in {'a"; filename="b', "a X-Evil: 1"}
            sha256 = kept["sha256"]
            headers = http.get(f"/v1/files/{sha256}").headers
            assert headers["content-disposition"] == f'attachment; filename="{sha256[:16]}"'
            continue
        assert added.status_code == 422, name


def test_a_range_written_otherwise_is_the_whole(http: httpx.Client) -> None:
    made = register(http).json()["id"]
    content = b"0123456789"
    file = {"name": "a.txt", "token": http.post("/v1/files", content=content).json()["token"]}
    http.post("/v1/file.add", json={"document": made, "files": [file]})
    place = f"/v1/files/{hashlib.sha256(content).hexdigest()}"
    spans = (
        *("bytes=%30-%34", "bytes%3D0-4", "bytes=٠-٤", "bytes=0x0-0x4", "bytes=-0-4"),
        *("bytes=0-4,0-4,0-4", "bytes=" + "0-1," * 2000, "bytes=" + "9" * 100 + "-", "bytes=1.5-2"),
    )

    for span in spans:
        answer = http.get(place, headers={b"Range": span.encode()})
        assert (answer.status_code, answer.content) == (200, content), span


def test_what_a_caller_says_of_himself_and_of_the_host_is_only_text(
    http: httpx.Client, anybody: httpx.Client
) -> None:
    forged = {
        "Host": 'evil.example"><script>alert(1)</script>',
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "javascript",
        "X-Original-URL": "/v1/session.show",
        "X-HTTP-Method-Override": "DELETE",
        "Accept": "text/html",
    }
    page = anybody.get("/t/00000000-0000-0000-0000-000000000000", headers=forged)
    own = http.get("/v1/session.show", headers={**forged, "Accept": "application/json"})

    assert page.status_code == 401
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not {"location", "refresh", "set-cookie"} & set(page.headers)
    assert own.json()["login"] == "admin"


def test_a_lost_file_is_told_without_the_paths_of_the_server(
    http: httpx.Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    made = register(http).json()["id"]
    file = {"name": "a.txt", "token": http.post("/v1/files", content=b"lost").json()["token"]}
    added = http.post("/v1/file.add", json={"document": made, "files": [file]}).json()
    sha256 = added["rows"][0]["sha256"]
    (settings.files / sha256[:2] / sha256[2:4] / sha256).unlink()

    with caplog.at_level(logging.INFO, logger="sed_tui.server"):
        answer = http.get(f"/v1/files/{sha256}")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]

    told = answer.json()
    assert (answer.status_code, told["code"]) == (503, "content_lost")
    assert sha256 in told["detail"]
    assert answer.headers["x-request-id"] in told["hint"], told
    assert str(settings.files.parent) not in answer.text
    (line,) = [one for one in lines if one["event"] == "content_lost"]
    assert line["place"] == str(settings.files)
    assert line["request"] == answer.headers["x-request-id"]


def test_no_operation_makes_the_server_call_an_address(
    http: httpx.Client, gateway: LocalGateway, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text of every request names a listening canary: nobody calls it, no name is asked."""
    asked: list[Any] = []
    heard: list[bytes] = []
    look_up = socket.getaddrinfo

    def noted(host: Any, *rest: Any, **more: Any) -> Any:
        if host not in {urlsplit(address).hostname, None}:
            asked.append(host)
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    with listening(lambda connection: heard.append(connection.recv(10))) as port:
        canary = f"http://127.0.0.1:{port}/latest/meta-data"
        for name, operation in operations().items():
            fields = operation.request.model_fields
            texts = {
                field: canary
                for field, described in fields.items()
                if described.annotation in {str, str | None} and field != "operation"
            }
            try:
                body = any_request(operation, **texts).model_dump_json()
            except (ValueError, StopIteration):  # a field of a narrower sort
                body = json.dumps(texts)
            dry = {} if operation.effect is Effect.READ else {"Sed-Dry-Run": "1"}
            assert http.post(f"/v1/{name}", content=body, headers=dry).status_code != 500, name

    assert (asked, heard) == ([], [])


def test_another_way_to_write_an_address_is_another_address(http: httpx.Client) -> None:
    for path in ("/v1/%2e%2e/health", "/v1//session.show", "/v1/session.show/", "/V1/session.show"):
        assert http.post(path, content=b"{}").status_code in {404, 405}, path
