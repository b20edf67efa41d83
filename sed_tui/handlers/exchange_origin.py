"""Whether a card came by the exchange, and its sender wants to know what becomes of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.links import LinkKind
from sed_tui.storage.tables.exchange import ExchangeMessageTable, ExchangePartnerTable
from sed_tui.storage.tables.link import LinkTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.work import Work

_M, _P, _L = ExchangeMessageTable, ExchangePartnerTable, LinkTable


def is_followed(work: Work, document_id: UUID) -> bool:
    """Tell whether a subscribed partner has sent the document: one look at an index."""
    query = (
        select(col(_M.id))
        .join(_P, col(_P.id) == col(_M.partner_id))
        .where(
            col(_M.document_id) == document_id,
            col(_M.direction) == "in",
            col(_M.kind) == "letter",
            col(_P.is_subscribed).is_(True),
        )
    )
    return work.db.execute(query.limit(1)).first() is not None


def answered_letters(work: Work, document_id: UUID) -> list[UUID]:
    """Return the followed documents that a document is an answer to."""
    own = {"document": document_id, "organization": work.organization_id}
    return [one for one in work.db.scalars(_answered(), own) if is_followed(work, one)]


@cache
def _answered() -> Select[UUID]:
    """Return the query of what a document answers, built once: every letter asks it."""
    return select(col(_L.target_id)).where(
        col(_L.source_id) == bindparam("document"),
        col(_L.kind) == LinkKind.REPLY_TO.value,
        col(_L.organization_id) == bindparam("organization"),
    )
