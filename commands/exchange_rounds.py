"""What rounds of the exchange have done: printed as it comes, or as one JSON document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from commands.session import Format, dumped
from sed_tui.errors.exchange_messages import (
    ExchangeUnavailable,
    MessagesNotSent,
    MessagesStuck,
    PackagesQuarantined,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.session import Session
    from sed_tui.errors import SedError
    from sed_tui.gateway.exchange_round import Sending

TAKEN = ("name", "outcome", "kind", "state", "partner", "subject", "reason")
SENT = ("sent", "put_off", "given_up", "unformed", "undelivered")
DUE = ("partner", "channel", "waiting")


class Rounds:
    """One round, or several on end. What goes wrong is told at the end of each.

    A place that does not answer, and messages put off, the next round may mend: of those
    the last round tells. What is found once and stays (quarantine, what was not carried,
    given up or not formed) is told by the status of the whole.
    """

    def __init__(self, session: Session, *, is_quiet: bool = False) -> None:
        self._session = session
        self._is_quiet = is_quiet
        self._is_gathered = session.format is Format.JSON
        self._rows: list[dict[str, Any]] = []
        self._figures: Counter[str] = Counter()
        self._due: list[dict[str, Any]] | None = None
        self._has_received = False
        self._passing: SedError | None = None
        self._lasting: SedError | None = None
        self._told: SedError | None = None
        self._sending: Sending | None = None

    def receive(self, limit: int) -> None:
        """Take packages in, and show what became of each."""
        from sed_tui.gateway import exchange_round

        session = self._session
        self._passing = None
        troubles: list[tuple[str, str]] = []
        begun = len(self._rows)
        drivers = exchange_round.known_drivers()
        for name, taken in exchange_round.receive(
            session.gateway, drivers, session.options, limit, troubles
        ):
            self._rows.append({"name": name, **dumped(taken)})
            for warning in taken.warnings:
                session.say(f"! {name}: {warning}")
        self._has_received = True
        rows = self._rows[begun:]
        if not self._is_gathered and (rows or not self._is_quiet):
            session.show_records(rows, TAKEN)
        self._lasting = _of_packages(rows) or self._lasting
        if troubles:
            address, reason = troubles[0]
            self._passing = ExchangeUnavailable(address=address, reason=reason)

    def send(self) -> None:
        """Send messages, and show the figures; a dry run shows what is due."""
        from sed_tui.gateway import exchange_round

        session = self._session
        if session.dry_run:
            self._show_due()
            return
        drivers = exchange_round.known_drivers()
        done = exchange_round.send(session.gateway, drivers, session.options)
        figures = {name: getattr(done, name) for name in SENT}
        self._figures.update(figures)
        if not self._is_gathered and (any(figures.values()) or not self._is_quiet):
            session.show_record(figures, SENT)
        failure = _of_messages(done)
        if done.given_up or done.unformed:
            self._lasting = failure
        else:
            self._passing = failure or self._passing
        self._sending = done

    def tell(self) -> None:
        """Say what went wrong in a round that another one follows."""
        for failure in filter(None, (self._lasting, self._passing)):
            if failure is not self._told:
                self._session.say(f"! {failure}")
        self._told = self._lasting
        self._note_told()

    def print_whole(self) -> None:
        """Print one JSON document of all rounds where that is the form; others were printed."""
        if not self._is_gathered:
            return
        figures = {name: self._figures[name] for name in SENT} if self._sending else {}
        if self._has_received or self._rows:  # rows alone: it broke off among them
            due = {} if self._due is None else {"due": self._due}
            self._session.show_records(self._rows, TAKEN, beside={**figures, **due})
        elif self._due is not None:
            self._session.show_records(self._due, DUE)
        elif figures:
            self._session.show_record(figures, SENT)

    def end(self) -> None:
        """Raise what went wrong, what stays first."""
        self._note_told()
        failure = self._lasting or self._passing
        if failure is not None:
            raise failure

    def _note_told(self) -> None:
        """Keep that what was not formed stands on the screen: killed before, it is told again."""
        from sed_tui.gateway import exchange_round

        if self._sending is not None:
            session = self._session
            exchange_round.tell_unformed(session.gateway, self._sending, session.options)

    def _show_due(self) -> None:
        from sed_tui.operations.exchange_outbox import DUE as ASK
        from sed_tui.operations.exchange_outbox import AskDue

        rows = self._session.call(ASK, AskDue()).rows
        self._due = [one.model_dump(mode="json") for one in rows]
        if not self._is_gathered:
            self._session.show_rows(rows, DUE)


def _of_packages(rows: Sequence[Mapping[str, Any]]) -> SedError | None:
    """Return what of packages stays for people: quarantine, what the agent could not carry."""
    from sed_tui.domain.exchange_flow import MessageState
    from sed_tui.operations.exchange_inbox import TakeOutcome

    kept = [one for one in rows if one["outcome"] == TakeOutcome.QUARANTINED.value]
    if kept:
        first = kept[0]
        return PackagesQuarantined(count=len(kept), name=first["name"], reason=first["reason"])
    lost = [one for one in rows if one["state"] == MessageState.NOT_CARRIED.value]
    if lost:
        partner, reason = lost[0]["partner"] or "—", lost[0]["reason"] or lost[0]["name"]
        return MessagesStuck(count=len(lost), partner=partner, reason=reason)
    return None


def _of_messages(done: Sending) -> SedError | None:
    if not done.troubles:
        return None
    partner, reason = done.troubles[0]
    count = done.put_off + done.given_up + done.unformed
    kind = MessagesStuck if done.given_up or done.unformed else MessagesNotSent
    return kind(count=count, partner=partner, reason=reason)
