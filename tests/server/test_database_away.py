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
def test_a_use_that_could_not_be_noted_is_a_warning_and_no_failure(
    settings: Settings, gateway: LocalGateway, caplog: pytest.LogCaptureFixture
) -> None:
    allow_connections(settings, False)
    Answering(gateway, Limits())._note("0" * 64)
    allow_connections(settings, True)

    assert [one.levelname for one in caplog.records] == ["WARNING"]
