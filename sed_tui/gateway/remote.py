"""Operations on a server, over HTTPS: the same calls, the same results, the same failures."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx

from sed_tui.config import token_of_now
from sed_tui.errors.identity import BadToken
from sed_tui.errors.network import NotOverServer, SignInNeeded
from sed_tui.gateway.connections import Connections
from sed_tui.gateway.network_trouble import trouble
from sed_tui.gateway.protocol import (
    AUTOMATIC,
    DRY_RUN_HEADER,
    KEY_HEADER,
    MASKED_HEADER,
    ORGANIZATION_HEADER,
    PREFIX,
    PROTOCOL_HEADER,
    REASON_HEADER,
    SOURCE_HEADER,
)
from sed_tui.gateway.remote_answers import checked, failure_in, whole
from sed_tui.gateway.server_address import checked_address
from sed_tui.gateway.transfer import fetched, pieces
from sed_tui.i18n import active_language
from sed_tui.operations.registry import CallOptions, Effect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.connections import Line
    from sed_tui.operations.registry import Operation, RequestT, ResultT

AnswerT = TypeVar("AnswerT")
_TRIES = 4
_FIRST_PAUSE = 0.2
_GATEWAY_FAILURES = {502, 503, 504}


class RemoteGateway:
    """Runs operations on a server over connections that are kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server = checked_address(settings.server or "")
        self._connections = Connections(self._server, settings.ca_file)
        self._staged: list[str] = []

    @property
    def place(self) -> str:
        """Say which server this is."""
        return self._server

    @property
    def largest_file(self) -> int:
        """Return how many bytes of a file are too many here; the server may take less."""
        return self._settings.max_file_size

    @cached_property
    def identity(self) -> str:
        """Say who acts: whoever the token belongs to."""
        from sed_tui.operations.session import SHOW, ShowSession

        if self._settings.login:
            return f"{self._settings.login}@{self._settings.organization or ''}"
        session = self.call(SHOW, ShowSession())
        return f"{session.login}@{session.organization}"

    def call(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        options: CallOptions | None = None,
    ) -> ResultT:
        """Run one operation. A change has a key, so that sending it twice makes it once."""
        chosen = options or CallOptions()
        is_change = operation.effect is not Effect.READ and not chosen.dry_run
        key = chosen.idempotency_key or (f"{AUTOMATIC}{uuid4()}" if is_change else None)
        response = self._sent(
            f"{PREFIX}/{operation.name}",
            content=request.model_dump_json(exclude_unset=True),
            headers={"Content-Type": "application/json", **_headers(chosen, key)},
            changes=is_change,
        )
        return operation.result.model_validate_json(response.content)

    def stage(self, source: BinaryIO, *, is_passing: bool = False) -> str:
        """Send bytes and return their token; they are sent once, for they may be a pipe.

        A server does the same with passing ones as with all.
        """
        if not source.seekable():
            return self._staged_once(source)
        begins = source.tell()

        def send() -> str:
            source.seek(begins)
            return self._staged_once(source)

        return self._again(send)

    def _staged_once(self, source: BinaryIO) -> str:
        try:
            with self._connections.line(changes=True) as line:
                response = whole(
                    line.client,
                    "POST",
                    f"{PREFIX}/files",
                    content=pieces(source, self._settings.max_file_size),
                    headers={"Content-Type": "application/octet-stream", **self._own_headers()},
                )
        except httpx.TransportError as error:
            raise trouble(error, self._server) from error
        failure = failure_in(checked(response, self._server))
        if failure is not None:
            if "path" in failure.details and isinstance(name := getattr(source, "name", ""), str):
                failure.details["path"] = name.rpartition("/")[2] or failure.details["path"]
            raise failure
        token: str = response.json()["token"]
        self._staged.append(token)
        return token

    def fetch(self, sha256: str) -> BinaryIO:
        """Fetch kept bytes into a file that is gone when it is closed; they are those asked for."""
        return self._again(lambda: self._fetched(sha256))

    def _fetched(self, sha256: str) -> BinaryIO:
        try:
            with self._connections.line() as line:
                address = f"{PREFIX}/files/{sha256}"
                return fetched(line.client, address, self._own_headers(), sha256)
        except httpx.TransportError as error:
            raise trouble(error, self._server) from error

    def export_organization(self, folder: Path) -> NoReturn:
        """Refuse: it is written where the database is. Raises `NotOverServer`."""
        raise NotOverServer(server=self._server)

    def within(self, organization: str) -> RemoteGateway:
        """Return the gateway of another organization, over the same connections."""
        other = copy(self)
        other.__dict__.pop("identity", None)
        other._settings = replace(self._settings, organization=organization)
        return other

    def sign_out(self) -> None:
        """End the session of the token."""
        self._sent(f"{PREFIX}/sign-out", content="", headers={})

    def hang_up(self) -> None:
        """Let go of answers on their way: reads end at once, changes are waited for."""
        self._connections.let_go()

    def close(self) -> None:
        """Close the connections, and forget staged bytes that no operation kept."""
        if self._staged:
            with self._connections.line() as line:
                for token in self._staged:
                    with suppress(httpx.TransportError):  # the server sweeps after a day
                        address = f"{PREFIX}/files/{token}"
                        line.client.delete(address, headers=self._own_headers())
        self._staged.clear()
        self.hang_up()

    def _own_headers(self) -> dict[str, str]:
        if not self._settings.token:
            raise SignInNeeded(server=self._server)
        if not (self._settings.token.isascii() and self._settings.token.isprintable()):
            raise BadToken  # a header could not carry it
        headers = {
            "Authorization": f"Bearer {self._settings.token}",
            "Accept-Language": active_language(),
        }
        if self._settings.organization:
            headers[ORGANIZATION_HEADER] = quote(self._settings.organization)
        return headers

    def _sent(
        self, path: str, *, content: str, headers: dict[str, str], changes: bool = True
    ) -> httpx.Response:
        """Send a call until it is answered; it may be repeated, whatever it does.

        Reads change nothing, changes have a key, and a dry run is rolled back.
        """
        return self._again(lambda: self._sent_once(path, content, headers, changes=changes))

    def _sent_once(
        self, path: str, content: str, headers: dict[str, str], *, changes: bool
    ) -> httpx.Response:
        with self._connections.line(changes=changes) as line:
            response = self._answer(line, path, content, {**self._own_headers(), **headers})
        if (failure := failure_in(response)) is not None:
            raise failure
        return response

    def _again(self, ask: Callable[[], AnswerT]) -> AnswerT:
        """Ask once more where the session has ended, and its person has signed in anew since.

        A form that is open in the interface is not lost with the session. Raises `BadToken`.
        """
        try:
            return ask()
        except BadToken as error:
            token = token_of_now(self._settings)
            if token in {None, self._settings.token}:
                profile = f"--profile {self._settings.profile} " if self._settings.profile else ""
                error.details["command"] = f"sedctl {profile}login {self._server}"
                raise
        self._settings = replace(self._settings, token=token)
        return ask()

    def _answer(
        self, line: Line, path: str, content: str, headers: dict[str, str]
    ) -> httpx.Response:
        for attempt in range(_TRIES):
            is_last = attempt + 1 == _TRIES
            try:
                response = whole(line.client, "POST", path, content=content, headers=headers)
                response = checked(response, self._server, may_wait=not is_last)
            except httpx.TransportError as error:
                if is_last or line.is_let_go or not _passes(error):
                    raise trouble(error, self._server) from error
            else:
                if response.status_code not in _GATEWAY_FAILURES or is_last or _is_ours(response):
                    return response
            time.sleep(_FIRST_PAUSE * 2**attempt * (0.5 + random.random()))
        raise AssertionError("the last attempt returns or raises")


def _headers(options: CallOptions, key: str | None) -> dict[str, str]:
    headers = {SOURCE_HEADER: options.source}
    if options.dry_run:
        headers[DRY_RUN_HEADER] = "1"
    if options.masked:
        headers[MASKED_HEADER] = "1"
    if options.reason:
        headers[REASON_HEADER] = quote(options.reason)
    if key:
        headers[KEY_HEADER] = quote(key)
    return headers


def _passes(error: httpx.TransportError) -> bool:
    """Tell whether it may be over in a second: not a name, not a certificate, not a silence."""
    failure = trouble(error, "")
    return failure.code == "server_down" and not isinstance(error, httpx.TimeoutException)


def _is_ours(response: httpx.Response) -> bool:
    return PROTOCOL_HEADER in response.headers
