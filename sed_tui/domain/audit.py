"""The chain of the audit trail: what is hashed, and which values are personal.

An entry's hash is SHA-256 over the previous hash and the entry's canonical JSON, so
that a changed, missing or swapped entry breaks every later hash.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    "correspondent": frozenset({"name", "short_name", "address", "email"}),
    "document": frozenset({"reply_address"}),
}


def canonical(value: Any) -> str:
    """Return JSON that is the same for the same value, whatever made it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


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
    return {
        name: [old.get(name), new.get(name)]
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def first_broken(previous: str, entries: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the `seq` of the first entry that does not follow from the one before it."""
    expected_seq = None
    for entry in entries:
        seq = int(entry["seq"])
        if expected_seq is not None and seq != expected_seq:
            return expected_seq
        if entry["prev_hash"] != previous or entry["hash"] != chain_hash(previous, entry):
            return seq
        previous, expected_seq = entry["hash"], seq + 1
    return None
