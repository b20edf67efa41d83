"""A real IMAP server for tests: pymap in a process of its own, with letters put in over IMAP."""

from __future__ import annotations

import imaplib
import ssl
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.mail.server import AUTHORITY, FOLDER, _free_port
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGIN, PASSWORD = "sed", "secret-of-the-box"
_CERTIFICATE = str(FOLDER / "server.pem")
# pymap as its program starts it, but for the cost of a password: every one of the hundred
# sessions of a run gave it half a million rounds
_PROGRAM = """
from functools import partial
from pymap import config, main
config.BuiltinHash = partial(config.BuiltinHash, rounds=1)
main.main()
"""


@dataclass
class MailboxOfTests:
    """A running server with one mailbox, and the settings that lead to it."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "SED_IMAP_URL": f"imap://{LOGIN}@localhost:{self.port}/INBOX",
            "SED_IMAP_PASSWORD": PASSWORD,
            "SED_IMAP_CA": str(AUTHORITY),
            "SED_IMAP_TIMEOUT": "5",
        }

    def put(self, *letters: bytes) -> None:
        client = self._client()
        for letter in letters:
            status, said = client.append("INBOX", "", "", letter)
            assert status == "OK", said
        client.logout()

    def flags(self) -> list[str]:
        client = self._client()
        client.select("INBOX", readonly=True)
        _status, found = client.uid("FETCH", "1:*", "(FLAGS)")
        client.logout()
        return [str(part) for part in found]

    def remove_all(self) -> None:
        """Make the mailbox anew: its numbering gets another validity."""
        client = self._client()
        client.select("INBOX")
        client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
        client.logout()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("localhost", self.port, timeout=LONGEST)
        client.starttls(ssl.create_default_context(cafile=AUTHORITY))
        client.login(LOGIN, PASSWORD)
        return client


def start() -> MailboxOfTests:
    """Start a server and wait until it answers."""
    port = _free_port()
    command = (sys.executable, "-c", _PROGRAM)
    place = ("--host", "localhost", "--port", str(port))
    keys = ("--cert", _CERTIFICATE, "--key", _CERTIFICATE)
    user = ("dict", "--demo-user", LOGIN, "--demo-password", PASSWORD)
    process = subprocess.Popen(
        [*command, *place, *keys, *user],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        with suppress(OSError, imaplib.IMAP4.error):
            imaplib.IMAP4("localhost", port, timeout=LONGEST).logout()
            return MailboxOfTests(process, port)
        assert process.poll() is None, "the server ended at once"
        time.sleep(0.05)
    process.kill()
    raise AssertionError("the server does not answer")
