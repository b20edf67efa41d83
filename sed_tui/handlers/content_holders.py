"""What names contents of the store, subject by subject, as far as an actor sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, null, select
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.exchange import ExchangeFileTable, ExchangeMessageTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.intake import IntakeFileTable, IntakeLetterTable
from sed_tui.storage.tables.joining import (
    JoiningPaperTable,
    JoiningPersonTable,
    JoiningSignatureTable,
)
from sed_tui.storage.tables.legal import LegalEditionTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sed_tui.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class Holder:
    """Rows that name contents: the digest, the size, and the names for people."""

    kind: str
    sha256: Any
    size: Any
    names: tuple[Any, ...]
    joined: tuple[tuple[Any, Any], ...]
    seen: tuple[Any, ...]

    def digests(self, after: str, limit: int) -> Any:
        return (
            self._joined(select(self.sha256, func.max(self.size)))
            .where(self.sha256 > after)
            .group_by(self.sha256)
            .order_by(self.sha256)
            .limit(limit)
        )

    def rows(self, digests: Sequence[str]) -> Any:
        labels = ("id", "document", "number", "file", "file_version")
        named = (one.label(label) for one, label in zip(self.names, labels, strict=True))
        query = self._joined(select(self.sha256.label("sha256"), *named))
        return query.where(self.sha256.in_(digests)).order_by(self.sha256, self.names[0])

    def _joined(self, query: Any) -> Any:
        query = query.select_from(self.sha256.table)
        for table, condition in self.joined:
            query = query.outerjoin(table, condition)
        return query.where(*self.seen)


def holders_of(actor: Actor) -> list[Holder]:
    """Return what names contents and is the actor's to see."""
    own = actor.organization_id
    holders = [*_of_documents(actor), *_of_acts(own)]
    if actor.may("intake.show"):
        holders += _of_letters(own)
    if actor.may("exchange.raw"):
        holders += _of_messages(own, is_cleared=actor.clearance)
    if actor.may("joining.show"):
        holders += _of_joining(own)
    return holders


def _of_documents(actor: Actor) -> list[Holder]:
    file, result = FileTable, AssignmentResultTable
    card, task = DocumentTable, AssignmentTable
    number = col(card.number)
    return [
        Holder(
            "document",
            *(col(file.sha256), col(file.size)),
            (col(file.id), col(file.document_id), number, col(file.name), col(file.version)),
            ((card, col(card.id) == col(file.document_id)),),
            (col(file.role) != FileRole.SIGNATURE.value, visible_documents(actor)),
        ),
        Holder(
            "assignment",
            *(col(result.sha256), col(result.size)),
            (col(result.assignment_id), null(), null(), col(result.name), null()),
            ((task, col(task.id) == col(result.assignment_id)),),
            (visible_assignments(actor),),
        ),
    ]


def _of_acts(own: UUID) -> list[Holder]:
    act = LegalEditionTable
    names = (col(act.id), null(), col(act.code), col(act.name), null())
    seen = (col(act.organization_id) == own,)
    return [Holder("law", col(act.sha256), col(act.size), names, (), seen)]


def _of_letters(own: UUID) -> list[Holder]:
    file, letter = IntakeFileTable, IntakeLetterTable
    return [
        Holder(
            "intake",
            *(col(file.sha256), col(file.size)),
            (col(letter.id), null(), null(), col(file.name), null()),
            ((letter, col(file.letter_id) == col(letter.id)),),
            (col(file.organization_id) == own,),
        ),
        Holder(
            "intake",
            *(col(letter.raw_sha256), col(letter.size)),
            (col(letter.id), col(letter.document_id), null(), col(letter.subject), null()),
            (),
            (col(letter.organization_id) == own,),
        ),
    ]


def _of_messages(own: UUID, *, is_cleared: bool) -> list[Holder]:
    file, message = ExchangeFileTable, ExchangeMessageTable
    number = col(message.number)
    seen: tuple[Any, ...] = (col(message.organization_id) == own,)
    if not is_cleared:
        seen = (*seen, col(message.is_official).is_(False))
    return [
        Holder(
            "exchange",
            *(col(file.sha256), col(file.size)),
            (col(message.id), col(message.document_id), number, col(file.name), null()),
            ((message, col(file.message_id) == col(message.id)),),
            seen,
        ),
        Holder(
            "exchange",
            *(col(message.raw_sha256), col(message.size)),
            (col(message.id), col(message.document_id), number, col(message.subject), null()),
            (),
            seen,
        ),
    ]


def _of_joining(own: UUID) -> list[Holder]:
    paper, signature, person = JoiningPaperTable, JoiningSignatureTable, JoiningPersonTable
    holders: list[tuple[Any, Any, Any, Any]] = [
        (paper, paper.sha256, paper.size, paper.name),
        (signature, signature.sha256, signature.size, signature.name),
        (person, person.consent_sha256, null(), person.consent_name),
    ]
    return [
        Holder(
            "joining",
            *(digest, size),
            (col(table.id), null(), null(), name, null()),
            (),
            (col(table.organization_id) == own,),
        )
        for table, digest, size, name in holders
    ]
