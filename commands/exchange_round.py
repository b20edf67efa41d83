"""`sedctl exchange receive|send|run`: the rounds that cron makes, or a terminal watches."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from commands.exchange_rounds import Rounds
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

Limit = Annotated[
    int, typer.Option("--limit", "-n", min=1, max=100_000, help=_("How many packages at most."))
]
_LONGEST_WATCH = 24 * 60


def add_to(app: typer.Typer) -> None:
    """Add the verbs that move packages."""
    verb(app, "receive", Sort.WRITE, N_("Take packages in that lie in the inboxes."))(receive)
    verb(app, "send", Sort.WRITE, N_("Send what waits in the outbox."))(send)
    verb(app, "run", Sort.WRITE, N_("Receive and send, once or for a while; for cron."))(run)


def receive(session: Session, limit: Limit = 1000) -> None:
    """Take packages in; end with status 9 where some went into quarantine, 7 without a place."""
    done = Rounds(session)
    try:
        done.receive(limit)
    finally:
        done.print_whole()
    done.end()


def send(session: Session) -> None:
    """Send messages; end with status 9 where some could not be sent or formed."""
    done = Rounds(session)
    try:
        done.send()
    finally:
        done.print_whole()
    done.end()


def run(
    session: Session,
    limit: Limit = 1000,
    watch: Annotated[
        int | None,
        typer.Option(
            "--watch", min=1, max=_LONGEST_WATCH, help=_("Go on for so many minutes, then end.")
        ),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", min=1, max=3600, help=_("Seconds between two rounds."))
    ] = 30,
) -> None:
    """Make a round, or one after another until the time is over."""
    done = Rounds(session, is_quiet=watch is not None)
    until = time.monotonic() + (watch or 0) * 60
    try:
        while True:
            done.receive(limit)
            done.send()
            if watch is None or time.monotonic() + every > until:
                break
            done.tell()
            time.sleep(every)
    finally:
        done.print_whole()
    done.end()
