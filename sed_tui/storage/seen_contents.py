"""Whether an actor sees something that holds certain bytes: their digest alone opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.calendar import organizations_above
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.exchange import ExchangeFileTable, ExchangeMessageTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.intake import IntakeFileTable, IntakeLetterTable
from sed_tui.storage.tables.legal import LegalEditionTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from sed_tui.domain.actor import Actor


def sees_content(db: Connection, actor: Actor, sha256: str) -> bool:
    """Tell whether bytes are of a document, a result, an act, a letter or a message in sight."""
    files = (
        select(col(FileTable.id))
        .join(DocumentTable, col(DocumentTable.id) == col(FileTable.document_id))
        .where(col(FileTable.sha256) == sha256, visible_documents(actor, is_narrowed=True))
    )
    results = (
        select(col(AssignmentResultTable.id))
        .join(AssignmentTable, col(AssignmentTable.id) == col(AssignmentResultTable.assignment_id))
        .where(col(AssignmentResultTable.sha256) == sha256, visible_assignments(actor))
    )
    # what an organization above has loaded is read below
    above = organizations_above(actor.organization_id)
    texts = (
        select(col(LegalEditionTable.id))
        .join(above, above.c.id == col(LegalEditionTable.organization_id))
        .where(col(LegalEditionTable.sha256) == sha256)
    )
    queries = []
    if actor.may("file.get"):
        queries.append(files)
    if actor.may("assignment.result"):
        queries.append(results)
    if actor.may("law.text"):
        queries.append(texts)
    if actor.may("intake.file"):
        queries += _of_letters(actor, sha256)
    if actor.may("exchange.file") or actor.may("exchange.raw") or actor.may("exchange.claim"):
        queries += _of_messages(actor, sha256)
    return any(db.scalar(query.limit(1)) is not None for query in queries)


def _of_letters(actor: Actor, sha256: str) -> list[Select[Any]]:
    """Return the queries of letters taken in by mail that hold the bytes, or are these."""
    file, letter = IntakeFileTable, IntakeLetterTable
    own = actor.organization_id
    return [
        select(col(file.letter_id)).where(
            col(file.sha256) == sha256, col(file.organization_id) == own
        ),
        select(col(letter.id)).where(
            col(letter.raw_sha256) == sha256, col(letter.organization_id) == own
        ),
    ]


def _of_messages(actor: Actor, sha256: str) -> list[Select[Any]]:
    """Return the queries of messages of the exchange that hold the bytes."""
    message, file = ExchangeMessageTable, ExchangeFileTable
    seen = [col(message.organization_id) == actor.organization_id]
    if not actor.clearance:
        seen.append(col(message.is_official).is_(False))
    files = (
        select(col(message.id))
        .join(file, col(file.message_id) == col(message.id))
        .where(col(file.sha256) == sha256, *seen)
    )
    return [files, select(col(message.id)).where(col(message.raw_sha256) == sha256, *seen)]
