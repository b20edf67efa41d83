"""Which of our documents a letter answers: by its Message-ID, or by the number it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.mail import OutgoingMailTable

if TYPE_CHECKING:
    from sed_tui.handlers.intake_search import StoredLetter
    from sed_tui.handlers.work import Work

_D, _M = DocumentTable, OutgoingMailTable
MAILING_KEY = "mailing"
_NUMBER = re.compile(r"№\s?([\w./\-]{2,40})")
_LOOKED_AT, _MOST = 2000, 5


def answered_by(work: Work, letter: StoredLetter) -> list[str]:
    """Return the numbers of outgoing documents that the letter may answer."""
    row = letter.row
    ids = _mailed(work, row["refers_to"].splitlines())
    named = _NUMBER.findall(f"{row['subject']}\n{row['body'][:_LOOKED_AT]}")
    numbers = [number.rstrip(".-/") for number in named][:_MOST]
    if not ids and not numbers:
        return []
    found = work.db.scalars(
        select(col(_D.number))
        .where(
            col(_D.organization_id) == work.organization_id,
            col(_D.flow) == Flow.OUTGOING.value,
            or_(col(_D.id).in_(ids), col(_D.number).in_(numbers)),
            col(_D.number).is_not(None),
        )
        .order_by(col(_D.listed_on).desc())
        .limit(_MOST)
    )
    return [number for number in found if number]


def _mailed(work: Work, references: list[str]) -> list[UUID]:
    """Return the documents that went with letters of ours, while these are remembered."""
    if not references:
        return []
    keys = work.db.scalars(
        select(col(_M.key)).where(
            col(_M.organization_id) == work.organization_id,
            col(_M.message_id).in_(references),
            col(_M.key).startswith(f"{MAILING_KEY}:"),
        )
    )
    return [UUID(key.split(":")[1]) for key in keys]
