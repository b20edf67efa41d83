"""Every file that the store keeps has a name by which an export tells what is lost."""

from __future__ import annotations

from sed_tui.storage.kept_contents import DOCUMENT_FILES, KEPT
from sed_tui.storage.organization_export import OTHER_FILES


def test_an_export_names_everything_that_is_kept() -> None:
    kept = {column.table.name for column in KEPT if column is not DOCUMENT_FILES}

    assert kept == OTHER_FILES.keys()
