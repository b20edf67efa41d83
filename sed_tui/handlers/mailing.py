"""Documents that leave by mail: looked at, then sent; official-use-only ones never."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sed_tui.domain.mailing import (
    LETTER_LIMIT,
    Way,
    checked_recipients,
    is_foreign_domain,
    mebibytes,
    subject_line,
    travelling_size,
)
from sed_tui.domain.text import clean, optional
from sed_tui.errors.mailing import DocumentChanged, LetterTooLarge
from sed_tui.handlers.intake_replies import MAILING_KEY
from sed_tui.handlers.mailed_documents import displayed, mailable
from sed_tui.handlers.outbox import Letter, post
from sed_tui.i18n import _
from sed_tui.operations.mailing import MailingPlan, MailingSent, PrepareMailing, SendMailing
from sed_tui.storage.contents import whole
from sed_tui.storage.outbox import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sed_tui.handlers.mailed_documents import Mailable
    from sed_tui.handlers.work import Work
    from sed_tui.operations.mailing import MailedContent, MailedFile

_BODY_LIMIT = 20_000
_SUBJECT_LIMIT = 1000


def prepare_mailing(work: Work, request: PrepareMailing) -> MailingPlan:
    """Return the files that would go. Raises `NotFound`, `OfficialUseMailed`."""
    documents = mailable(work, request.documents)
    return MailingPlan(
        rows=displayed(work, documents),
        organization=work.actor.organization,
        sender=work.actor.name,
        warnings=_unsigned(documents),
    )


def send_mailing(work: Work, request: SendMailing) -> MailingSent:
    """Put letters into the outbox, or enter that a program takes them; all or nothing.

    Raises `OfficialUseMailed`, `DocumentChanged`, `LetterTooLarge`, `NobodyToMailTo`.
    """
    to = checked_recipients(request.to, needed=request.way is Way.SMTP)
    documents = mailable(work, [str(one) for one in request.documents])
    subject = subject_line(clean(request.subject, "subject", limit=_SUBJECT_LIMIT))
    body = optional(request.body, "body", limit=_BODY_LIMIT, multiline=True) or ""
    files = _files(work, documents, request.contents)
    letters = []
    if request.way is Way.SMTP:
        attachments = tuple(_attachment(work, one, files) for one in request.contents)
        _check_size(attachments)
        first = documents[0].id
        letters = [_posted(work, first, one, subject, body, attachments) for one in to]
    _record(work, documents, request, to)
    return MailingSent(
        organization_id=work.organization_id,
        letters=letters,
        message_ids=[f"<{letter}@sed-tui.invalid>" for letter in letters],
        to=to,
        way=request.way,
        files=len(request.contents),
        warnings=[*_unsigned(documents), *_foreign(to)],
    )


def _files(
    work: Work, documents: Sequence[Mailable], contents: Sequence[MailedContent]
) -> dict[UUID, MailedFile]:
    """Return the displayed files, of which every content that goes must be one."""
    rows = displayed(work, documents)
    files = {file.id: file for row in rows for file in row.files}
    numbers = {row.id: row.number or str(row.id) for row in rows}
    for one in contents:
        is_known = one.file is None or one.file in files
        if not is_known or not set(one.documents) <= numbers.keys():
            number = numbers.get(one.documents[0], str(one.documents[0]))
            raise DocumentChanged(field="contents", number=number, name=one.name)
    return files


def _attachment(work: Work, content: MailedContent, files: dict[UUID, MailedFile]) -> Attachment:
    name = clean(content.name, "contents", limit=255)
    if content.token is not None:
        staged = work.files.staged(content.token)
        media_type = staged.description.media_type
        return Attachment(name, media_type, work.files.staged_path(content.token).read_bytes())
    if content.file is None:
        raise DocumentChanged(field="contents", number="—", name=name)
    file = files[content.file]
    with work.files.open(file.sha256) as source:
        return Attachment(name, file.media_type, whole(source, file.sha256))


def _check_size(attachments: Sequence[Attachment]) -> None:
    size = sum(travelling_size(len(one.content)) for one in attachments)
    if size > LETTER_LIMIT:
        limit = LETTER_LIMIT // (1 << 20)
        raise LetterTooLarge(field="contents", size=mebibytes(size), limit=limit)


def _posted(
    work: Work,
    document: UUID,
    address: str,
    subject: str,
    body: str,
    attachments: tuple[Attachment, ...],
) -> UUID:
    # what may go once more on purpose; the same call again is told by its idempotency key
    key = f"{MAILING_KEY}:{document}:{uuid4()}"
    letter = Letter(key, address, subject, body, attachments=attachments)
    created = post(work, letter)
    if created is None:
        raise AssertionError("a key that was just made is free")
    return created


def _record(
    work: Work, documents: Sequence[Mailable], request: SendMailing, to: Sequence[str]
) -> None:
    for document in documents:
        names = [one.name for one in request.contents if document.id in one.documents]
        told = {
            "recipients": ", ".join(to) or None,
            "way": request.way.value,
            "files": ", ".join(names) or None,
        }
        work.record("mail", "document", document.id, None, told)


def _unsigned(documents: Sequence[Mailable]) -> list[str]:
    text = _("{number} is not signed.")
    return [text.format(number=one.shown) for one in documents if one.lacks_signature]


def _foreign(to: Sequence[str]) -> list[str]:
    text = _("{address}: the domain is not Latin; some mail programs refuse it.")
    return [text.format(address=address) for address in to if is_foreign_domain(address)]
