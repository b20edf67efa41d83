"""Answers of a server: whether they are ours at all, and the failures that they tell."""

from __future__ import annotations

from typing import Any

import httpx

from sed_tui.errors import SedError, by_code
from sed_tui.errors.network import (
    AnswerTooLarge,
    NotOurServer,
    ProtocolMismatch,
    ProxyTrouble,
    ServerDown,
    TooLargeForProxy,
    UnknownFailure,
)
from sed_tui.gateway.problem_details import unpacked
from sed_tui.gateway.protocol import PROBLEM, PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from sed_tui.i18n import _

_PROXY_WANTS_A_PASSWORD = 407
_TOO_LARGE = 413
_OF_A_GATEWAY = {502, 503, 504}


def whole(client: httpx.Client, method: str, path: str, **how: Any) -> httpx.Response:
    """Ask, and return the answer with its body, as far as an answer may go.

    Raises `AnswerTooLarge`: a body that never ends would fill the memory.
    """
    with client.stream(method, path, **how) as response:
        return with_body(response, str(client.base_url))


def with_body(response: httpx.Response, server: str) -> httpx.Response:
    """Return an answer that is being read with its body. Raises `AnswerTooLarge`."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MOST:
            raise AnswerTooLarge(server=server.rstrip("/"), limit=MOST // 1024)
    headers = [pair for pair in response.headers.multi_items() if pair[0] not in _OF_THE_WIRE]
    return httpx.Response(
        response.status_code, headers=headers, content=bytes(body), request=response.request
    )


MOST = 256 * 1024**2
"""Bytes of an answer: more than the longest report of a region has."""
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}


def checked(response: httpx.Response, server: str, *, may_wait: bool = False) -> httpx.Response:
    """Return an answer that a server of this protocol gave.

    Whatever else answers is never taken for an empty result; a proxy's word that the server
    is away is let through where one `may_wait`. Raises `NotOurServer`, `ProtocolMismatch`,
    `ProxyTrouble`, `ServerDown`, `TooLargeForProxy`.
    """
    theirs = response.headers.get(PROTOCOL_HEADER)
    if theirs == PROTOCOL:
        return response
    if theirs is not None:
        version = response.headers.get(VERSION_HEADER, "?")
        raise ProtocolMismatch(theirs=theirs, version=version, ours=PROTOCOL)
    if response.status_code == _PROXY_WANTS_A_PASSWORD:
        raise ProxyTrouble(server=server, reason="407")
    if response.status_code == _TOO_LARGE:
        raise TooLargeForProxy(server=server)
    if response.status_code in _OF_A_GATEWAY:
        if may_wait:
            return response
        told = _("the proxy before it has no answer from it (status {status}).")
        raise ServerDown(server=server, reason=told.format(status=response.status_code))
    raise NotOurServer(server=server, status=response.status_code)


def failure_in(response: httpx.Response) -> SedError | None:
    """Return the failure that a problem tells, None for a result."""
    if not response.headers.get("content-type", "").startswith(PROBLEM):
        return None
    told: dict[str, Any] = response.json()
    kind = by_code().get(told.get("code", ""))
    if kind is not None:
        failure = kind(field=told.get("field"), row=told.get("row"), **_details(told))
        if _is_whole(failure):
            return _numbered(failure, told)
    advice = told.get("hint") or ""
    failure = UnknownFailure(
        field=told.get("field"), row=told.get("row"), text=str(told.get("detail")), advice=advice
    )
    return _numbered(failure, told)


def _numbered(failure: SedError, told: dict[str, Any]) -> SedError:
    """Note the number under which the server's log has the request."""
    failure.request = str(told.get("instance") or "").rpartition(":")[2] or None
    return failure


def _details(told: dict[str, Any]) -> dict[str, Any]:
    details = unpacked(told.get("details", {}))
    return {name: value for name, value in details.items() if name not in {"field", "row"}}


def _is_whole(failure: SedError) -> bool:
    """Tell whether the message of this version has all that it names."""
    try:
        return bool(f"{failure}{failure.advice}")
    except (KeyError, ValueError, AttributeError, IndexError):
        return False
