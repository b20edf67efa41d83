"""`sedctl login`, `logout`, `serve`: a session as a user has it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from sed_tui.operations import password
from sed_tui.operations.sign_in import REVOKE, RevokeSessions
from tests.cli.conftest import PROGRAM, address
from tests.mail.server import AUTHORITY, FOLDER
from tests.patience import LONGEST
from tests.served import secret_of
from tests.server.running import running
from tests.tui.office import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.cli.conftest import Outcome

GOOD = "берёза у причала 7"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_session_from_login_to_logout(
    settings: Settings,
    gateway: LocalGateway,
    anywhere: Callable[..., Outcome],
) -> None:
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    secret = f"{GOOD}\n".encode()
    home = Path(os.environ["SED_HOME"])
    with running(settings) as server:
        words = ("login", server, "--login", "admin", "--stdin")
        wrong = anywhere(*words, stdin=b"nonsense\n")
        unread = [
            anywhere(*words, "--format", "json", stdin=given).error["code"]
            for given in (b"\n", b"\xff\xfe\n")
        ]
        nobody = anywhere(*words[:-1], "--format", "json", stdin=secret)
        signed = anywhere(
            "login", server, "--login", "admin", "--stdin", "--format", "json", stdin=secret
        )
        kept = Path(signed.data["token"])
        secret_kept = kept.read_text()
        listed = anywhere("document", "list", "--format", "json")
        sessions = anywhere("user", "sessions", "list", "--format", "json")
        refused = anywhere("db", "status", "--format", "json")
        kept.chmod(0o644)
        seen = anywhere("document", "list", "--format", "json")
        kept.chmod(0o600)
        link = "sed://task/00000000-0000-4000-8000-000000000000"
        gateway.call(REVOKE, RevokeSessions())
        ended = anywhere("open", "--print", link, "--format", "json")
        anywhere(*words, stdin=secret)
        absent = anywhere("open", "--print", link, "--format", "json")
        left = anywhere("logout")
        after = anywhere("document", "list", "--format", "json")

    assert wrong.status == 4
    assert unread == ["password_unread"] * 2
    assert (nobody.status, nobody.error["code"]) == (2, "nobody_to_ask")
    assert (ended.error["code"], absent.error["code"]) == ("bad_token", "not_our_link")
    assert f"sedctl login {server}" in ended.error["hint"]
    assert len(ended.error["request"]) == 16
    assert (signed.status, signed.data["login"], secret_kept[:4]) == (0, "admin", "sed_")
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert listed.data == {"rows": [], "next": None}
    assert [row["is_own"] for row in sessions.data["rows"]].count(True) == 1
    assert (refused.status, refused.error["code"]) == (3, "not_over_server")
    assert seen.error["code"] == "token_file_open"
    assert (left.status, after.error["code"], kept.exists()) == (0, "sign_in_needed", False)
    assert GOOD not in "".join(path.read_text() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_profile_knows_its_authority_from_any_folder(
    settings: Settings,
    gateway: LocalGateway,
    anywhere: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    secret = f"{GOOD}\n".encode()
    with running(settings, ssl_certfile=str(FOLDER / "server.pem")) as server:
        own = server.replace("127.0.0.1", "localhost")
        monkeypatch.chdir(AUTHORITY.parent)
        words = ("login", own, "--ca-file", AUTHORITY.name, "--login", "admin", "--stdin")
        signed = anywhere(*words, stdin=secret)
        monkeypatch.chdir(tmp_path)
        listed = anywhere("document", "list")
        again = anywhere("login", own, "--login", "admin", "--stdin", stdin=secret)

    told = signed.err + listed.err + again.err
    assert (signed.status, listed.status, again.status) == (0, 0, 0), told


@pytest.mark.parametrize("engine", ["sqlite"])
def test_several_people_are_signed_in_from_one_machine(
    settings: Settings,
    gateway: LocalGateway,
    anywhere: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hire(gateway)
    gateway.call(password.SET, password.SetPassword(employee="sidorov", password=GOOD))
    with running(settings) as server:
        monkeypatch.setenv("SED_SERVER", server)
        monkeypatch.setenv("SED_TOKEN", secret_of(settings))
        before = anywhere("--as", "sidorov", "call", "session.show", "--format", "json")
        words = ("--profile", "second", "--as", "sidorov", "login", server, "--stdin")
        signed = anywhere(*words, stdin=f"{GOOD}\n".encode())
        own = anywhere("call", "session.show")
        monkeypatch.setenv("SED_USER", "sidorov")  # of a database, not of a server
        other = anywhere("--as", "sidorov", "call", "session.show")
        own_still = anywhere("call", "session.show")
        left = anywhere("--as", "sidorov", "logout")
        after = anywhere("--as", "sidorov", "call", "session.show", "--format", "json")

    assert (before.status, before.error["code"]) == (4, "not_signed_in_as")
    assert (signed.status, other.status, left.status) == (0, 0, 0), signed.err + other.err
    assert [one.data["login"] for one in (own, other, own_still)] == ["admin", "sidorov", "admin"]
    assert (after.status, after.error["code"]) == (4, "sign_in_needed")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql"])
def test_workers_serve_until_a_signal(settings: Settings, gateway: LocalGateway) -> None:
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        [PROGRAM, "--database", address(settings), "serve", "--port", port, "--workers", "2"],
        env={**os.environ, "SED_FILES": str(settings.files)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            until = time.monotonic() + LONGEST
            while time.monotonic() < until:
                try:
                    if client.get("/ready").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.2)
            signed = client.post("/v1/sign-in", json={"login": "admin", "password": GOOD})
            bearer = {"Authorization": f"Bearer {signed.json()['token']}"}
            assert client.get("/v1/session.show", headers=bearer).json()["login"] == "admin"
    finally:
        process.send_signal(signal.SIGTERM)
        _out, log = process.communicate(timeout=LONGEST)

    assert process.returncode in {0, -signal.SIGTERM}
    assert all(line.startswith("{") for line in log.splitlines() if "is served" not in line), log
    assert GOOD not in log


def test_a_clear_address_beyond_this_machine_is_refused(
    settings: Settings,
    anywhere: Callable[..., Outcome],
) -> None:
    place = address(settings)

    open_ = anywhere("--database", place, "serve", "--host", "0.0.0.0")

    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = anywhere("--database", place, "serve", "--port", str(taken.getsockname()[1]))
    bare = anywhere("--database", place, "serve", "--port", "0", "--certificate", "absent.pem")

    assert (busy.status, bare.status) == (7, 2)
    assert "absent.pem" in bare.err
    assert open_.status == 3
    assert "TLS" in open_.err
