"""What the history of a card tells of the letter that it came by: arrival, notices, the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.exchange_flow import Direction, MessageKind
from sed_tui.domain.links import LinkKind
from sed_tui.exchange.reason_codes import worded
from sed_tui.handlers.exchange_partners import PARTNER
from sed_tui.handlers.exchange_record import MESSAGE
from sed_tui.operations.document import HistoryEntry
from sed_tui.storage.tables.exchange import ExchangeEventTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_E, _L, _W = ExchangeEventTable, LinkTable, EmployeeTable
_TOLD = ("direction", "kind", "event", "partner", "channel", "number", "exchange_state", "detail")


def exchange_entries(work: Work, document_id: UUID) -> list[HistoryEntry]:
    """Return what happened to the letter behind a card and to what answers it, newest first.

    Cards that came another way have none. The sender's card is told by the audit trail.
    """
    letters = list(work.db.scalars(select(MESSAGE.c.id).where(*_brought(work, document_id))))
    if not letters:
        return []
    rows = work.db.execute(
        select(
            *(MESSAGE.c[name] for name in ("direction", "kind", "number", "is_official")),
            PARTNER.c.channel,
            *map(col, (_E.at, _E.event, _E.detail, _W.full_name)),
            col(_E.state).label("exchange_state"),
            PARTNER.c.name.label("partner"),
        )
        .join(MESSAGE, MESSAGE.c.id == col(_E.message_id))
        .outerjoin(PARTNER, PARTNER.c.id == MESSAGE.c.partner_id)
        .outerjoin(_W, col(_W.id) == col(_E.actor_id))
        .where(
            or_(
                MESSAGE.c.id.in_(letters),
                MESSAGE.c.answers_id.in_(letters),
                MESSAGE.c.id.in_(select(MESSAGE.c.id).where(*_replies(work, document_id))),
            )
        )
        .order_by(*(col(one).desc() for one in (_E.at, _E.place, _E.id)))
    ).mappings()
    return [_entry(work, dict(row)) for row in rows]


def _brought(work: Work, document_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        MESSAGE.c.document_id == document_id,
        MESSAGE.c.organization_id == work.organization_id,
        MESSAGE.c.direction == Direction.IN.value,
        MESSAGE.c.kind == MessageKind.LETTER.value,
    )


def _replies(work: Work, document_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of letters by which replies to a document went out."""
    answers = select(col(_L.source_id)).where(
        col(_L.target_id) == document_id,
        col(_L.kind) == LinkKind.REPLY_TO.value,
        col(_L.organization_id) == work.organization_id,
    )
    return (
        MESSAGE.c.document_id.in_(answers),
        MESSAGE.c.direction == Direction.OUT.value,
        MESSAGE.c.kind == MessageKind.LETTER.value,
    )


def _entry(work: Work, row: dict[str, Any]) -> HistoryEntry:
    is_hidden = row["is_official"] and not work.actor.clearance
    row["detail"] = None if is_hidden else worded(row["detail"])
    return HistoryEntry(
        at=row["at"],
        actor=row["full_name"] or row["partner"] or "",
        operation="exchange.events",
        event="exchange",
        changes={name: [None, row[name]] for name in _TOLD if row[name] is not None},
        reason=None,
    )
