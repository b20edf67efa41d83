"""Operations of documents that leave by mail: what would go, and that it goes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Flow
from sed_tui.domain.mailing import MOST_DOCUMENTS, Way
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class PrepareMailing(Request):
    """Ask what would be mailed of documents: the version that is displayed, under which names.

    All are refused where one may not leave.
    """

    documents: tuple[str, ...] = Field(min_length=1, max_length=MOST_DOCUMENTS)


class MailedFile(Message):
    """A file as it would go: its bytes by `sha256`, its name in the letter.

    `signs` is the name in the letter of the file that a signature signs.
    """

    id: UUID
    role: FileRole
    name: str
    mail_name: str
    version: int
    size: int
    media_type: str
    sha256: str
    signs: str | None = None


class MailedDocument(Message):
    """A document as it would go."""

    id: UUID
    number: str | None
    registered_on: date | None
    flow: Flow
    kind: str
    subject: str
    files: list[MailedFile]


class MailingPlan(Message):
    """What would go, and what to look at."""

    rows: list[MailedDocument]
    organization: str
    sender: str
    warnings: list[str] = Field(default_factory=list)


class MailedContent(Message):
    """A file that goes: of which document it is, and bytes staged in its place where it is a copy.

    Without `file` it is an archive of several files.
    """

    name: str
    documents: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_DOCUMENTS)
    file: UUID | None = None
    token: str | None = None


class SendMailing(Request):
    """Mail documents: by the outbox, or enter that a mail program or a file takes them.

    Whoever is told is told in the history of every document.
    """

    documents: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_DOCUMENTS)
    to: tuple[str, ...] = ()
    subject: str
    body: str = ""
    contents: tuple[MailedContent, ...] = Field(default=(), max_length=1000)
    way: Way = Way.SMTP


class MailingSent(Message):
    """What was put into the outbox: a letter for each recipient."""

    organization_id: UUID
    letters: list[UUID]
    message_ids: list[str]
    to: list[str]
    way: Way
    files: int
    warnings: list[str] = Field(default_factory=list)


PREPARE = Operation(
    "mailing.prepare",
    N_("Look at what would be mailed of documents"),
    PrepareMailing,
    MailingPlan,
    Effect.READ,
)
SEND = Operation("mailing.send", N_("Mail documents"), SendMailing, MailingSent, Effect.WRITE)
