"""Workbooks of Directum RX as tests write and load them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.gateway.directum.load import DirectumLoad
from sed_tui.gateway.directum.names import Names
from sed_tui.operations.registry import CallOptions
from sed_tui.spreadsheet.directum_reading import open_directum

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.directum.answers import Verdict


NAMES = Names(
    organizations={"наша": "ТехноСистемы ЗАО"},
    journals={"4": "01-23", "17": "05-11", "18": "р", "3": "ВН", "5": "ВН"},
)


def loaded(
    gateway: Any, *paths: Path, names: Names = NAMES, files: Path | None = None, dry: bool = False
) -> dict[str, list[tuple[Verdict, str]]]:
    """Load workbooks and return the answers to the rows of each sheet."""
    books = [open_directum(path) for path in paths]
    run = DirectumLoad(gateway, books, CallOptions(dry_run=dry), names=names, files=files)
    return {
        load.sheet.name: [(one.verdict, one.text) for _row, one in sorted(load.rows.items())]
        for load in run.run()
    }
