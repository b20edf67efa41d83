"""Files of documents read to their end: a decision names bytes, so they have to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.handlers.short_ids import short_id
from sed_tui.storage.contents import fault_of, named_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_version import VersionFile


def require_whole(work: Work, document: DocumentReference, files: Iterable[VersionFile]) -> None:
    """Refuse files whose bytes the store has lost or spoiled. Raises `FileLost`, `FileDamaged`."""
    for file in files:
        fault = fault_of(work.files, file.sha256)
        if fault is not None:
            raise named_fault(fault, document.number or short_id(document.id), file.name)
