"""The audit trail of an export followed from its first entry to its head, before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.audit import Chain
from sed_tui.errors.transfer import ExportedTrailBroken
from sed_tui.storage.audit_trail import Head, with_values
from sed_tui.storage.exported_rows import batches, file_of
from sed_tui.storage.transfer import table_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def require_whole_trail(folder: Path) -> None:
    """Refuse an export whose trail was changed, cut or added to.

    Raises `ExportedTrailBroken`, `NotAnExport`.
    """
    chain = Chain()
    events = _rows(folder, "audit_event")
    for entry, personal in with_values(events, _ascending(_rows(folder, "audit_personal"))):
        chain.take(entry, personal)
    head = next((Head(row["seq"], row["hash"]) for row in _rows(folder, "audit_head")), Head())
    chain.finish(head.seq, head.hash)
    if chain.first_broken is not None:
        raise ExportedTrailBroken(entry=chain.first_broken)


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    table = table_named(name)
    for rows in batches(table, file_of(folder, "tables", table)):
        yield from rows


def _ascending(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield values in the order of their entries: one out of its place would not be compared."""
    last = 0
    for row in rows:
        if row["seq"] < last:
            raise ExportedTrailBroken(entry=row["seq"])
        last = row["seq"]
        yield row
