"""The outbox: letters taken in, claimed by one job at a time, and what became of them.

Each change of state is one statement, so that two jobs never hold the same letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.mail import CLAIM_LAPSES, LetterState, pause_after
from sed_tui.storage.tables.mail import MailAttachmentTable, OutgoingMailTable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection

_M = OutgoingMailTable


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that this job alone may send until the claim lapses."""

    id: UUID
    claimed_at: datetime
    attempts: int
    message_id: str
    recipient: str
    subject: str
    body: str
    html: str | None
    created_at: datetime
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters to send: of which organizations, or of them these alone, which wait no pause.

    `again` takes refused ones too, and does not wait for the end of a pause; what was
    `tried` before is left alone.
    """

    organizations: Collection[UUID]
    letters: Collection[UUID] | None = None
    again: bool = False
    tried: Collection[UUID] = ()


def store_letter(
    db: Connection, values: Mapping[str, Any], attachments: Sequence[Attachment]
) -> bool:
    """Put a letter into the outbox; return False where its key is there already."""
    upsert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    stored = db.scalar(
        upsert(OutgoingMailTable)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["organization_id", "key"])
        .returning(col(_M.id))
    )
    if stored is not None and attachments:
        db.execute(
            insert(MailAttachmentTable),
            [
                {
                    "mail_id": stored,
                    "position": position,
                    "organization_id": values["organization_id"],
                    "name": one.name,
                    "media_type": one.media_type,
                    "content": one.content,
                }
                for position, one in enumerate(attachments)
            ],
        )
    return stored is not None


def store_letters(db: Connection, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Put letters without attachments into the outbox; return those whose keys are new."""
    if not rows:
        return set()
    upsert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    statement = upsert(OutgoingMailTable)
    statement = statement.on_conflict_do_nothing(index_elements=["organization_id", "key"])
    return set(db.scalars(statement.returning(col(_M.id)), list(rows)))


def waiting_letter(db: Connection, organization_id: UUID, key: str) -> UUID | None:
    """Return the letter of a key while it still waits to be sent."""
    return db.scalar(
        select(col(_M.id)).where(
            col(_M.organization_id) == organization_id,
            col(_M.key) == key,
            col(_M.state) == LetterState.PENDING.value,
        )
    )


def claim_letter(db: Connection, wanted: Wanted, now: datetime) -> ClaimedLetter | None:
    """Take the next letter to send, the one that has waited longest; None where none is left."""
    free = _free(wanted, now)
    following = (
        select(col(_M.id)).where(*free).order_by(col(_M.next_at), col(_M.id)).limit(1)
    ).with_for_update(skip_locked=True)
    claimed = db.scalar(
        update(OutgoingMailTable)
        .where(col(_M.id) == following.scalar_subquery(), *free)
        .values(claimed_at=now, state=LetterState.PENDING.value)
        .returning(col(_M.id))
    )
    return None if claimed is None else _read(db, claimed)


def mark_sent(db: Connection, letter: ClaimedLetter, now: datetime) -> None:
    """Say that a server has taken the letter; its files, which now travel, are dropped here."""
    _settle(
        db,
        letter,
        state=LetterState.SENT.value,
        attempts=letter.attempts + 1,
        sent_at=now,
        error=None,
    )
    db.execute(delete(MailAttachmentTable).where(col(MailAttachmentTable.mail_id) == letter.id))


def mark_refused(db: Connection, letter: ClaimedLetter, reason: str) -> None:
    """Say that a server has refused the letter for good, and in which words."""
    _settle(
        db,
        letter,
        state=LetterState.FAILED.value,
        attempts=letter.attempts + 1,
        error=reason,
    )


def put_off(db: Connection, letter: ClaimedLetter, now: datetime, reason: str) -> None:
    """Keep the letter for another try after a pause that grows."""
    attempts = letter.attempts + 1
    _settle(db, letter, attempts=attempts, next_at=now + pause_after(attempts), error=reason)


def waiting_letters(
    db: Connection, organization_id: UUID, now: datetime
) -> tuple[int, datetime | None]:
    """Return how many letters wait, and when the first of them is to be tried.

    Those that another job is sending right now do not wait.
    """
    row = db.execute(
        select(func.count(), func.min(col(_M.next_at))).where(
            col(_M.organization_id) == organization_id,
            col(_M.state) == LetterState.PENDING.value,
            _is_unclaimed(now),
        )
    ).one()
    return row[0], row[1]


def _is_unclaimed(now: datetime) -> ColumnElement[bool]:
    return or_(col(_M.claimed_at).is_(None), col(_M.claimed_at) < now - CLAIM_LAPSES)


def _free(wanted: Wanted, now: datetime) -> tuple[ColumnElement[bool], ...]:
    states = [LetterState.PENDING.value]
    conditions = [
        col(_M.organization_id).in_(wanted.organizations),
        _is_unclaimed(now),
    ]
    if wanted.letters is not None:
        conditions.append(col(_M.id).in_(wanted.letters))
    if wanted.tried:
        conditions.append(col(_M.id).not_in(wanted.tried))
    if wanted.again:
        states.append(LetterState.FAILED.value)
    elif wanted.letters is None:
        conditions.append(col(_M.next_at) <= now)
    return col(_M.state).in_(states), *conditions


def _settle(db: Connection, letter: ClaimedLetter, **values: Any) -> None:
    """Give the claim back with what became of the letter, unless it has lapsed meanwhile."""
    db.execute(
        update(OutgoingMailTable)
        .where(col(_M.id) == letter.id, col(_M.claimed_at) == letter.claimed_at)
        .values(claimed_at=None, **values)
    )


def _read(db: Connection, letter: UUID) -> ClaimedLetter:
    row = db.execute(
        select(
            *map(col, (_M.id, _M.claimed_at, _M.attempts, _M.message_id, _M.recipient)),
            *map(col, (_M.subject, _M.body, _M.html, _M.created_at)),
        ).where(col(_M.id) == letter)
    ).one()
    file = MailAttachmentTable
    files = db.execute(
        select(*map(col, (file.name, file.media_type, file.content)))
        .where(col(file.mail_id) == letter)
        .order_by(col(file.position))
    )
    attachments = tuple(Attachment(f.name, f.media_type, f.content) for f in files)
    return ClaimedLetter(**row._mapping, attachments=attachments)
