"""A message between two systems, whatever format carried it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class FileGroup(StrEnum):
    """What a file of a letter holds."""

    TEXT = "text"
    ANNEX = "annex"


class LinkKind(StrEnum):
    """How a letter stands to another one."""

    REPLY_TO = "reply_to"
    IN_EXECUTION = "in_execution"
    BASIS = "basis"
    THEIR_NUMBER = "their_number"
    REPLY = "reply"
    RELATED = "related"


class Event(StrEnum):
    """What a notification tells of a document."""

    REGISTERED = "registered"
    REFUSED = "refused"
    EXECUTOR_ASSIGNED = "executor_assigned"
    REPORT_PREPARED = "report_prepared"
    REPORT_SENT = "report_sent"
    COURSE_CHANGED = "course_changed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant of the exchange: the identifier of its mailbox and its name."""

    uid: str
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A registration number of at most 31 characters and its day."""

    number: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a letter; every part is text as it came."""

    organization: str = ""
    person: str = ""
    department: str = ""
    post: str = ""
    contact: str = ""
    region: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed a letter, and when."""

    person: Person
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Another document that the letter names: by identifier, by number, or both."""

    kind: LinkKind
    uid: str = ""
    number: Number | None = None
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A point of the letter that is to be executed."""

    designation: str = ""
    text: str = ""
    deadline: date | None = None
    principal: Person | None = None
    participants: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that the message names; `name` is what stands there, not a path."""

    name: str
    group: FileGroup = FileGroup.TEXT
    kind: str = ""
    description: str = ""
    pages: int | None = None
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A document as its sender describes it."""

    uid: str
    number: Number | None
    annotation: str
    kind: str = ""
    classification: str = ""
    urgency: str = ""
    special_mark: str = ""
    signatories: tuple[Signatory, ...] = ()
    addressees: tuple[Person, ...] = ()
    pages: int = 0
    annex_pages: int | None = None
    links: tuple[Link, ...] = ()
    clauses: tuple[Clause, ...] = ()
    executor: Person | None = None
    comment: str = ""
    files: tuple[AttachedFile, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what may keep the document to official use: senders fill either."""
        return self.classification, self.special_mark


@dataclass(frozen=True, slots=True)
class Notification:
    """What became of a document; `document` is its identifier, not the message's.

    `point` is where a document was published, `number` what it has there.
    """

    document: str
    event: Event
    at: datetime
    foundation: Number | None = None
    number: Number | None = None
    reason: str = ""
    text: str = ""
    secretary: Person | None = None
    manager: Person | None = None
    executor: Person | None = None
    signatory: Signatory | None = None
    point: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgment:
    """Whether a message was taken in; it speaks of transport, never of registration."""

    message: str
    at: datetime
    accepted: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """A letter packed into an archive of its own, with a passport in it."""

    archive: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; its key is `uid`, which an acknowledgment may lack."""

    body: Letter | Notification | Acknowledgment | Container
    source: Participant
    uid: str = ""
    created: datetime | None = None
    destinations: tuple[Participant, ...] = ()
    comment: str = ""
