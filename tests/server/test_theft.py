"""What a stolen, ended or guessed secret opens over HTTP: nothing, and nothing else is told."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sed_tui.domain.access import Role
from sed_tui.operations import access_token, employee, employee_access, password
from sed_tui.server.logs import JsonLines
from sed_tui.storage import passwords
from tests.handlers.callers import acting
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.server.conftest import Token

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
GOOD = "берёза у причала 7"
DOORS = (
    ("POST", "/v1/document.list"),
    ("GET", "/v1/session.show"),
    ("POST", "/v1/files"),
    ("GET", f"/v1/files/{'0' * 64}"),
    ("DELETE", f"/v1/files/{'0' * 64}.{'0' * 32}"),
    ("GET", "/t/00000000-0000-0000-0000-000000000000"),
    ("GET", "/d/00000000-0000-0000-0000-000000000000"),
)


@dataclass
class Thief:
    """Somebody with a client and whatever he has found."""

    client: httpx.Client

    def told(self, secret: str) -> set[tuple[int, str]]:
        """Try every door with a secret, and return all that is told but for the doors' numbers."""
        headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
        answers = set()
        for method, path in DOORS:
            answer = self.client.request(method, path, headers=headers)
            told = {k: v for k, v in answer.json().items() if k != "instance"}
            answers.add((answer.status_code, json.dumps(told, sort_keys=True)))
        return answers


@pytest.fixture
def thief(anybody: httpx.Client) -> Thief:
    return Thief(anybody)


def test_no_ended_token_opens_a_door_or_is_told_from_a_false_one(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, thief: Thief, token: Token
) -> None:
    """Expired, revoked, of a dismissed person, of a system user who is gone, after signing out."""
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    for login, role in (("kim", Role.REGISTRAR), ("cron", Role.SYSTEM)):
        hired = employee.AddEmployee(login=login, full_name=login, roles=(role,))
        gateway.call(employee.ADD, hired)

    def added(**wanted: Any) -> access_token.TokenAdded:
        return gateway.call(access_token.ADD, access_token.AddToken(name="x", **wanted))

    short, revoked = added(days=1), added()
    gone = added(employee="cron")
    with acting(settings, clock, "kim") as kim:
        dismissed = kim.call(access_token.ADD, access_token.AddToken(name="x"))
    signed = thief.client.post("/v1/sign-in", json={"login": "admin", "password": GOOD})
    session = signed.json()["token"]
    bearer = {"Authorization": f"Bearer {session}"}
    assert thief.client.get("/v1/session.show", headers=bearer).status_code == 200
    thief.client.post("/v1/sign-out", headers=bearer)
    gateway.call(access_token.REVOKE, access_token.RevokeToken(token=revoked.short_id))
    for login in ("kim", "cron"):
        request = employee_access.DisableEmployee(employee=login)
        gateway.call(employee_access.DISABLE, request)
    clock.moment += timedelta(days=1)

    false = thief.told("sed_" + "x" * 40)
    for secret in (short.secret, revoked.secret, gone.secret, dismissed.secret, session):
        assert thief.told(secret) == false
    assert {(status, json.loads(body)["code"]) for status, body in false} == {(401, "bad_token")}


def test_a_token_for_reading_changes_nothing_whatever_its_holder_may(
    thief: Thief, token: Token
) -> None:
    headers = {"Authorization": f"Bearer {token('admin', scopes=('read',))}"}
    asked = [
        thief.client.post(
            "/v1/employee.add", json={"login": "x", "full_name": "X"}, headers=headers
        ),
        thief.client.post("/v1/files", content=b"bytes", headers=headers),
        thief.client.post("/v1/token.add", json={"name": "more"}, headers=headers),
        thief.client.post("/v1/password.set", json={"password": GOOD}, headers=headers),
    ]

    assert {answer.status_code for answer in asked} == {404}
    assert thief.client.get("/v1/session.show", headers=headers).status_code == 200


def test_a_system_users_token_does_nothing_in_the_name_of_people(
    gateway: LocalGateway, thief: Thief
) -> None:
    hired = employee.AddEmployee(login="cron", full_name="Задания", roles=(Role.SYSTEM,))
    gateway.call(employee.ADD, hired)
    wanted = access_token.AddToken(name="x", employee="cron", scopes=("write",))
    secret = gateway.call(access_token.ADD, wanted).secret
    headers = {"Authorization": f"Bearer {secret}"}

    for name, body in (
        ("signature.sign", {"document": "x", "version": 1, "signatures": []}),
        ("approval.approve", {"document": "x", "version": 1}),
        ("token.add", {"name": "another"}),
        ("password.set", {"employee": "admin", "password": GOOD}),
        ("employee.roles", {"employee": "cron", "grant": ["administrator"]}),
    ):
        answer = thief.client.post(f"/v1/{name}", json=body, headers=headers)
        assert answer.status_code in {404, 422}, name
        assert answer.json()["exit_status"] in {3, 4}


@contextmanager
def client_at(address: str, own: str) -> Iterator[httpx.Client]:
    """Return a client that calls from an address of its own."""
    transport = httpx.HTTPTransport(local_address=own)
    with httpx.Client(base_url=address, transport=transport, timeout=LONGEST) as client:
        yield client


def guessed(client: httpx.Client, login: str, **headers: str) -> httpx.Response:
    body = {"login": login, "password": "не то"}
    return client.post("/v1/sign-in", json=body, headers=headers)


def test_a_login_is_locked_for_every_address_that_guesses(
    gateway: LocalGateway, address: str, clock: FixedClock
) -> None:
    """Five addresses guess once each: the sixth waits, and so does whoever knows the password."""
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    for last in range(2, 7):
        with client_at(address, f"127.0.0.{last}") as client:
            assert guessed(client, "admin").status_code == 401
    right = {"login": "admin", "password": GOOD}
    with client_at(address, "127.0.0.7") as client:
        locked = client.post("/v1/sign-in", json=right)
        clock.moment += timedelta(seconds=31)
        opened = client.post("/v1/sign-in", json=right)

    assert (locked.status_code, locked.headers["retry-after"]) == (429, "30")
    assert opened.status_code == 200


def test_an_address_is_slowed_down_whatever_it_calls_itself(
    gateway: LocalGateway, address: str
) -> None:
    """Thirty guesses at as many logins, each said to come from elsewhere."""
    with client_at(address, "127.0.0.8") as client:
        for guess in range(30):
            forged = {"X-Forwarded-For": f"10.0.0.{guess}", "Forwarded": f"for=10.1.0.{guess}"}
            assert guessed(client, f"nobody{guess}", **forged).status_code == 401
        slowed = guessed(client, "nobody", **{"X-Forwarded-For": "10.9.9.9"})
    with client_at(address, "127.0.0.9") as other:
        free = guessed(other, "nobody")

    assert (slowed.status_code, free.status_code) == (429, 401)


def test_a_login_that_nobody_has_is_answered_like_one_that_somebody_has(
    gateway: LocalGateway, thief: Thief, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, the same hash counted through, the same number of commits."""
    gateway.call(password.SET, password.SetPassword(password=GOOD))
    hashed: list[str] = []
    verify = passwords.matches

    def counted(kept: str | None, secret: str) -> bool:
        hashed.append(secret)
        return verify(kept, secret)

    monkeypatch.setattr("sed_tui.gateway.sign_in.matches", counted)
    known, unknown = guessed(thief.client, "admin"), guessed(thief.client, "nobody")

    def said(answer: httpx.Response) -> dict[str, Any]:
        return {name: value for name, value in answer.json().items() if name != "instance"}

    assert known.status_code == unknown.status_code == 401
    assert said(known) == said(unknown)
    assert hashed == ["не то"] * 2


def test_secrets_stand_in_no_log_and_no_answer(
    gateway: LocalGateway, thief: Thief, token: Token, caplog: pytest.LogCaptureFixture
) -> None:
    """Wherever somebody puts them by mistake."""
    secret = token("admin")
    misplaced: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("GET", f"/v1/session.show?token={secret}", {}),
        ("GET", f"/v1/{secret}", {}),
        ("GET", f"/{secret}/x", {}),
        ("POST", "/v1/sign-in", {"json": {"login": GOOD, "password": GOOD, "token": secret}}),
        ("POST", "/v1/sign-in", {"json": {"login": "admin", "password": [GOOD]}}),
        ("POST", "/v1/password.set", {"json": {"password": GOOD, "current": GOOD}}),
        ("POST", "/v1/document.show", {"json": {"document": 1, "password": GOOD}}),
        ("GET", "/t/x", {"headers": {"Cookie": secret, "X-Token": secret}}),
        ("GET", "/v1/session.show", {"headers": {"Authorization": f"Basic {secret}"}}),
    )
    with caplog.at_level(logging.DEBUG, logger="sed_tui.server"):
        answers = [thief.client.request(method, path, **rest) for method, path, rest in misplaced]
        bearer = {"Authorization": f"Bearer {secret}"}
        answers.append(thief.client.get("/v1/session.show", headers=bearer))
    lines = "\n".join(JsonLines().format(record) for record in caplog.records)

    assert len(caplog.records) >= len(misplaced)
    for kept in (secret, GOOD):
        assert kept not in lines
        shown = [a.request.url.path for a in answers if kept in a.text and kept not in a.url.path]
        assert shown == []
