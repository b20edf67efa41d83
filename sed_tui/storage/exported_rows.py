"""The rows of an export as its files hold them, each of the organization that is exported.

The folder comes from strangers, who can make its digests anew: what a row says of whose it is
is compared with the manifest before anything is written, whatever the database would let in.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from sed_tui.errors.transfer import ForeignRows, NotAnExport
from sed_tui.i18n import _
from sed_tui.storage.transfer import (
    ORGANIZATION,
    columns_of,
    own_tables,
    owner_of,
    read_back,
    table_named,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Table

    Rows = list[dict[str, Any]]

_AT_ONCE = 1000
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, FileNotFoundError)


def batches(table: Table, path: Path) -> Iterator[Rows]:
    """Return the rows of a file by the thousand. Raises `NotAnExport`."""
    try:
        with path.open("rb") as lines:
            rows = (_row(table, json.loads(line)) for line in lines)
            while batch := list(islice(rows, _AT_ONCE)):
                yield batch
    except _UNREADABLE as error:
        reason = _("{file} cannot be read").format(file=path.name)
        raise NotAnExport(folder=str(path.parent.parent), reason=reason) from error


def file_of(folder: Path, part: str, table: Table) -> Path:
    """Return where an export holds the rows of a table."""
    return folder / part / f"{table.name}.jsonl"


def require_own_rows(folder: Path, organization_id: UUID) -> None:
    """Refuse an export with rows of anybody else. Raises `ForeignRows`, `NotAnExport`."""
    for table in (table_named(ORGANIZATION), *own_tables()):
        path = file_of(folder, "tables", table)
        for rows in batches(table, path):
            require_owner(table, path, rows, organization_id)
    days = table_named("calendar_day")
    for rows in batches(days, file_of(folder, "common", days)):
        require_owner(days, file_of(folder, "common", days), rows, None)
    for table in (table_named(ORGANIZATION), table_named("employee")):
        path = file_of(folder, "neighbours", table)
        if any(
            row[owner_of(table).name] == organization_id for b in batches(table, path) for row in b
        ):
            raise foreign(path)


def require_owner(table: Table, path: Path, rows: Rows, organization_id: UUID | None) -> None:
    """Refuse rows of another organization, or of one where none is due. Raises `ForeignRows`."""
    name = owner_of(table).name
    if any(row[name] != organization_id for row in rows):
        raise foreign(path)


def foreign(path: Path) -> ForeignRows:
    """Return the failure of a file that holds rows of another organization."""
    return ForeignRows(path=f"{path.parent.name}/{path.name}")


def _row(table: Table, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row that has every column that travels and no other. Raises `KeyError`."""
    if set(record) != {column.name for column in columns_of(table)}:
        raise KeyError(table.name)
    return read_back(table, record)
