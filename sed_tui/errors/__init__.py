"""Every failure a user can meet, each known by its code."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sed_tui.errors.failure import (
    BY_CODE,
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refused,
    SedError,
    Unavailable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Conflict",
    "Invalid",
    "NotFound",
    "NotPermitted",
    "Refused",
    "SedError",
    "Unavailable",
    "by_code",
]


@cache
def by_code() -> Mapping[str, type[SedError]]:
    """Return every failure by its code.

    Imports all fifty modules of them, a thirtieth of a start: whoever raises one imports its
    module, and only who was told a code looks for it.
    """
    from pkgutil import iter_modules

    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return BY_CODE
