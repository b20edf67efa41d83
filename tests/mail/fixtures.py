"""A mail server that the settings of a test lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.mail import mailbox
from tests.mail import server as mail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., mail.MailServerOfTests]]:
    """Return a function that starts a server and makes it the one of the settings."""
    started = []

    def start(**options: Any) -> mail.MailServerOfTests:
        server = mail.start(**options)
        started.append(server)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def _imap_server() -> Iterator[mailbox.MailboxOfTests]:
    server = mailbox.start()
    yield server
    server.stop()


@pytest.fixture
def box(
    _imap_server: mailbox.MailboxOfTests, monkeypatch: pytest.MonkeyPatch
) -> mailbox.MailboxOfTests:
    """Return an empty mailbox that the settings of the test lead to."""
    _imap_server.remove_all()
    for name, value in _imap_server.environment.items():
        monkeypatch.setenv(name, value)
    return _imap_server
