"""Rows of the exchange: a message stored, its state changed, each with its line of the journal."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.exchange import (
    ExchangeEventTable,
    ExchangeFileTable,
    ExchangeMessageTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from sed_tui.domain.exchange_flow import JournalEvent, MessageState
    from sed_tui.handlers.work import Work

_M, _F = ExchangeMessageTable, ExchangeFileTable
MESSAGE: Any = ExchangeMessageTable.__table__  # type: ignore[attr-defined]
_FILE: Any = ExchangeFileTable.__table__  # type: ignore[attr-defined]
_EVENT: Any = ExchangeEventTable.__table__  # type: ignore[attr-defined]
# built once, and of the tables themselves: an insert of the mapped class is worked out anew
# for every row, which took longer than the row
_MESSAGE_ADDED, _FILE_ADDED, _EVENT_ADDED = map(insert, (MESSAGE, _FILE, _EVENT))
# the bytes of a message are asked for by themselves
COLUMNS = [column for column in MESSAGE.c if column.name != "raw"]
_DETAIL, _SUBJECT = 1000, 500
_SHOWN = 10
_PLACES = count()


@dataclass(frozen=True, slots=True)
class FileOfMessage:
    """A file of a message whose bytes are in the store, or will be at the commit."""

    part: str
    name: str
    sha256: str
    size: int
    media_type: str
    description: str | None = None
    verdict: str | None = None
    """Of a signature: what verification found; `reasons` are the codes of why."""
    reasons: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message of the actor's organization, as it is stored."""

    id: UUID
    row: dict[str, Any]


def store_message(work: Work, values: dict[str, Any], files: Sequence[FileOfMessage] = ()) -> UUID:
    """Store a message with its files and return its id."""
    message_id: UUID = values.get("id") or uuid4()
    row = {
        "remarks": "[]",
        "size": 0,
        "attempts": 0,
        "position": 1,
        "is_official": False,
        **values,
        "id": message_id,
        "organization_id": work.organization_id,
        "created_at": work.now,
        "created_by": work.actor.employee_id,
        "subject": values["subject"][:_SUBJECT],
    }
    work.db.execute(_MESSAGE_ADDED, row)
    store_files(work, message_id, files)
    return message_id


def store_files(work: Work, message_id: UUID, files: Sequence[FileOfMessage]) -> None:
    """Put files beside a message, in their order."""
    rows = [
        {
            "message_id": message_id,
            "position": place,
            "organization_id": work.organization_id,
            "part": one.part,
            "name": one.name,
            "description": one.description,
            "sha256": one.sha256,
            "size": one.size,
            "media_type": one.media_type,
            "verdict": one.verdict,
            "reasons": one.reasons,
        }
        for place, one in enumerate(files, start=1)
    ]
    if rows:
        work.db.execute(_FILE_ADDED, rows)
    for one in files:
        work.count(one.sha256, one.size)


def files_of(work: Work, message_id: UUID) -> list[FileOfMessage]:
    """Return the files of a message in their order."""
    return files_of_messages(work, [message_id]).get(message_id, [])


def files_of_messages(work: Work, ids: Sequence[UUID]) -> dict[UUID, list[FileOfMessage]]:
    """Return the files of messages that have some, by the message, in their order."""
    names = tuple(one.name for one in fields(FileOfMessage))
    rows = work.db.execute(
        select(col(_F.message_id), *(col(getattr(_F, name)) for name in names))
        .where(col(_F.message_id).in_(ids))
        .order_by(col(_F.message_id), col(_F.position))
    )
    found: dict[UUID, list[FileOfMessage]] = {}
    for message_id, *values in rows:
        found.setdefault(message_id, []).append(FileOfMessage(*values))
    return found


def note(
    work: Work, message_id: UUID, event: JournalEvent, state: str, detail: str | None = None
) -> None:
    """Write a line of the journal of exchange."""
    work.db.execute(
        _EVENT_ADDED,
        {
            "id": uuid4(),
            "organization_id": work.organization_id,
            "message_id": message_id,
            "at": work.now,
            "place": next(_PLACES),
            "event": event.value,
            "state": str(state),
            "detail": detail[:_DETAIL] if detail else None,
            "actor_id": work.actor.employee_id,
        },
    )


def change(work: Work, message: StoredMessage, state: MessageState, **values: Any) -> bool:
    """Give a message another state, unless it has left its own meanwhile; tell whether it did."""
    done = work.db.execute(
        update(MESSAGE)
        .where(MESSAGE.c.id == message.id, MESSAGE.c.state == message.row["state"])
        .values(state=state.value, **values)
    )
    message.row.update(values, state=state.value)
    return bool(done.rowcount)


def find_message(work: Work, text: str, field: str = "message") -> StoredMessage:
    """Return the message that an id or its beginning names. Raises `NotFound`, `Ambiguous`."""
    condition = by_id(MESSAGE.c.id, text.strip())
    rows = []
    if condition is not None:
        query = select(*COLUMNS).where(condition, MESSAGE.c.organization_id == work.organization_id)
        rows = list(work.db.execute(query.limit(_SHOWN)).mappings())
    if len(rows) > 1:
        candidates = "; ".join(f"{short_id(row['id'])} {row['subject']}" for row in rows)
        raise Ambiguous(field=field, value=text, candidates=candidates)
    if not rows:
        raise NotFound(field=field, kind=_(N_("Message")), key=text)
    return StoredMessage(rows[0]["id"], dict(rows[0]))


def locked_message(work: Work, message_id: UUID) -> StoredMessage:
    """Return a message; nobody else changes it before the commit. Raises `NotFound`."""
    own = {"message": message_id, "organization": work.organization_id}
    row = work.db.execute(_locking(), own).mappings().one_or_none()
    if row is None:
        raise NotFound(field="message", kind=_(N_("Message")), key=str(message_id))
    return StoredMessage(message_id, dict(row))


@cache
def _locking() -> Select[*tuple[Any, ...]]:
    """Return the query of a message that nobody else changes; built once, as the one below."""
    one = MESSAGE.c.id == bindparam("message")
    own = MESSAGE.c.organization_id == bindparam("organization")
    return select(*COLUMNS).where(one, own).with_for_update()


def next_position(work: Work, partner_id: UUID, thread: str) -> int:
    """Return the place of the next message in the order of one document."""
    order = {"organization": work.organization_id, "thread": thread, "partner": partner_id}
    return (work.db.scalar(_last_position(), order) or 0) + 1


@cache
def _last_position() -> Select[int | None]:
    return select(func.max(col(_M.position))).where(
        col(_M.organization_id) == bindparam("organization"),
        col(_M.thread) == bindparam("thread"),
        col(_M.partner_id) == bindparam("partner"),
    )
