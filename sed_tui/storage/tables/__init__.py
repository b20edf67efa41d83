"""The tables, a module per noun. No rule lives here: rules are in `sed_tui.domain`.

Import the module of the noun that is read; `everything()` imports all of them,
for migrations alone (450 ms with thirty tables).
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Index, MetaData

_WHERE = "where"


def everything() -> MetaData:
    """Import every table and return their metadata."""
    from sqlmodel import SQLModel

    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    for table in SQLModel.metadata.tables.values():
        for index in table.indexes:
            _make_partial(index)
    return SQLModel.metadata


def only(where: str) -> dict[str, str]:
    """Return the `info` of an index over the rows of a condition alone.

    The dialects' own arguments would import PostgreSQL's into every read on SQLite,
    22 ms; migrations, which make the index, ask `everything()`.
    """
    return {_WHERE: where}


def _make_partial(index: Index) -> None:
    where = index.info.get(_WHERE)
    if where is not None:
        from sqlalchemy import text

        for dialect in ("sqlite", "postgresql"):
            index.dialect_kwargs[f"{dialect}_where"] = text(where)
