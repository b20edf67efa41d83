"""Ids that a person can type: their beginning is enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement

_SHORT_ID = re.compile(r"[0-9a-f]{6,31}")


def by_id(column: Any, text: str) -> ColumnElement[bool] | None:
    """Return the condition that an id column is a whole or a short id, None for other text."""
    digits = text.lower().replace("-", "")
    if re.fullmatch(r"[0-9a-f]{32}", digits):
        return column == UUID(digits)  # type: ignore[no-any-return]
    if not _SHORT_ID.fullmatch(digits):
        return None
    # ids are stored in the order of their digits, so a prefix is a range of the index
    low, high = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    return and_(column >= low, column <= high)


def short_id(value: UUID) -> str:
    """Return the beginning of an id, which is enough to type."""
    return value.hex[:8]
