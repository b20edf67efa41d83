"""The JSON that messages travel in between servers: its schema, and what does not keep to it.

Both come from the classes of `sed_tui.exchange.message`, so that the schema which partners
build by is what messages are checked by.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from uuid import UUID

from sed_tui.errors.exchange import (
    PartMissing,
    PartNotExpected,
    PartNotFitting,
    TextOfPartTooLong,
    ValueNotKnown,
)
from sed_tui.exchange.message import Message
from sed_tui.exchange.message_json import BODIES, type_hints
from sed_tui.i18n import N_, _

FORMAT = "sed-exchange/1"
LONGEST_TEXT = 20_000
MOST_PARTS = 10_000
_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_IDENTIFIERS = {
    *(("Message", "uid"), ("Participant", "uid"), ("Letter", "uid")),
    *(("Notification", "document"), ("Acknowledgment", "message")),
}
_AN_OBJECT = N_("an object is expected")
_PLAIN: dict[Any, str] = {
    bool: N_("true or false is expected"),
    int: N_("a whole number is expected, zero or more"),
    date: N_("a day is expected: YYYY-MM-DD"),
    datetime: N_("an instant with its zone is expected: 2026-05-31T09:00:00+03:00"),
}
# what a channel must know of a message that formats of files may lack
_ALWAYS = {("Message", "uid"), ("Message", "created")}


def message_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a message."""
    parts: dict[str, Any] = {}
    root = _object(Message, parts)
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    root["required"] = ["format", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Message of {FORMAT}",
        **root,
        "$defs": dict(sorted(parts.items())),
    }


def check_message(told: Any, file: str) -> None:
    """Refuse what is no message of the schema. Raises `PartMissing`, `PartNotFitting` and kinds."""
    if not isinstance(told, dict):
        raise _bad(file, "$", _AN_OBJECT)
    rest = dict(told)
    if rest.pop("format", None) != FORMAT:
        raise PartNotExpected(file=file, part="format", known=FORMAT)
    _check_object(Message, rest, "", file)


def _object(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    hints = type_hints(kind)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields(kind) if _is_required(kind, field)],
        "properties": {
            field.name: _body(parts)
            if (kind, field.name) == (Message, "body")
            else _schema(kind, field.name, hints[field.name], parts)
            for field in fields(kind)
        },
    }


def _body(parts: dict[str, Any]) -> dict[str, Any]:
    for name, kind in BODIES.items():
        made = _object(kind, parts)
        made["properties"] = {"is": {"const": name}, **made["properties"]}
        made["required"] = ["is", *made["required"]]
        parts[kind.__name__] = made
    return {"oneOf": [_reference(kind) for kind in BODIES.values()]}


def _schema(owner: Any, name: str, hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    hint = _filled(hint)
    plain: dict[Any, dict[str, Any]] = {
        datetime: {"type": "string", "format": "date-time"},
        date: {"type": "string", "format": "date"},
        int: {"type": "integer", "minimum": 0},
        bool: {"type": "boolean"},
    }
    if get_origin(hint) is tuple:
        items = _schema(owner, name, get_args(hint)[0], parts)
        return {"type": "array", "maxItems": MOST_PARTS, "items": items}
    if is_dataclass(hint):
        part = getattr(hint, "__name__", "")
        if part not in parts:
            parts[part] = {}
            parts[part] = _object(hint, parts)
        return _reference(hint)
    if issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    if hint is str:
        if (owner.__name__, name) in _IDENTIFIERS:
            return {"type": "string", "pattern": f"^{_UUID}$"}
        return {"type": "string", "maxLength": LONGEST_TEXT}
    return plain[hint]


def _reference(kind: Any) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _check_object(kind: Any, told: Any, path: str, file: str) -> None:
    if not isinstance(told, dict):
        raise _bad(file, path or "$", _AN_OBJECT)
    hints = type_hints(kind)
    for name in told:
        if name not in hints:
            raise _bad(file, _join(path, name[:100]), N_("the format knows no such part"))
    for field in fields(kind):
        where = _join(path, field.name)
        if field.name not in told:
            if _is_required(kind, field):
                raise PartMissing(file=file, part=where)
        elif (kind, field.name) == (Message, "body"):
            _check_body(told["body"], where, file)
        else:
            _check(kind, field.name, hints[field.name], told[field.name], where, file)


def _check_body(told: Any, where: str, file: str) -> None:
    rest = dict(told) if isinstance(told, dict) else {}
    kind = BODIES.get(str(rest.pop("is", "")))
    if kind is None:
        raise PartNotExpected(file=file, part=f"{where}.is", known=", ".join(BODIES))
    _check_object(kind, rest, where, file)


def _check(owner: Any, name: str, hint: Any, value: Any, where: str, file: str) -> None:
    hint = _filled(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or len(value) > MOST_PARTS:
            raise _bad(file, where, N_("a list is expected"))
        for place, one in enumerate(value):
            _check(owner, name, get_args(hint)[0], one, f"{where}[{place}]", file)
    elif is_dataclass(hint):
        _check_object(hint, value, where, file)
    elif hint is bool or hint is int:
        if type(value) is not hint or value < 0:
            raise _bad(file, where, _PLAIN[hint])
    else:
        is_uid = (owner.__name__, name) in _IDENTIFIERS
        _check_text(UUID if is_uid else hint, value, where, file)


def _check_text(hint: Any, value: Any, where: str, file: str) -> None:
    """Refuse what is no text, too long a one, or no day, instant, identifier or listed value."""
    if not isinstance(value, str):
        raise _bad(file, where, N_("a text is expected"))
    if len(value) > LONGEST_TEXT:
        raise TextOfPartTooLong(file=file, part=where, limit=LONGEST_TEXT, found=len(value))
    if hint is UUID:
        if not re.fullmatch(_UUID, value):
            raise _bad(file, where, N_("an UUID is expected"))
    elif hint in (date, datetime):
        if not _is_moment(hint, value):
            raise _bad(file, where, _PLAIN[hint])
    elif hint is not str and value not in {one.value for one in hint}:
        raise ValueNotKnown(file=file, part=where, value=value[:60])


def _is_moment(hint: Any, value: str) -> bool:
    try:
        read = hint.fromisoformat(value)
    except ValueError:
        return False
    return hint is date or read.tzinfo is not None


def _is_required(kind: Any, field: Field[Any]) -> bool:
    if (kind.__name__, field.name) in _ALWAYS:
        return True
    is_optional = NoneType in get_args(type_hints(kind)[field.name])
    return field.default is MISSING and not is_optional


def _filled(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        return next(one for one in get_args(hint) if one is not NoneType)
    return hint


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _bad(file: str, path: str, reason: str) -> PartNotFitting:
    return PartNotFitting(file=file, part=path, reason=_(reason))
