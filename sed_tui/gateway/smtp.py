"""Handing letters in to a mail server over SMTP: one connection, letter by letter."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sed_tui.domain.mail import SENDING_LIMIT_SECONDS, words_of_server
from sed_tui.errors.causes import system_cause
from sed_tui.gateway.authorities import trusting
from sed_tui.i18n import _
from sed_tui.mail_settings import Security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.mail_settings import MailServer

_FINAL = 500
# the server is going away; it wants a login: no letter is to blame
_OF_THE_SERVER = {421, 530, 534, 535, 538}


class ServerTrouble(Exception):
    """The server does not work: every letter has to wait; the text says why."""


class LetterNotTaken(Exception):
    """The server works and does not take this letter; `is_final` where it never will."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


class MailConnection:
    """A connection to the mail server, opened for the first letter and kept for the next."""

    def __init__(self, server: MailServer, limit: float = SENDING_LIMIT_SECONDS) -> None:
        self._server = server
        self._limit = limit
        self._client: smtplib.SMTP | None = None

    def send(self, recipient: str, content: bytes) -> None:
        """Hand one letter in. Raises `LetterNotTaken`, or `ServerTrouble` for the server's faults.

        Every answer is awaited for the server's time-out, the whole letter for a limit.
        """
        try:
            with self._bounded():
                self._open().sendmail(self._server.sender, [recipient], content)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise self._not_taken(code, words) from None
        except smtplib.SMTPDataError as error:
            raise self._not_taken(error.smtp_code, error.smtp_error) from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise self._trouble(error) from None

    def close(self) -> None:
        """Take leave of the server, if it still listens."""
        if self._client is not None:
            with suppress(OSError, smtplib.SMTPException), self._bounded():
                self._client.quit()
            self._drop()

    def _open(self) -> smtplib.SMTP:
        if self._client is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._client.noop()[0] < _FINAL:  # a server may hang up between letters
                    return self._client
            self._drop()
        self._client = self._new_client()
        self._client.connect(self._server.host, self._server.port)
        self._client.ehlo_or_helo_if_needed()
        if self._server.security is Security.STARTTLS:
            self._client.starttls(context=self._trust())
        if self._server.login is not None:
            self._client.login(self._server.login, self._server.password or "")
        return self._client

    def _new_client(self) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                timeout=server.timeout, local_hostname=_own_name(), context=self._trust()
            )
        else:
            client = smtplib.SMTP(timeout=server.timeout, local_hostname=_own_name())
        # the name that the certificate has to carry; `connect` does not set it
        client._host = server.host  # type: ignore[attr-defined]
        return client

    def _trust(self) -> ssl.SSLContext:
        return trusting(self._server.authority)

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Hang up when the whole takes too long: a byte a second keeps every time-out quiet."""
        timer = threading.Timer(self._limit, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _hang_up(self) -> None:
        connection = self._client.sock if self._client is not None else None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _not_taken(self, code: int, words: bytes | str) -> LetterNotTaken | ServerTrouble:
        reason = self._cleaned(f"{code} {_decoded(words)}")
        if code in _OF_THE_SERVER:
            self._drop()
            return ServerTrouble(reason)
        return LetterNotTaken(reason, is_final=code >= _FINAL)

    def _trouble(self, error: Exception) -> ServerTrouble:
        self._drop()
        match error:
            case smtplib.SMTPResponseException():
                reason = f"{error.smtp_code} {_decoded(error.smtp_error)}"
            case OSError() if _timed_out(error):
                reason = _("no answer in {seconds} seconds").format(
                    seconds=int(self._server.timeout)
                )
            case smtplib.SMTPServerDisconnected():
                reason = _("it closed the connection")
            case ssl.SSLCertVerificationError():
                reason = _("its certificate is not trusted: {reason}").format(
                    reason=error.verify_message
                )
            case smtplib.SMTPNotSupportedError():
                reason = _("it offers neither STARTTLS nor a way to log in: {reason}").format(
                    reason=error
                )
            case OSError():
                reason = system_cause(error)
            case _:
                reason = str(error)
        return ServerTrouble(self._cleaned(reason))

    def _cleaned(self, words: str) -> str:
        secret = self._server.password
        if secret:
            words = words.replace(base64.b64encode(secret.encode()).decode(), "***")
        return words_of_server(words, secret)


def _decoded(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _timed_out(error: OSError) -> bool:
    # the library tells a time-out while it waits for an answer as a closed connection
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _own_name() -> str:
    # `getfqdn`, the library's choice, asks the network and may wait for it
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
