"""Ids that a person can type: their beginning is enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement

_SHORT_ID = re.compile(r"[0-9a-f]{6,32}")


def by_id(column: Any, text: str) -> ColumnElement[bool] | None:
    """Return the condition that an id column is a whole or a short id, None for other text."""
    ids = id_range(text)
    return None if ids is None else and_(column >= ids[0], column <= ids[1])


def id_range(text: str) -> tuple[UUID, UUID] | None:
    """Return the first and the last of the ids that a whole or a short id may mean.

    Ids are stored in the order of their digits, so a prefix is a range of the index.
    """
    digits = text.lower().replace("-", "")
    if not _SHORT_ID.fullmatch(digits):
        return None
    return UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))


def whole_id(text: str) -> UUID | None:
    """Return the id that a text is, all its digits."""
    ids = id_range(text)
    return ids[0] if ids is not None and ids[0] == ids[1] else None


def short_id(value: UUID) -> str:
    """Return the beginning of an id, which is enough to type."""
    return value.hex[:8]
