"""The tables, a module per noun. No rule lives here: rules are in `sed_tui.domain`.

Import the module of the noun that is read; `everything()` imports all of them,
for migrations alone (450 ms with thirty tables).
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def everything() -> MetaData:
    """Import every table and return their metadata."""
    from sqlmodel import SQLModel

    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return SQLModel.metadata
