"""Shapes that every list shares: a page of rows and an opaque cursor."""

from __future__ import annotations

import base64
import json
from typing import Any

from pydantic import Field

from sed_tui.errors.input import BadCursor
from sed_tui.operations.registry import Message, Request


class ListRequest(Request):
    """Ask for the rows after a cursor, or after the first `skip` rows."""

    after: str | None = None
    skip: int = Field(default=0, ge=0)
    limit: int = Field(default=100, ge=1, le=10_000)


class Page(Message):
    """The cursor of the next page; a subclass adds `rows`."""

    next: str | None = None


def encode_cursor(*place: Any) -> str:
    """Turn the order values of a row into a cursor."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: Any) -> tuple[Any, ...]:
    """Return the order values of a cursor, each read by the type's constructor.

    Raises `BadCursor` for text that `encode_cursor` did not make.
    """
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(read(value) for read, value in zip(types, place, strict=True))
    except (ValueError, TypeError) as error:
        raise BadCursor(field="after", value=cursor) from error
