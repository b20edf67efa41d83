"""Those who send slowly, or without end: each is given up, on a real socket."""

from __future__ import annotations

import socket
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from sed_tui.server.connection import BoundedConnection
from sed_tui.server.limits import Limits
from sed_tui.server.run import serve
from tests.patience import LONGEST
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from tests.conftest import FixedClock
    from tests.server.conftest import Token

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\n"


class Hasty(BoundedConnection):
    """Waits for a moment."""

    head_seconds = 0.4
    head_bytes = 4096
    rest_seconds = 0.4


@pytest.fixture
def hasty(settings: Settings, clock: FixedClock) -> Iterator[tuple[str, int]]:
    limits = Limits(pause=0.4, pace=100_000, unknown_seconds=0.4)
    with running(settings, clock, limits, http=Hasty) as address:
        parts = urlsplit(address)
        yield parts.hostname or "", parts.port or 0


def dripped(
    place: tuple[str, int], beginning: bytes, drop: bytes = b"", most: float = LONGEST
) -> bytes:
    """Send a beginning, then drops until the server closes; return what it said."""
    answer = b""
    with closing(socket.create_connection(place, timeout=0.05)) as connection:
        connection.sendall(beginning)
        began = time.monotonic()
        while time.monotonic() - began < most:
            try:
                piece = connection.recv(65536)
            except TimeoutError:
                pass
            except ConnectionResetError:  # it closed while a drop was under way
                return answer
            else:
                if not piece:
                    return answer
                answer += piece
            with suppress(OSError):
                connection.sendall(drop)
    raise AssertionError("the server went on waiting")


def test_headers_that_do_not_end_are_given_up(hasty: tuple[str, int]) -> None:
    silent = dripped(hasty, b"")
    slow = dripped(hasty, HEAD, b"X-A: b\r\n")
    later = dripped(hasty, HEAD + b"\r\n" + HEAD, b"X")

    assert silent.startswith(b"HTTP/1.1 408")
    assert slow.startswith(b"HTTP/1.1 408")
    assert later.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1 408" in later


def test_headers_without_measure_are_refused(hasty: tuple[str, int]) -> None:
    assert dripped(hasty, HEAD + b"X-A: " + b"a" * 9000).startswith(b"HTTP/1.1 431")


def test_a_connection_that_was_answered_may_rest(hasty: tuple[str, int]) -> None:
    """Between requests it is the keep-alive that counts, which is longer."""
    with httpx.Client(base_url="http://{}:{}".format(*hasty), timeout=LONGEST) as client:
        answers = []
        for _turn in range(2):
            answers.append(client.get("/health"))
            time.sleep(0.8)

    assert [one.status_code for one in answers] == [200, 200]


def test_a_file_that_comes_byte_by_byte_is_given_up(hasty: tuple[str, int], token: Token) -> None:
    """Its pauses are short, yet its thread is not held for ever."""
    head = (
        f"POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token('admin')}\r\n"
        "Content-Length: 1000000\r\n\r\n"
    )

    answer = dripped(hasty, head.encode(), b"x")

    assert answer.startswith(b"HTTP/1.1 504")
    assert b"request_too_slow" in answer


def test_a_body_of_somebody_unknown_is_not_waited_for(hasty: tuple[str, int]) -> None:
    """Neither silence nor a byte now and then holds a connection without a token."""
    head = b"POST /v1/%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: 1000\r\n\r\n"
    bad = b"Authorization: Bearer nobodys\r\n"

    silent = dripped(hasty, head % (b"document.list", b""))
    slow = dripped(hasty, head % (b"document.list", bad), b" ")
    entering = dripped(hasty, head % (b"sign-in", b""), b" ")

    assert silent.startswith(b"HTTP/1.1 401")
    assert slow.startswith(b"HTTP/1.1 401")
    assert entering.startswith(b"HTTP/1.1 504")
    assert b"request_too_slow" in entering


def test_a_body_of_somebody_known_may_take_longer(hasty: tuple[str, int], token: Token) -> None:
    """Nothing of it is lost while the token is looked at."""
    body = b'{"limit": 1}'
    head = (
        f"POST /v1/document.list HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token('admin')}\r\n"
        f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with closing(socket.create_connection(hasty, timeout=LONGEST)) as connection:
        connection.sendall(head.encode() + body[:4])
        time.sleep(1)
        connection.sendall(body[4:])
        answer = connection.recv(65536)

    assert answer.startswith(b"HTTP/1.1 200")


def test_the_rest_of_a_refused_request_is_not_waited_for(hasty: tuple[str, int]) -> None:
    head = b"POST /v1/files HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"

    assert dripped(hasty, head, b"x").startswith(b"HTTP/1.1 401")


def test_the_server_that_is_started_has_these_bounds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sed_tui.server.run import Serving

    asked: dict[str, object] = {}
    monkeypatch.setattr("uvicorn.run", lambda _app, **options: asked.update(options))
    serve(settings, Serving("127.0.0.1", 0))

    assert asked["http"] is BoundedConnection
    assert (BoundedConnection.head_seconds, BoundedConnection.head_bytes) == (10, 65536)
    assert Limits().unknown_seconds == 10
