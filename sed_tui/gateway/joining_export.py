"""A complete export of an organization that leaves: made, its files verified, recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sed_tui.errors.network import NotOverServer
from sed_tui.operations.joining_evidence import RecordExport
from sed_tui.storage.database import REVISIONS
from sed_tui.storage.transfer import FORMAT
from sed_tui.storage.transfer_manifest import read_manifest, verify_files

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway import Gateway


@dataclass(frozen=True, slots=True)
class VerifiedExport:
    """What records an export, and how many files of it were found whole."""

    request: RecordExport
    files: int


def make_export(gateway: Gateway, folder: Path) -> None:
    """Export the caller's organization to a folder. Raises `NotOverServer`, `FolderTaken`."""
    from sed_tui.gateway.local import LocalGateway  # whoever works with a server has none

    if not isinstance(gateway, LocalGateway):
        raise NotOverServer(server=gateway.place)
    gateway.export_organization(folder)


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
