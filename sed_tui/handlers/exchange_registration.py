"""A letter of the exchange becomes a card: its fields, its files, what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import latest_day, office_day
from sed_tui.domain.exchange_flow import Direction, MessageKind
from sed_tui.domain.exchange_partner import DELIVERIES
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.mail import header_text
from sed_tui.domain.registration import SenderDays
from sed_tui.exchange.message import Letter, LinkKind
from sed_tui.exchange.message_json import message_of_json
from sed_tui.handlers.exchange_partners import partner_of_id
from sed_tui.handlers.exchange_record import MESSAGE, files_of
from sed_tui.handlers.waiting_letter import register_waiting, staged_again, warned
from sed_tui.i18n import _
from sed_tui.operations.file import FileContent
from sed_tui.storage.extraction import describe
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.exchange_record import FileOfMessage, StoredMessage
    from sed_tui.handlers.work import Work
    from sed_tui.operations.exchange_inbox import RegisterMessage
    from sed_tui.operations.registration import Registered

_D = DocumentTable
_SUBJECT = 2000
_ANSWERS = frozenset({LinkKind.REPLY_TO, LinkKind.REPLY, LinkKind.THEIR_NUMBER})
_ROLES = {
    "text": FileRole.MAIN,
    "annex": FileRole.ANNEX,
    "signature": FileRole.SIGNATURE,
}


@dataclass(frozen=True, slots=True)
class CardFiles:
    """The files of a letter as a card takes them, staged, their texts read."""

    files: tuple[FileContent, ...]


def card_files(work: Work, message: StoredMessage) -> CardFiles:
    """Stage the files of a letter once more: kept bytes are kept once for all that name them."""
    if message.row["is_official"]:
        return CardFiles(())
    contents: dict[str, FileContent] = {}
    for file in files_of(work, message.id):
        role = _ROLES.get(file.part)
        if role is not None and file.sha256 not in contents:
            has_main = any(one.role is FileRole.MAIN for one in contents.values())
            role = FileRole.ANNEX if role is FileRole.MAIN and has_main else role
            token = _staged(work, file)
            contents[file.sha256] = FileContent(name=file.name, token=token, role=role)
    return CardFiles(tuple(contents.values()))


def register_letter(
    work: Work, message: StoredMessage, request: RegisterMessage, plan: CardFiles
) -> Registered:
    """Register a letter; what the clerk leaves out is taken from it."""
    partner = partner_of_id(work, message.row["partner_id"])
    letter = letter_of(message)
    received_on = office_day(message.row["created_at"])
    answers = answered_by(work, message)
    signatory = letter.signatories[0] if letter.signatories else None
    official = bool(message.row["is_official"])
    told = {
        "subject": _subject(letter, message),
        "correspondent": str(partner.row["correspondent_id"]),
        "their_number": message.row["number"],
        "their_date": message.row["number_date"] or received_on,
        "received_on": received_on,
        "delivery": DELIVERIES[partner.channel],
        "signatory": header_text(signatory.person.person)[:200] if signatory else None,
        "sheets": letter.pages or None,
        "annex_sheets": letter.annex_pages,
        "in_reply_to": answers[0] if len(answers) == 1 else None,
        "confidentiality": Confidentiality.OFFICIAL if official else Confidentiality.NONE,
        "files": plan.files,
    }
    zone = partner.profile.tz
    days = (latest_day(one, zone) for one in (work.now, message.row["created_at"]))
    registered = register_waiting(work, request, told, SenderDays(*days))
    if official:
        warning = _("It is for official use only: its files stay with the message.")
        return warned(registered, warning)
    return registered


def letter_of(message: StoredMessage) -> Letter:
    """Return the letter that a message carries."""
    body = message_of_json(message.row["content"]).body
    if not isinstance(body, Letter):
        raise TypeError("only letters are registered")
    return body


def answered_by(work: Work, message: StoredMessage) -> list[str]:
    """Return the ids of our documents that a letter says it answers: by identifier, by number."""
    if message.row["kind"] != MessageKind.LETTER.value:
        return []
    links = [link for link in letter_of(message).links if link.kind in _ANSWERS]
    found: dict[UUID, None] = {}
    for link in links:
        by_uid = select(MESSAGE.c.document_id).where(
            MESSAGE.c.organization_id == work.organization_id,
            MESSAGE.c.direction == Direction.OUT.value,
            MESSAGE.c.thread == link.uid,
            MESSAGE.c.partner_id == message.row["partner_id"],
            MESSAGE.c.document_id.is_not(None),
        )
        ids = list(work.db.scalars(by_uid)) if link.uid else []
        if not ids and link.number is not None:
            ids = list(work.db.scalars(_by_number(work, link.number.number, link.number.day)))
        found |= dict.fromkeys(ids)
    return [str(one) for one in found]


def _by_number(work: Work, number: str, day: date | None) -> Select[UUID]:
    query = select(col(_D.id)).where(
        col(_D.organization_id) == work.organization_id,
        col(_D.flow) == Flow.OUTGOING.value,
        col(_D.number) == number,
    )
    return query if day is None else query.where(col(_D.registered_on) == day)


def _subject(letter: Letter, message: StoredMessage) -> str:
    text = header_text(letter.annotation) or message.row["subject"]
    return text if len(text) <= _SUBJECT else f"{text[: _SUBJECT - 1]}…"


def _staged(work: Work, file: FileOfMessage) -> str:
    staged = staged_again(work, file.sha256)
    path = work.files.staged_path(staged.token)
    work.files.describe(staged.token, describe(path, staged.description.media_type))
    return staged.token
