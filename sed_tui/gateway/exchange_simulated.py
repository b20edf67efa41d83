"""A partner's server that is none: it takes letters over HTTP and answers as it is told to.

It speaks what the format demands of a partner and nothing else: the greeting, bytes, delivery.
It listens for one connector on trial, keeps nothing, and is no server for work.
"""

from __future__ import annotations

import io
import json
import secrets
import tempfile
import threading
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.errors import NotFound, SedError
from sed_tui.errors.identity import BadToken
from sed_tui.exchange.json_package import MESSAGE, opened_json, write_json
from sed_tui.exchange.message import Letter
from sed_tui.exchange.message_json import body_name
from sed_tui.exchange.message_schema import FORMAT
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.simulation import answers_of
from sed_tui.gateway.protocol import DRY_RUN_HEADER, PREFIX, PROBLEM, PROTOCOL, PROTOCOL_HEADER
from sed_tui.operations.exchange_delivery import DELIVER, GREET, DeliverMessage
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from random import Random

    from sed_tui.exchange.message import Message
    from sed_tui.exchange.simulation import Behaviour
    from sed_tui.gateway.remote import RemoteGateway

_CONNECTOR = CallOptions(source="connector")
_MOST_STAGED, _MOST_BYTES = 20, 64 << 20
_SOON = 0.2
_FORBIDDEN, _NOT_FOUND, _INVALID = 401, 404, 422


@dataclass
class SimulatedPartner:
    """Who is played: its identifier, that of the connector on trial, and how it behaves.

    `back` is the server of the connector, which answers are handed over to; `said` is told
    the identifier of a letter and what was answered. A message that came before is known.
    """

    uid: str
    their_uid: str
    token: str
    behaviour: Behaviour
    chance: Random
    back: RemoteGateway
    now: Callable[[], datetime]
    said: Callable[[str, str], None]
    staged: dict[str, bytes] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def greeting(self) -> dict[str, Any]:
        """Return the answer to a greeting."""
        partner = {"uids": [self.their_uid], "own_uid": self.uid, "max_bytes": _MOST_BYTES}
        told = {"format": FORMAT, "formats": [FORMAT], "organization": "Имитация партнёра"}
        return {**told, "partners": [partner]}

    def stage(self, content: bytes) -> dict[str, Any]:
        """Keep bytes until they are delivered; the oldest give way."""
        token = secrets.token_hex(16)
        while len(self.staged) >= _MOST_STAGED:
            del self.staged[next(iter(self.staged))]
        self.staged[token] = content
        return {"token": token}

    def deliver(self, token: str, *, dry_run: bool) -> dict[str, Any]:
        """Take a message in, and answer it in a while. Raises `BadMessage`, `NotFound`."""
        if token not in self.staged:
            raise NotFound(field="token", kind="token", key=token)
        with tempfile.TemporaryDirectory(prefix="sed-exchange-") as scratch:
            place = Path(scratch) / "package.zip"
            place.write_bytes(self.staged[token])
            with opened_json(place, Profile()) as package:
                message = package.message
        told = {"kind": body_name(message.body), "message_uid": message.uid, "warnings": []}
        if message.source.uid != self.their_uid:
            return {**told, "outcome": "quarantined", "reason": message.source.uid}
        if message.uid in self.known:
            return {**told, "outcome": "already"}
        if not dry_run:
            self.known.add(message.uid)
            # no answer before the connector has heard that its message was taken
            threading.Timer(_SOON, self._answer, [message]).start()
        return {**told, "outcome": "taken"}

    def _answer(self, message: Message) -> None:
        if not isinstance(message.body, Letter):
            return
        for says, answer in answers_of(message, self.behaviour, self.chance, self.now()):
            content = b"no package" if answer is None else packed_json(answer)
            try:
                token = self.back.stage(io.BytesIO(content))
                request = DeliverMessage(token=token, name=says)
                done = self.back.call(DELIVER, request, _CONNECTOR).outcome.value
            except SedError as error:
                done = str(error)
            self.said(message.uid, f"{says}: {done}")


def packed_json(message: Message) -> bytes:
    """Return a message that has no files as the zip that travels."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MESSAGE, write_json(message, Profile()))
    return target.getvalue()


def serving(partner: SimulatedPartner, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server that is bound and does not run yet. Raises `OSError`."""
    kind = type("Answering", (_Answering,), {"partner": partner})
    return ThreadingHTTPServer((host, port), kind)


class _Answering(BaseHTTPRequestHandler):
    """Answers the three addresses of the exchange."""

    partner: SimulatedPartner
    protocol_version = "HTTP/1.1"

    def log_message(self, *_told: Any) -> None:
        """Say nothing: what matters is told by the partner."""

    def do_POST(self) -> None:
        """Answer a call, or tell the failure as a problem."""
        content = self._content()
        try:
            self._check_token()
            self._send(200, self._done(content))
        except BadToken as error:
            self._send(_FORBIDDEN, error.as_problem(), PROBLEM)
        except NotFound as error:
            self._send(_NOT_FOUND, error.as_problem(), PROBLEM)
        except SedError as error:
            self._send(_INVALID, error.as_problem() | {"detail": str(error)}, PROBLEM)

    def do_DELETE(self) -> None:
        """Forget staged bytes."""
        self.partner.staged.pop(self.path.rpartition("/")[2], None)
        self._send(200, {})

    def _done(self, content: bytes) -> dict[str, Any]:
        if self.path == f"{PREFIX}/{GREET.name}":
            return self.partner.greeting()
        if self.path == f"{PREFIX}/files":
            return self.partner.stage(content)
        if self.path == f"{PREFIX}/{DELIVER.name}":
            told: dict[str, Any] = {}
            with suppress(ValueError):
                told = dict(json.loads(content))
            dry_run = self.headers.get(DRY_RUN_HEADER) == "1"
            return self.partner.deliver(str(told.get("token")), dry_run=dry_run)
        raise NotFound(field="path", kind="path", key=self.path)

    def _check_token(self) -> None:
        given = self.headers.get("Authorization", "")
        if not compare_digest(given.encode(), f"Bearer {self.partner.token}".encode()):
            raise BadToken

    def _content(self) -> bytes:
        """Return the body, also one in chunks; no more than a trial needs."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES))
        pieces = bytearray()
        while size := int(self.rfile.readline(20).split(b";")[0] or b"0", 16):
            if len(pieces) + size > _MOST_BYTES:
                break
            pieces += self.rfile.read(size)
            self.rfile.readline(2)
        self.rfile.readline(2)
        return bytes(pieces)

    def _send(self, status: int, told: dict[str, Any], kind: str = "application/json") -> None:
        body = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header(PROTOCOL_HEADER, PROTOCOL)
        self.end_headers()
        self.wfile.write(body)
