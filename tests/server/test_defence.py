"""What is sent by those who mean no good: it changes nothing, and tells them nothing."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from sed_tui.domain.access import PEOPLE
from sed_tui.operations import employee, organization, password
from sed_tui.operations.registry import operations
from sed_tui.server.limits import Limits
from tests.handlers.any_request import any_request
from tests.handlers.callers import acting
from tests.handlers.test_permissions import _REFERENCES
from tests.patience import LONGEST
from tests.server.running import running
from tests.server.test_routes import LETTER, register

if TYPE_CHECKING:
    import httpx

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.server.conftest import Token

GOOD = "берёза у причала 7"
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"])
BODIES: list[bytes] = [
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"document": "\\ud800"}',
    b'{"document": "a\\u0000b"}',
    b'{"document": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"document": 1e999}',
    b'{"document": "x", "document": {"y": 1}}',
    json.dumps({"document": "'; DROP TABLE document; --"}).encode(),
    json.dumps({"document": "x" * 100_000}).encode(),
]


def raw(address: str, request: bytes) -> bytes:
    """Send bytes that no client would send, and return the answer."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=LONGEST) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


@ONE_ENGINE
@pytest.mark.parametrize("body", BODIES)
def test_a_malformed_body_is_refused_as_such(http: httpx.Client, body: bytes) -> None:
    answer = http.post("/v1/document.show", content=body)

    assert answer.status_code in {404, 422}
    assert answer.json()["exit_status"] in {3, 4}


def test_a_zero_and_a_huge_number_break_no_database(http: httpx.Client) -> None:
    made = register(http).json()["id"]
    asked: list[dict[str, Any]] = [
        {"document": "a\0b"},
        {"document": made, "version": 10**30},
        {"document": made, "version": 2**63},
    ]

    for body in asked:
        assert http.post("/v1/file.get", json=body).status_code in {404, 422}


@ONE_ENGINE
def test_an_oversized_body_is_not_read(
    settings: Settings, clock: FixedClock, http: httpx.Client
) -> None:
    with running(settings, clock, Limits(body=1000)) as address:
        told = http.post(f"{address}/v1/document.show", content=b"x" * 2000)
        streamed = http.post(f"{address}/v1/document.show", content=iter([b"x" * 600] * 3))

    assert [one.status_code for one in (told, streamed)] == [413, 413]
    assert told.json()["code"] == "request_too_large"


@ONE_ENGINE
def test_who_sends_slowly_is_given_up(settings: Settings, clock: FixedClock) -> None:
    head = b"POST /v1/document.show HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    with running(settings, clock, Limits(seconds=0.3)) as address:
        answer = raw(address, head)

    assert answer.startswith(b"HTTP/1.1 504")
    assert b"request_too_slow" in answer


@ONE_ENGINE
def test_every_answer_carries_its_headers_and_none_of_the_callers(
    anybody: httpx.Client, address: str
) -> None:
    evil = {
        b"X-Request-Id": b"a b<script>",
        b"Sed-Source": "тт".encode(),
        b"Sed-Reason": b"%0d%0aX: y",
    }
    answer = anybody.get("/nowhere", headers=evil)
    split = raw(
        address, b"GET /d/x%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )

    assert answer.status_code == 404
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "script" not in answer.headers["x-request-id"]
    assert "server" not in answer.headers
    assert b"\r\nSet-Cookie" not in split


@ONE_ENGINE
def test_headers_cannot_forge_the_trail(http: httpx.Client) -> None:
    control = register(http, **{"Sed-Reason": "%1b%5b2J"})
    source = register(http, **{"Sed-Source": "root"})
    organization_ = register(http, **{"Sed-Organization": "%2e%2e"})

    assert [one.status_code for one in (control, source, organization_)] == [422, 422, 404]


@ONE_ENGINE
def test_a_client_of_another_protocol_is_told_so(http: httpx.Client) -> None:
    answer = http.get("/v1/session.show", headers={"Sed-Protocol": "99"})

    assert answer.json()["code"] == "protocol_mismatch"


@ONE_ENGINE
@pytest.mark.parametrize(
    "value", ["", "Bearer", "Bearer x y", "Basic YTpi", "Bearer sed_no", "Bearer " + "x" * 5000]
)
def test_nobody_gets_in_without_a_token(anybody: httpx.Client, value: str) -> None:
    for name, body in (("session.show", {}), ("document.list", {}), ("document.register", LETTER)):
        answer = anybody.post(f"/v1/{name}", json=body, headers={"Authorization": value})
        assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")
        assert answer.headers["www-authenticate"].startswith("Bearer")


@ONE_ENGINE
def test_signing_in_is_slowed_down_and_then_open_again(
    gateway: LocalGateway, anybody: httpx.Client, clock: FixedClock
) -> None:
    gateway.call(password.SET, password.SetPassword(password=GOOD))

    def sign_in(secret: str) -> httpx.Response:
        return anybody.post("/v1/sign-in", json={"login": "admin", "password": secret})

    wrong = [sign_in("не то") for _ in range(5)]
    locked = sign_in(GOOD)
    clock.moment += timedelta(minutes=1)
    opened = sign_in(GOOD)
    bearer = {"Authorization": f"Bearer {opened.json()['token']}"}
    shown = anybody.get("/v1/session.show", headers=bearer)
    left = anybody.post("/v1/sign-out", headers=bearer)

    assert {one.json()["code"] for one in wrong} == {"wrong_password"}
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "30")
    assert shown.json()["login"] == "admin"
    assert left.status_code == 204
    assert anybody.get("/v1/session.show", headers=bearer).status_code == 401


def test_no_identifier_of_another_organization_opens_anything(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, http: httpx.Client, token: Token
) -> None:
    """Every operation, asked for every sort of thing of 01 by somebody with all roles in 02."""
    secret = "Совершенно тайно"
    made = http.post(
        "/v1/document.register",
        json={"flow": "order", "subject": secret, "signatory": secret, "signed_on": "2026-11-20"},
    ).json()
    gateway.call(
        organization.ADD, organization.AddOrganization(code="02", name="Управа", parent="01")
    )
    with acting(settings, clock, "admin", "02") as founder:
        hired = employee.AddEmployee(login="stranger", full_name="Ч", roles=tuple(PEOPLE))
        founder.call(employee.ADD, hired)
    headers = {"Authorization": f"Bearer {token('stranger')}", "Sed-Dry-Run": "1"}
    leaks = []
    for name, operation in list(operations().items())[:: 1 if "sqlite" in settings.database else 5]:
        fields = operation.request.model_fields
        for field in fields.keys() & _REFERENCES.keys():
            if "UUID" in str(fields[field].annotation):
                continue
            many = "tuple" in str(fields[field].annotation)
            for text in (made["id"], made["number"]):
                asked = any_request(operation, **{field: (text,) if many else text})
                answer = http.post(f"/v1/{name}", content=asked.model_dump_json(), headers=headers)
                if secret in answer.text or answer.status_code >= 500:
                    leaks.append((name, field, answer.status_code))

    assert leaks == []
    inside = http.post(
        "/v1/document.show", json={"document": made["id"]}, headers={"Sed-Organization": "02"}
    )
    chosen = http.get("/v1/document.list", headers={**headers, "Sed-Organization": "01"})
    assert (inside.status_code, chosen.status_code) == (404, 404)
