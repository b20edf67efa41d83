"""A request in the query string, for operations that read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args, get_origin

from sed_tui.errors.input import BadRequest
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.registry import Request

_MANY = (tuple, list, set, frozenset)


def from_query(model: type[Request], pairs: Sequence[tuple[str, str]]) -> Request:
    """Return the request that parameters make; those of a list may be repeated.

    Objects are written as JSON. Raises `BadRequest` for one value too many, and Pydantic's
    error for what does not fit.
    """
    values: dict[str, Any] = {}
    for name, text in pairs:
        field = model.model_fields.get(name)
        value = json_or_text(text) if text[:1] in {"{", "["} and not _is_text(field) else text
        if field is not None and _is_many(field.annotation) and not isinstance(value, list):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise BadRequest(field=name, reason=_("it is given twice."), advice="")
        else:
            values[name] = value
    return model.model_validate(values)


def json_or_text(text: str) -> Any:
    """Return what a JSON text holds, or the text that it is otherwise."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _is_many(annotation: Any) -> bool:
    return get_origin(annotation) in _MANY or any(
        _is_many(part) for part in get_args(annotation) if get_origin(annotation) not in _MANY
    )


def _is_text(field: Any) -> bool:
    return field is not None and str in {field.annotation, *get_args(field.annotation)}
