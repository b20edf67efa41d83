"""The export of an audit trail: JSON lines that prove themselves without the database.

The first line names the organization, the number of its entries and the hash of the
last one; every other line is an entry with exactly the values that were hashed
(`changes` is the hashed text) and, apart, the personal values that the chain holds
salted hashes of. Exports may stand one after another in a file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.domain.audit import HASHED, Chain, canonical
from sed_tui.errors.audit import NotAnExport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FORMAT = "sed-tui-audit/1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one organization's chain; `first_broken` is the number of an entry."""

    code: str
    events: int
    head: str
    first_broken: int | None

    @property
    def ok(self) -> bool:
        """Tell whether the whole chain holds."""
        return self.first_broken is None


def opening_line(organization: str, code: str, events: int, head: str) -> str:
    """Return the line that an export begins with."""
    return canonical(
        {
            "format": FORMAT,
            "organization": organization,
            "code": code,
            "events": events,
            "head": head,
        }
    )


def entry_line(entry: Mapping[str, Any], personal: Mapping[str, Mapping[str, str]]) -> str:
    """Return the line of an entry."""
    hashed = {name: entry[name] for name in (*HASHED, "prev_hash", "hash")}
    return canonical({**hashed, "personal": personal} if personal else hashed)


def verify_export(lines: Iterable[str]) -> Iterator[Verdict]:
    """Check exports a line at a time. Raises `NotAnExport` for another sort of file."""
    opening: dict[str, Any] | None = None
    chain = Chain()
    for line in lines:
        content = _parsed(line)
        if content.get("format") == FORMAT:
            if opening is not None:
                yield _verdict(opening, chain)
            opening, chain = content, Chain()
        elif opening is None:
            raise NotAnExport
        else:
            chain.take(_entry(content, opening), content.get("personal"))
    if opening is None:
        raise NotAnExport
    yield _verdict(opening, chain)


def _verdict(opening: Mapping[str, Any], chain: Chain) -> Verdict:
    try:
        length, head, code = int(opening["events"]), str(opening["head"]), str(opening["code"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnExport from error
    chain.finish(length, head)
    return Verdict(code, chain.events, head, chain.first_broken)


def _parsed(line: str) -> dict[str, Any]:
    """Return the object of a line; a damaged line is an entry that fits nowhere."""
    try:
        content = json.loads(line)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _entry(content: Mapping[str, Any], opening: Mapping[str, Any]) -> dict[str, Any]:
    entry = {name: content.get(name) for name in (*HASHED, "prev_hash", "hash")}
    if entry["organization"] != opening.get("organization"):
        entry["hash"] = None  # an entry of another organization's chain
    return entry
