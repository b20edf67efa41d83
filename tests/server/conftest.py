"""A server over an office, and clients that have tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from sed_tui.operations import access_token, employee
from tests.handlers.callers import acting
from tests.patience import LONGEST
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sed_tui.config import Settings
    from sed_tui.domain.access import Role
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

    Token = Callable[..., str]


@pytest.fixture
def address(settings: Settings, clock: FixedClock) -> Iterator[str]:
    """Return the address of a server over the office."""
    with running(settings, clock) as where:
        yield where


@pytest.fixture
def token(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Token:
    """Return a maker of tokens for logins, who are hired where they do not work yet."""

    def make(login: str, *roles: Role, scopes: tuple[str, ...] = ("write",)) -> str:
        if roles:
            hired = employee.AddEmployee(login=login, full_name=f"{login} К.", roles=roles)
            gateway.call(employee.ADD, hired)
        with acting(settings, clock, login) as person:
            wanted = access_token.AddToken(name="tests", scopes=scopes)
            return person.call(access_token.ADD, wanted).secret

    return make


@pytest.fixture
def http(address: str, token: Token) -> Iterator[httpx.Client]:
    """Return a client of the administrator, who holds every role."""
    headers = {"Authorization": f"Bearer {token('admin')}", "Accept-Language": "en"}
    with httpx.Client(base_url=address, headers=headers, timeout=LONGEST) as client:
        yield client


@pytest.fixture
def anybody(address: str) -> Iterator[httpx.Client]:
    """Return a client that has no token."""
    with httpx.Client(
        base_url=address, timeout=LONGEST, headers={"Accept-Language": "en"}
    ) as client:
        yield client
