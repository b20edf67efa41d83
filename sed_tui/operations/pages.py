"""Shapes that every list shares: a page of rows and an opaque cursor."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field

from sed_tui.errors.input import BadCursor
from sed_tui.operations.registry import Message, Request

if TYPE_CHECKING:
    from collections.abc import Iterable

MessageT = TypeVar("MessageT", bound=Message)


class ListRequest(Request):
    """Ask for the rows after a cursor, or after the first `skip` rows."""

    after: str | None = None
    skip: int = Field(default=0, ge=0)
    limit: int = Field(default=100, ge=1, le=10_000)


class Page(Message):
    """The cursor of the next page; a subclass adds `rows`."""

    next: str | None = None


def trusted(model: type[MessageT], rows: Iterable[dict[str, Any]]) -> list[MessageT]:
    """Make messages of values that are valid already: each field, in its own type.

    What `model_construct` does without asking about defaults and aliases, which takes
    nine tenths of its time; a page of rows is made from our own columns.
    """
    new, put, known = object.__new__, object.__setattr__, set(model.model_fields)
    messages = []
    for values in rows:
        made = new(model)
        put(made, "__dict__", values)
        put(made, "__pydantic_fields_set__", known)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        messages.append(made)
    return messages


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
