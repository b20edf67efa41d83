"""Documents that are found by given texts, and which of them are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.storage.search import index_documents, matching
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from sed_tui.domain.query import Words


def stored(db: Connection, *texts: str) -> list[int]:
    """Store a document for each text and make it found by it."""
    organization = db.scalar(select(col(OrganizationTable.id)))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    key = cast("ColumnElement[int]", col(DocumentTable.key))
    keys = [
        db.execute(
            insert(DocumentTable)
            .values(
                id=uuid4(),
                organization_id=organization,
                flow="incoming",
                kind="letter",
                subject="-",
                listed_on=date(2026, 1, 1 + place % 28),
                created_at=now,
                version=1,
                confidentiality="none",
                lifecycle="active",
                registration="registered",
                approval="none",
                exchange="none",
                execution="none",
                control="none",
                historic=False,
            )
            .returning(key)
        ).scalar_one()
        for place, _text in enumerate(texts)
    ]
    index_documents(db, list(zip(keys, texts, strict=True)), is_new=True)
    return keys


def found(db: Connection, *wanted: Words) -> set[int]:
    condition = matching(db.dialect.name, wanted)
    assert condition is not None
    return set(db.scalars(select(col(DocumentTable.key)).where(condition)))
