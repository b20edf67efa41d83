"""Sending what the outbox holds, after the commit that put it there.

A letter is claimed, handed in and marked in three steps. A program that dies between
the second and the third leaves a claim; when it has lapsed the letter goes once more
under the same Message-ID, by which mail programs know it again.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sed_tui.domain.clock import Clock, SystemClock
from sed_tui.domain.mail import ascii_address
from sed_tui.gateway.letter_format import letter_bytes
from sed_tui.gateway.smtp import LetterNotTaken, MailConnection, ServerTrouble
from sed_tui.i18n import _
from sed_tui.storage.database import open_database, sqlite_path
from sed_tui.storage.outbox import (
    ClaimedLetter,
    Wanted,
    claim_letter,
    mark_refused,
    mark_sent,
    put_off,
)
from sed_tui.storage.tenancy import look_everywhere
from sed_tui.storage.writer_queue import turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings
    from sed_tui.mail_settings import MailServer


@dataclass
class Delivery:
    """What became of the letters: `trouble` says why the server could not be used."""

    sent: list[UUID] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    put_off: int = 0
    trouble: str | None = None


def deliver(
    settings: Settings, server: MailServer, wanted: Wanted, clock: Clock | None = None
) -> Delivery:
    """Send letter after letter until none is left, or the server fails."""
    engine = open_database(settings.database)
    try:
        with closing(MailConnection(server)) as connection:
            return _Round(engine, connection, server, clock or SystemClock()).run(wanted)
    finally:
        engine.dispose()


class _Round:
    """Sends letters one by one; each is claimed only when its turn has come."""

    def __init__(
        self, engine: Engine, connection: MailConnection, server: MailServer, clock: Clock
    ) -> None:
        self._engine = engine
        self._connection = connection
        self._server = server
        self._clock = clock
        self._done = Delivery()
        self._tried: set[UUID] = set()

    def run(self, wanted: Wanted) -> Delivery:
        """Return what became of the letters."""
        while self._done.trouble is None:
            letter = self._next(replace(wanted, tried=self._tried))
            if letter is None:
                break
            self._send(letter)
        return self._done

    def _next(self, wanted: Wanted) -> ClaimedLetter | None:
        with self._writing() as db:
            return claim_letter(db, wanted, self._clock.now())

    def _send(self, letter: ClaimedLetter) -> None:
        recipient = ascii_address(letter.recipient)
        if recipient is None:
            self._refuse(letter, _("the address has letters that mail servers do not take"))
            return
        try:
            self._connection.send(recipient, letter_bytes(letter, recipient, self._server))
        except LetterNotTaken as error:
            if error.is_final:
                self._refuse(letter, str(error))
            else:
                self._put_off(letter, str(error))
        except ServerTrouble as error:
            self._put_off(letter, str(error))
            self._done.trouble = str(error)
        else:
            with self._writing() as db:
                mark_sent(db, letter, self._clock.now())
            self._done.sent.append(letter.id)

    def _refuse(self, letter: ClaimedLetter, reason: str) -> None:
        self._tried.add(letter.id)
        with self._writing() as db:
            mark_refused(db, letter, reason)
        self._done.refused.append((letter.recipient, reason))

    def _put_off(self, letter: ClaimedLetter, reason: str) -> None:
        self._tried.add(letter.id)
        with self._writing() as db:
            put_off(db, letter, self._clock.now(), reason)
        self._done.put_off += 1

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        path = sqlite_path(self._engine)
        with (
            turn(path) if path is not None else nullcontext(),
            self._engine.execution_options(writes=True).begin() as db,
        ):
            look_everywhere(db)
            yield db
