"""The chain of the audit trail: what is hashed, and which values are personal.

An entry's hash is SHA-256 over the previous hash and the entry's canonical JSON, so
that a changed, missing or swapped entry breaks every later hash.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

HASHED = (
    "organization",
    "seq",
    "at",
    "actor",
    "on_behalf_of",
    "source",
    "host",
    "operation",
    "event",
    "object_type",
    "object_id",
    "changes",
    "reason",
)

PERSONAL: dict[str, frozenset[str]] = {
    "employee": frozenset({"full_name", "email", "phone"}),
    "correspondent": frozenset({"name", "short_name", "inn", "ogrn", "address", "email"}),
    "document": frozenset({"reply_address", "recipients"}),
    "intake_letter": frozenset({"sender"}),
}

# made once: json.dumps makes an encoder at every call
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def canonical(value: Any) -> str:
    """Return JSON that is the same for the same value, whatever made it."""
    return _ENCODER.encode(value)


def hashed_moment(at: datetime) -> str:
    """Return an instant as the hash takes it: the same before storing and after reading back."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def chain_hash(previous: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry that follows the one with the hash `previous`."""
    body = canonical([entry[name] for name in HASHED])
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def salted(salt: str, value: str) -> str:
    """Return what the chain holds in place of a personal value."""
    return "sha256:" + hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def difference(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, list[Any]]:
    """Return `{field: [before, after]}` for the fields that differ; None where there was none."""
    old, new = before or {}, after or {}
    if not old:
        return {name: [None, new[name]] for name in sorted(new) if new[name] is not None}
    return {
        name: [old.get(name), new.get(name)]
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


class Chain:
    """Follows a chain from its beginning and remembers the first entry that does not fit."""

    def __init__(self) -> None:
        self.events = 0
        self.first_broken: int | None = None
        self._previous = ""

    def take(
        self, entry: Mapping[str, Any], personal: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Look at the next entry, and at the personal values that were kept apart from it."""
        self.events += 1
        if self.first_broken is not None:
            return
        if not (self._follows(entry) and _are_the_hashed(entry["changes"], personal or {})):
            self.first_broken = self.events
        self._previous = entry["hash"]

    def finish(self, length: int, head: str) -> None:
        """Compare the end with the head, which tells a tail that was cut off or added."""
        if self.first_broken is None and (self.events, self._previous) != (length, head):
            self.first_broken = max(1, min(self.events, length) + (self.events != length))

    def _follows(self, entry: Mapping[str, Any]) -> bool:
        return bool(
            entry["seq"] == self.events
            and entry["prev_hash"] == self._previous
            and entry["hash"] == chain_hash(self._previous, entry)
        )


def with_personal(changes: str, personal: Mapping[str, Mapping[str, str]]) -> dict[str, list[Any]]:
    """Return the changes with the personal values in place of their hashes, unless erased."""
    values: dict[str, list[Any]] = json.loads(changes)
    for path, kept in personal.items():
        field, _dot, side = path.rpartition(".")
        if field in values:
            values[field][side == "after"] = kept["value"]
    return values


def _are_the_hashed(changes: str, personal: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether personal values, named `field.before` or `field.after`, are those hashed."""
    for path, kept in personal.items():
        field, _dot, side = path.rpartition(".")
        both = json.loads(changes).get(field)
        if both is None or both[side == "after"] != salted(kept["salt"], kept["value"]):
            return False
    return True
