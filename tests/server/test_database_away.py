"""A database that is away is told as such by every address, and comes back by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from sed_tui.server.answering import Answering
from sed_tui.server.limits import Limits
from tests import postgres
from tests.server.test_routes import LETTER

if TYPE_CHECKING:
    import httpx

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def allow_connections(settings: Settings, allowed: bool) -> None:
    """Let the database answer or not; who is connected is cut off, as by a crash."""
    name = make_url(settings.database).database
    with psycopg.connect(postgres.server_address(), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
    cut_off(settings)


def cut_off(settings: Settings) -> None:
    """Break all connections to the database, as its restart does."""
    name = make_url(settings.database).database
    with psycopg.connect(postgres.server_address(), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )


@pytest.mark.parametrize("engine", ["postgresql"])
def test_every_address_tells_that_the_database_is_away(
    settings: Settings, http: httpx.Client
) -> None:
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/v1/document.list", {}),
        ("POST", "/v1/document.register", {"json": LETTER}),
        ("POST", "/v1/files", {"content": b"bytes"}),
        ("GET", f"/v1/files/{'0' * 64}", {}),
        ("POST", "/v1/sign-in", {"json": {"login": "admin", "password": "x"}}),
        ("POST", "/v1/sign-out", {}),
        ("GET", "/ready", {}),
    ]
    assert http.get("/v1/session.show").status_code == 200

    allow_connections(settings, False)
    away = [http.request(method, path, **rest) for method, path, rest in calls]
    alive = http.get("/health")
    allow_connections(settings, True)
    back = http.post("/v1/document.register", json=LETTER)

    assert {(one.status_code, one.json()["code"]) for one in away} == {
        (503, "database_unavailable")
    }
    assert alive.status_code == 200
    assert back.status_code == 200


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_restart_of_the_database_is_not_noticed_where_repeating_is_safe(
    settings: Settings, http: httpx.Client
) -> None:
    assert http.get("/v1/session.show").status_code == 200

    cut_off(settings)
    read = http.get("/v1/session.show")
    cut_off(settings)
    written = http.post("/v1/document.register", json=LETTER, headers={"Idempotency-Key": "one"})
    cut_off(settings)
    unsafe = http.post("/v1/document.register", json=LETTER)

    assert (read.status_code, written.status_code, unsafe.status_code) == (200, 200, 503)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_the_caller_learns_no_address_of_the_database_and_the_log_tells_it(
    settings: Settings, http: httpx.Client, anybody: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"X-Request-Id": "number-of-this-call"}
    allow_connections(settings, False)
    away = [http.get("/v1/session.show", headers=asked), anybody.get("/ready", headers=asked)]
    allow_connections(settings, True)

    name = make_url(settings.database).database or ""
    told = [
        vars(one)["told"] for one in caplog.records if one.getMessage() == "database_unavailable"
    ]
    assert not any(name in one.text or "postgres" in one.text for one in away)
    assert away[0].json()["message"].startswith("The database of the server does not answer: ")
    assert [one["request"] for one in told] == ["number-of-this-call"] * 2
    assert all(name in one["database"] for one in told)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_use_that_could_not_be_noted_is_a_warning_and_no_failure(
    settings: Settings, gateway: LocalGateway, caplog: pytest.LogCaptureFixture
) -> None:
    allow_connections(settings, False)
    Answering(gateway, Limits())._note("0" * 64)
    allow_connections(settings, True)

    assert [one.levelname for one in caplog.records] == ["WARNING"]
