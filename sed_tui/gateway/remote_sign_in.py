"""Signing in to a server, before there is a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from sed_tui.gateway.connections import open_client
from sed_tui.gateway.network_trouble import trouble
from sed_tui.gateway.protocol import PREFIX
from sed_tui.gateway.remote_answers import checked, failure_in, whole
from sed_tui.gateway.server_address import checked_address
from sed_tui.i18n import active_language

if TYPE_CHECKING:
    from collections.abc import Callable


def server_answers(server: str, ca_file: str | None) -> None:
    """Make sure that a server of this program answers at an address."""
    _asked(server, ca_file, lambda client: whole(client, "GET", "/health"))


def open_session(server: str, ca_file: str | None, login: str, password: str) -> str:
    """Return the token of a new session. Raises `WrongPassword`, `TooManyAttempts`."""
    body = {"login": login, "password": password}
    headers = {"Accept-Language": active_language()}
    response = _asked(
        server,
        ca_file,
        lambda client: whole(client, "POST", f"{PREFIX}/sign-in", json=body, headers=headers),
    )
    token: str = response.json()["token"]
    return token


def _asked(
    server: str, ca_file: str | None, ask: Callable[[httpx.Client], httpx.Response]
) -> httpx.Response:
    address = checked_address(server)
    with open_client(address, ca_file) as client:
        try:
            response = checked(ask(client), address)
        except httpx.TransportError as error:
            raise trouble(error, address) from error
    if (failure := failure_in(response)) is not None:
        raise failure
    return response
