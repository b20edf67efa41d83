"""`sedctl exchange receive|send|run`: the rounds that cron makes, or a terminal watches."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.errors import SedError
from sed_tui.errors.exchange_messages import (
    ExchangeUnavailable,
    MessagesNotSent,
    PackagesQuarantined,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.gateway.exchange_round import Sending

TAKEN = ("name", "outcome", "kind", "state", "partner", "subject", "reason")
SENT = ("sent", "put_off", "given_up", "unformed", "undelivered")
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
    failure = _receive(session, limit)
    if failure is not None:
        raise failure


def send(session: Session) -> None:
    """Send messages; end with status 9 where some could not be sent."""
    failure = _send(session)
    if failure is not None:
        raise failure


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
    until = time.monotonic() + (watch or 0) * 60
    while True:
        failure = _receive(session, limit, is_quiet=watch is not None)
        failure = _send(session, is_quiet=watch is not None) or failure
        if watch is None or time.monotonic() + every > until:
            break
        if failure is not None:
            session.say(f"! {failure}")
        time.sleep(every)
    if failure is not None:
        raise failure


def _receive(session: Session, limit: int, *, is_quiet: bool = False) -> SedError | None:
    """Take packages in, print what became of each, and return what went wrong."""
    from sed_tui.domain.exchange_flow import MessageState
    from sed_tui.gateway import exchange_round
    from sed_tui.operations.exchange_inbox import TakeOutcome

    troubles: list[tuple[str, str]] = []
    rows, kept, lost = [], [], []
    drivers = exchange_round.known_drivers()
    for name, taken in exchange_round.receive(
        session.gateway, drivers, session.options, limit, troubles
    ):
        rows.append({"name": name, **taken.model_dump(mode="json")})
        if taken.outcome is TakeOutcome.QUARANTINED:
            kept.append((name, taken.reason))
        if taken.state is MessageState.NOT_CARRIED:
            lost.append((taken.partner or "—", taken.reason or name))
        for warning in taken.warnings:
            session.say(f"! {name}: {warning}")
    if rows or not is_quiet:
        session.show_records(rows, TAKEN)
    if kept:
        name, reason = kept[0]
        return PackagesQuarantined(count=len(kept), name=name, reason=reason)
    if lost:
        partner, reason = lost[0]
        return MessagesNotSent(count=len(lost), partner=partner, reason=reason)
    if troubles:
        address, reason = troubles[0]
        return ExchangeUnavailable(address=address, reason=reason)
    return None


def _send(session: Session, *, is_quiet: bool = False) -> SedError | None:
    """Send messages, print the figures, and return what went wrong."""
    from sed_tui.gateway import exchange_round
    from sed_tui.operations.exchange_outbox import DUE, AskDue

    if session.dry_run:
        session.show_rows(session.call(DUE, AskDue()).rows, ("partner", "channel", "waiting"))
        return None
    drivers = exchange_round.known_drivers()
    done = exchange_round.send(session.gateway, drivers, session.options)
    figures = {name: getattr(done, name) for name in SENT}
    if any(figures.values()) or not is_quiet:
        session.show_record(figures, SENT)
    return _failure(done)


def _failure(done: Sending) -> SedError | None:
    if not done.troubles:
        return None
    partner, reason = done.troubles[0]
    count = done.put_off + done.given_up + done.unformed
    return MessagesNotSent(count=count, partner=partner, reason=reason)
