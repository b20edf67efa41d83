"""A message as JSON and back: as it is kept beside its bytes, whatever format carried it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sed_tui.exchange import message as parts
from sed_tui.exchange.message import Acknowledgment, Letter, Message, Notification

BODIES: dict[str, type[Any]] = {
    "letter": Letter,
    "notification": Notification,
    "receipt": Acknowledgment,
}
_NAMES = {kind: name for name, kind in BODIES.items()}
_WITH_TIME = {"date": date, "datetime": datetime}


def body_name(body: object) -> str:
    """Return what kind of message a body makes: letter, notification or receipt."""
    return _NAMES[type(body)]


def message_as_json(message: Message) -> str:
    """Return a message as JSON; what is empty is left out."""
    told = _plain(message)
    told["body"] = {"is": body_name(message.body), **told["body"]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def message_of_json(text: str) -> Message:
    """Return the message of its JSON. Raises `KeyError`, `TypeError` and `ValueError`."""
    told = json.loads(text)
    body = told.pop("body")
    made = _made(BODIES[body.pop("is")], body)
    return Message(body=made, **_values(Message, told))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _plain(one) for name, one in named.items() if one not in ("", None, ())}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _made(kind: Any, told: dict[str, Any]) -> Any:
    return kind(**{**_empty(kind), **_values(kind, told)})


def _values(kind: Any, told: dict[str, Any]) -> dict[str, Any]:
    hints = type_hints(kind)
    return {name: _read(hints[name], value) for name, value in told.items()}


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], one) for one in value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, value)
    return hint(value)


@cache
def type_hints(kind: Any) -> dict[str, Any]:
    """Return what the fields of a class hold."""
    return get_type_hints(kind, {**vars(parts), **_WITH_TIME})


@cache
def _empty(kind: Any) -> dict[str, Any]:
    """Return what obligatory fields are where JSON has left an empty one out."""
    hints = type_hints(kind)
    return {
        field.name: None if NoneType in get_args(hints[field.name]) else ""
        for field in fields(kind)
        if hints[field.name] is str or NoneType in get_args(hints[field.name])
    }
