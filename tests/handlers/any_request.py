"""Requests for any operation of the registry, made from the types of their fields alone."""

from __future__ import annotations

import re
import types
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

if TYPE_CHECKING:
    from sed_tui.operations.registry import Operation, RequestT, ResultT

_PLAIN: dict[Any, Any] = {
    str: "нечто довольно длинное",
    int: 2026,
    bool: False,
    date: date(2026, 11, 20),
    datetime: datetime(2026, 11, 20, 7, tzinfo=UTC),
    UUID: UUID(int=1),
    bytes: b"Ynl0ZXM=",
    Any: "нечто",
}
_WORDS = ("code", "text/plain", "0" * 64)  # what the patterns of fields want


def any_request(operation: Operation[RequestT, ResultT], **fields: Any) -> RequestT:
    """Return a request with its obligatory fields filled in, some of them as given."""
    model = operation.request
    needed = {
        name: _of_pattern(field) or any_value(field.annotation)
        for name, field in model.model_fields.items()
        if field.is_required()
    }
    return model.model_validate({**needed, **fields})


def _of_pattern(field: Any) -> str | None:
    """Return a text that the pattern of a field wants, None for a field without one."""
    patterns = [rule.pattern for rule in field.metadata if getattr(rule, "pattern", None)]
    fitting = (word for word in _WORDS if all(re.fullmatch(p, word) for p in patterns))
    return next(fitting) if patterns else None


def any_value(kind: Any) -> Any:
    """Return a value of a type."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) in {Union, types.UnionType}:
        return any_value(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return (any_value(get_args(kind)[0]),)
    if get_origin(kind) is dict:
        return {"name": "нечто"}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {
            name: any_value(field.annotation)
            for name, field in kind.model_fields.items()
            if field.is_required()
        }
    raise AssertionError(f"no example of {kind}")
