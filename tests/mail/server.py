"""The mail server of the tests: takes letters, refuses, stalls, drops, wants a login or TLS."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from email.message import EmailMessage

FOLDER = Path(__file__).parent
AUTHORITY = FOLDER / "authority.pem"


@dataclass
class Faults:
    """What the server does wrong: refused recipients by address, and how it fails."""

    refused: dict[str, str] = field(default_factory=dict)
    stalls: bool = False
    drops: bool = False


@dataclass
class Inbox:
    """What the server has taken, and how to fail next."""

    faults: Faults = field(default_factory=Faults)
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _letter in self.letters]

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.faults.stalls:
            await asyncio.Event().wait()
        if address in self.faults.refused:
            return self.faults.refused[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        letter = BytesParser(policy=policy.default).parsebytes(envelope.content)
        self.raw.append(envelope.content)
        self.letters += [(recipient, letter) for recipient in envelope.rcpt_tos]
        return "250 taken"


class _Server(SMTP):
    """Hangs up in the middle of a letter when it is told to."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.faults.drops:
            await self.push("354 go on")
            await self._reader.readline()
            cast("asyncio.WriteTransport", self.transport).abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@dataclass
class MailServerOfTests:
    """A running server: its inbox, and the settings that lead to it."""

    inbox: Inbox
    controller: Controller
    url: str
    options: dict[str, Any]
    is_running: bool = True

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SED_SMTP_URL": self.url,
            "SED_SMTP_FROM": "СЭД <sed@office.example>",
            "SED_SMTP_TIMEOUT": "2",
        }

    def restart(self) -> None:
        """Listen again under the same address, after a stop."""
        self.controller = _Controller(
            self.inbox, hostname="localhost", port=self.controller.port, **self.options
        )
        self.controller.start()
        self.is_running = True

    def stop(self) -> None:
        if self.is_running:
            self.is_running = False
            self.controller.stop(no_assert=True)


def start(
    *, tls: str | None = None, password: str | None = None, port: int = 0
) -> MailServerOfTests:
    """Start a server on a free port: with `tls` from the beginning, or by `starttls`."""
    inbox = Inbox()
    options: dict[str, Any] = {}
    if tls is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(FOLDER / "server.pem")
        options["ssl_context" if tls == "tls" else "tls_context"] = context
        options |= {"require_starttls": True} if tls == "starttls" else {}
    if password is not None:
        options |= {
            "authenticator": lambda *login: _answer(login[-1], password),
            "auth_required": True,
            "auth_require_tls": False,
        }
    controller = _Controller(inbox, hostname="localhost", port=port or _free_port(), **options)
    controller.start()
    scheme = "smtps" if tls == "tls" else "smtp"
    suffix = "" if tls else "?tls=no"
    user = "sed@" if password is not None else ""
    url = f"{scheme}://{user}localhost:{controller.port}{suffix}"
    return MailServerOfTests(inbox, controller, url, options)


def _answer(given: Any, password: str) -> AuthResult:
    fits = isinstance(given, LoginPassword) and given.password == password.encode()
    return AuthResult(success=fits, handled=False)  # the server itself says 535


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port
