"""States of exchanged messages, the same for every channel (rules §1.14, exchange states).

A receipt speaks of the transport of a message; a notification speaks of a document. States
have ranks, and ranks only grow: whatever comes late, twice or in another order, the letter
ends in the same state. What contradicts goes to a clerk and is never applied silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sed_tui.domain.files import FILE_ROLES
from sed_tui.i18n import N_

RECEIPT_WITHIN = timedelta(hours=72)
"""After so long without a receipt a letter counts as undelivered; it may still be."""
GIVEN_UP_AFTER = timedelta(days=7)
"""So long a message is tried again: a partner that is down for three days loses nothing."""
CLAIM_LAPSES = timedelta(minutes=15)
_FIRST_PAUSE, _LONGEST_PAUSE, _DOUBLINGS = timedelta(minutes=1), timedelta(hours=4), 8


class Direction(StrEnum):
    """Which way a message goes."""

    OUT = "out"
    IN = "in"


class MessageKind(StrEnum):
    """What a message is: a document, what became of one, or that a message arrived."""

    LETTER = "letter"
    NOTIFICATION = "notification"
    RECEIPT = "receipt"
    UNKNOWN = "unknown"


class MessageState(StrEnum):
    """How far a message has come; which of them it may have, its direction and kind tell."""

    # outgoing
    PREPARED = "prepared"
    FORMATION_FAILED = "formation_failed"
    GIVEN_UP = "given_up"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    NOT_CARRIED = "not_carried"
    NOT_ACCEPTED = "not_accepted"
    DELIVERED = "delivered"
    REGISTERED = "registered"
    REFUSED = "refused"
    EXECUTOR_ASSIGNED = "executor_assigned"
    IN_EXECUTION = "in_execution"
    REPORT_PREPARED = "report_prepared"
    REPORT_SENT = "report_sent"
    PUBLISHED = "published"
    # incoming, beside registered and refused
    WAITING = "waiting"
    APPLIED = "applied"
    REPEATED = "repeated"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    DROPPED = "dropped"


class Signal(StrEnum):
    """What is learned of a letter that was sent."""

    SENT = "sent"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    TIMEOUT = "timeout"
    NOT_CARRIED = "not_carried"
    REGISTERED = "registered"
    REFUSED = "refused"
    EXECUTOR_ASSIGNED = "executor_assigned"
    COURSE_CHANGED = "course_changed"
    REPORT_PREPARED = "report_prepared"
    REPORT_SENT = "report_sent"
    PUBLISHED = "published"


class Consequence(StrEnum):
    """What a signal does: the state changes, it is written down alone, or a clerk decides."""

    APPLIED = "applied"
    LOGGED = "logged"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class Step:
    """What a signal does to a letter, and the state of the letter after it."""

    consequence: Consequence
    state: MessageState


_S = MessageState
RANKS: dict[MessageState, int] = {
    _S.FORMATION_FAILED: 0,
    _S.PREPARED: 0,
    _S.GIVEN_UP: 1,
    _S.SENT: 2,
    _S.UNDELIVERED: 3,
    _S.NOT_CARRIED: 4,
    _S.NOT_ACCEPTED: 5,
    _S.DELIVERED: 5,
    _S.REFUSED: 6,
    _S.REGISTERED: 6,
    _S.EXECUTOR_ASSIGNED: 7,
    _S.IN_EXECUTION: 8,
    _S.REPORT_PREPARED: 9,
    _S.REPORT_SENT: 10,
    _S.PUBLISHED: 11,
}
"""The states of an outgoing letter in their order."""
LEADS_TO: dict[Signal, MessageState] = {
    Signal.SENT: _S.SENT,
    Signal.ACCEPTED: _S.DELIVERED,
    Signal.NOT_ACCEPTED: _S.NOT_ACCEPTED,
    Signal.TIMEOUT: _S.UNDELIVERED,
    Signal.NOT_CARRIED: _S.NOT_CARRIED,
    Signal.REGISTERED: _S.REGISTERED,
    Signal.REFUSED: _S.REFUSED,
    Signal.EXECUTOR_ASSIGNED: _S.EXECUTOR_ASSIGNED,
    Signal.COURSE_CHANGED: _S.IN_EXECUTION,
    Signal.REPORT_PREPARED: _S.REPORT_PREPARED,
    Signal.REPORT_SENT: _S.REPORT_SENT,
    Signal.PUBLISHED: _S.PUBLISHED,
}
_TOLD_BY_PARTNER = frozenset(Signal) - {Signal.SENT, Signal.TIMEOUT, Signal.NOT_CARRIED}
_BEYOND_DELIVERY = frozenset(state for state, rank in RANKS.items() if rank >= RANKS[_S.REGISTERED])
# one of these and one of those cannot both be true
_CONTRADICTIONS = (
    (frozenset({_S.NOT_ACCEPTED}), frozenset({_S.DELIVERED}) | _BEYOND_DELIVERY),
    (frozenset({_S.REFUSED}), _BEYOND_DELIVERY - {_S.REFUSED}),
)
_RESENT = frozenset(
    {
        *(_S.FORMATION_FAILED, _S.GIVEN_UP, _S.UNDELIVERED, _S.NOT_CARRIED),
        *(_S.NOT_ACCEPTED, _S.REFUSED),
    }
)

_RETRIED = frozenset({_S.PREPARED, _S.FORMATION_FAILED, _S.GIVEN_UP, _S.NOT_CARRIED})
# it waits or has failed, and is mended: another message of the same letter would double it
_UNSETTLED = frozenset(
    {
        *(_S.PREPARED, _S.FORMATION_FAILED, _S.GIVEN_UP),
        *(_S.UNDELIVERED, _S.NOT_CARRIED, _S.NOT_ACCEPTED),
    }
)


def step(state: MessageState, signal: Signal) -> Step:
    """Return what a signal does to an outgoing letter in a state.

    A notification proves delivery whether a receipt came or not. A letter that was never
    formed is not spoken of by anybody: such a signal goes to a clerk.
    """
    reached = LEADS_TO[signal]
    if signal is Signal.TIMEOUT and state is not _S.SENT:
        return Step(Consequence.LOGGED, state)
    if state is _S.FORMATION_FAILED or _contradict(state, reached):
        return Step(Consequence.CLERK if signal in _TOLD_BY_PARTNER else Consequence.LOGGED, state)
    if RANKS[reached] > RANKS[state]:
        return Step(Consequence.APPLIED, reached)
    return Step(Consequence.LOGGED, state)


def may_be_resent(state: MessageState) -> bool:
    """Tell whether a letter may go once more, as a message of its own."""
    return state in _RESENT


def may_be_retried(state: MessageState) -> bool:
    """Tell whether the message itself may be tried once more: it has not gone yet."""
    return state in _RETRIED


def holds_the_place(state: MessageState) -> bool:
    """Tell whether a letter waits or has failed, so that it is mended and not dispatched anew."""
    return state in _UNSETTLED


def pause_after(attempts: int) -> timedelta:
    """Return how long a message waits after so many failed attempts: twice as long each time."""
    return min(_FIRST_PAUSE * (1 << min(max(attempts, 1) - 1, _DOUBLINGS)), _LONGEST_PAUSE)


def _contradict(one: MessageState, other: MessageState) -> bool:
    return any(
        (one in left and other in right) or (other in left and one in right)
        for left, right in _CONTRADICTIONS
    )


# decisions on what came in: which state a decision starts from, and where it leads
DECISIONS: dict[str, tuple[frozenset[MessageState], MessageState]] = {
    "register": (frozenset({_S.WAITING}), _S.REGISTERED),
    "refuse": (frozenset({_S.WAITING}), _S.REFUSED),
    "release": (frozenset({_S.QUARANTINED}), _S.RELEASED),
    "drop": (frozenset({_S.QUARANTINED}), _S.DROPPED),
}

STATE_TITLES: dict[str, str] = {
    _S.PREPARED: N_("is prepared"),
    _S.FORMATION_FAILED: N_("could not be formed"),
    _S.GIVEN_UP: N_("sending was given up"),
    _S.SENT: N_("is sent off"),
    _S.UNDELIVERED: N_("no receipt came"),
    _S.NOT_CARRIED: N_("could not be carried"),
    _S.NOT_ACCEPTED: N_("was not accepted"),
    _S.DELIVERED: N_("is delivered"),
    _S.REGISTERED: N_("registered"),
    _S.REFUSED: N_("registration is refused"),
    _S.EXECUTOR_ASSIGNED: N_("an executor is assigned"),
    _S.IN_EXECUTION: N_("is being executed"),
    _S.REPORT_PREPARED: N_("a report is prepared"),
    _S.REPORT_SENT: N_("a report is sent"),
    _S.PUBLISHED: N_("is published"),
    _S.WAITING: N_("waits for registration"),
    _S.APPLIED: N_("was taken note of"),
    _S.REPEATED: N_("was known already"),
    _S.QUARANTINED: N_("is in quarantine"),
    _S.RELEASED: N_("was taken out of quarantine"),
    _S.DROPPED: N_("dropped"),
}
KIND_TITLES: dict[str, str] = {
    MessageKind.LETTER: N_("document"),
    MessageKind.NOTIFICATION: N_("notification"),
    MessageKind.RECEIPT: N_("receipt"),
    MessageKind.UNKNOWN: N_("unreadable"),
}
FILE_PART_TITLES: dict[str, str] = {
    "text": FILE_ROLES["main"],
    "annex": FILE_ROLES["annex"],
    "signature": FILE_ROLES["signature"],
    "other": N_("not named in the message"),
    "container": N_("container"),
}
"""What a file is in the message that it came or goes with."""
DIRECTION_TITLES: dict[str, str] = {Direction.OUT: N_("outgoing"), Direction.IN: N_("incoming")}


class JournalEvent(StrEnum):
    """What a line of the journal of exchange tells of a message."""

    PREPARED = "prepared"
    FORMATION_FAILED = "formation_failed"
    SENT = "sent"
    PUT_OFF = "put_off"
    GIVEN_UP = "given_up"
    RETRIED = "retried"
    RESENT = "resent"
    RECEIPT_AGAIN = "receipt_again"
    LEARNED = "learned"
    LOGGED = "logged"
    CONTRADICTED = "contradicted"
    TIMED_OUT = "timed_out"
    NOT_CARRIED = "not_carried"
    TAKEN = "taken"
    SIGNATURE = "signature"
    REPEATED = "repeated"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    REGISTERED = "registered"
    REFUSED = "refused"
    DROPPED = "dropped"


EVENT_TITLES: dict[str, str] = {
    JournalEvent.PREPARED: N_("put into the outbox"),
    JournalEvent.FORMATION_FAILED: N_("could not be formed"),
    JournalEvent.SENT: N_("sent off"),
    JournalEvent.PUT_OFF: N_("put off"),
    JournalEvent.GIVEN_UP: N_("sending was given up"),
    JournalEvent.RETRIED: N_("to be sent at once"),
    JournalEvent.RESENT: N_("sent again as another message"),
    JournalEvent.RECEIPT_AGAIN: N_("its receipt goes once more"),
    JournalEvent.LEARNED: N_("news from the partner"),
    JournalEvent.LOGGED: N_("late news from the partner"),
    JournalEvent.CONTRADICTED: N_("the partner contradicts himself"),
    JournalEvent.TIMED_OUT: N_("no receipt came"),
    JournalEvent.NOT_CARRIED: N_("the agent could not carry it"),
    JournalEvent.TAKEN: N_("taken in"),
    JournalEvent.SIGNATURE: N_("a signature was verified"),
    JournalEvent.REPEATED: N_("came once more"),
    JournalEvent.QUARANTINED: N_("put into quarantine"),
    JournalEvent.RELEASED: N_("taken out of quarantine"),
    JournalEvent.REGISTERED: N_("registered"),
    JournalEvent.REFUSED: N_("registration refused"),
    JournalEvent.DROPPED: N_("dropped"),
}


class QuarantineReason(StrEnum):
    """Why a package was not taken in."""

    UNREADABLE = "unreadable"
    UNKNOWN_SENDER = "unknown_sender"
    OTHER_MAILBOX = "other_mailbox"
    CLOSED_PARTNER = "closed_partner"
    OTHER_ADDRESSEE = "other_addressee"
    FILE_MISSING = "file_missing"
    NO_FILES = "no_files"
    TOO_LARGE = "too_large"
    OFFICIAL_USE = "official_use"
    UID_REPEATED = "uid_repeated"
    UNKNOWN_DOCUMENT = "unknown_document"
    UNKNOWN_MESSAGE = "unknown_message"
    CONTRADICTION = "contradiction"
    AGENT_ERROR = "agent_error"
    BAD_SIGNATURE = "bad_signature"


QUARANTINE_TITLES: dict[str, str] = {
    QuarantineReason.UNREADABLE: N_("it cannot be read"),
    QuarantineReason.UNKNOWN_SENDER: N_("no partner sends under this identifier"),
    QuarantineReason.OTHER_MAILBOX: N_("its sender sends from another place"),
    QuarantineReason.CLOSED_PARTNER: N_("nothing is exchanged with its sender any more"),
    QuarantineReason.OTHER_ADDRESSEE: N_("it is addressed to somebody else"),
    QuarantineReason.FILE_MISSING: N_("a file that it names is missing"),
    QuarantineReason.NO_FILES: N_("it has no file"),
    QuarantineReason.TOO_LARGE: N_("it is larger than the partner may send"),
    QuarantineReason.OFFICIAL_USE: N_("it is for official use only, the channel is not"),
    QuarantineReason.UID_REPEATED: N_("another message had the same identifier"),
    QuarantineReason.UNKNOWN_DOCUMENT: N_("it tells of a document that was not sent"),
    QuarantineReason.UNKNOWN_MESSAGE: N_("it is a receipt of a message that was not sent"),
    QuarantineReason.CONTRADICTION: N_("it contradicts what the partner told before"),
    QuarantineReason.BAD_SIGNATURE: N_("a signature of it is not valid"),
    QuarantineReason.AGENT_ERROR: N_("an error of the agent names no message of ours"),
}
# what quarantine cannot let go by a decision: there is nothing in it to be taken
NEVER_RELEASED = frozenset(
    {
        QuarantineReason.UNREADABLE,
        QuarantineReason.UNKNOWN_DOCUMENT,
        QuarantineReason.UNKNOWN_MESSAGE,
        QuarantineReason.AGENT_ERROR,
    }
)
# transport failed for these: the sender is told so by a receipt
ANSWERED_BY_RECEIPT = frozenset(
    {
        QuarantineReason.OTHER_ADDRESSEE,
        QuarantineReason.FILE_MISSING,
        QuarantineReason.NO_FILES,
        QuarantineReason.TOO_LARGE,
        QuarantineReason.OFFICIAL_USE,
        QuarantineReason.BAD_SIGNATURE,
        QuarantineReason.UNKNOWN_DOCUMENT,
    }
)
