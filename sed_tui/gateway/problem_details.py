"""The values of a failure on their way: dates stay dates, for messages that format them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def packed(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON holds them."""
    return {name: _packed(value) for name, value in details.items()}


def unpacked(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the failure had them."""
    return {name: _unpacked(value) for name, value in details.items()}


def _packed(value: Any) -> Any:
    match value:
        case Enum():
            return _packed(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"$moment": value.isoformat()}
        case date():
            return {"$day": value.isoformat()}
        case dict():
            return {str(key): _packed(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_packed(one) for one in value]
    return str(value)


def _unpacked(value: Any) -> Any:
    match value:
        case {"$moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"$day": str(text)}:
            return date.fromisoformat(text)
        case dict():
            return unpacked(value)
        case list():
            return [_unpacked(one) for one in value]
    return value
