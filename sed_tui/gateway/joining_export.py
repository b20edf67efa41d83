"""A complete export of an organization that leaves: its files verified, recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sed_tui.operations.joining_evidence import RecordExport
from sed_tui.storage.database import REVISIONS
from sed_tui.storage.transfer import FORMAT
from sed_tui.storage.transfer_manifest import read_manifest, verify_files

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class VerifiedExport:
    """What records an export, and how many files of it were found whole."""

    request: RecordExport
    files: int


def verified_export(folder: Path, application: str | None) -> VerifiedExport:
    """Return what records an export, once each of its files is found whole.

    Raises `NotAnExport`, `ExportOfOtherVersion`, `ExportTampered`, `PathLeavesExport`.
    """
    manifest = read_manifest(folder, FORMAT, REVISIONS[-1])
    files = verify_files(folder, manifest)
    request = RecordExport(
        application=application or manifest.code,
        organization_id=UUID(manifest.organization_id),
        digest=manifest.sums,
    )
    return VerifiedExport(request, files)
