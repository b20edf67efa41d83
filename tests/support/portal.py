"""A real portal over HTTPS for tests, with every fault that one can have."""

from __future__ import annotations

import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.mail.server import AUTHORITY, FOLDER

LOGIN_PAGE = b"<html><title>Login</title><form>password</form></html>"


@dataclass
class PortalOfTests:
    """What the portal holds, and how it fails: `page`, `error`, `redirect`, `slow`, `nonsense`."""

    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: list[dict[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    fault: str = ""
    is_closed: bool = False
    requests: int = 0
    server: ThreadingHTTPServer | None = None

    @property
    def environment(self) -> dict[str, str]:
        assert self.server is not None
        return {
            "SED_SUPPORT_URL": f"https://localhost:{self.server.server_port}/api/tickets",
            "SED_SUPPORT_CA": str(AUTHORITY),
            "SED_SUPPORT_TOKEN": "secret-of-the-portal",
        }

    def number(self, key: str) -> str:
        return f"SD-{list(self.tickets).index(key) + 1}"


def start() -> PortalOfTests:
    """Start a portal on a free port."""
    portal = PortalOfTests()

    class Handler(_Handler):
        state = portal

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    server.daemon_threads = True
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(FOLDER / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    portal.server = server
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return portal


def stop(portal: PortalOfTests) -> None:
    """Stop it."""
    if portal.server is not None:
        portal.server.shutdown()
        portal.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    state: PortalOfTests

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._failed():
            return
        if self.path.endswith("/comments"):
            self.state.comments.append(body["text"])
            self._answer({})
            return
        key = self.headers["Idempotency-Key"]
        self.state.tickets.setdefault(key, body)
        self._answer({"number": self.state.number(key)}, 201)

    def do_GET(self) -> None:
        if self._failed():
            return
        key = parse_qs(urlsplit(self.path).query).get("key", [""])[0]
        if key:
            known = key in self.state.tickets
            self._answer({"number": self.state.number(key)} if known else {}, 200 if known else 404)
            return
        self._answer(
            {"status": "in work", "closed": self.state.is_closed, "answers": self.state.answers}
        )

    def _failed(self) -> bool:
        self.state.requests += 1
        match self.state.fault:
            case "page":
                self._send(200, LOGIN_PAGE, "text/html")
            case "error":
                self._send(503, b"down", "text/plain")
            case "redirect":
                self._send(302, b"", "text/html", {"Location": "/login"})
            case "nonsense":
                self._answer({"ok": True})
            case "slow":
                self.send_response(200)
                self.end_headers()
                for _drop in range(40):
                    self.wfile.write(b" ")
                    time.sleep(0.05)
            case _:
                return False
        return True

    def _answer(self, content: dict[str, Any], status: int = 200) -> None:
        self._send(status, json.dumps(content).encode(), "application/json")

    def _send(
        self, status: int, content: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
