"""What guides call a screen: the name of its class, `DocumentCardScreen` → `document-card`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sed_tui.tui.frame import SedScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.screen import Screen

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def screen_name(kind: type) -> str:
    """Return the name of a screen in guides."""
    return _CAPITAL.sub("-", kind.__name__.removesuffix("Screen")).lower()


def names_of(stack: Iterable[Screen[object]]) -> Iterator[str]:
    """Return the names by which a guide to what is shown may go, the nearest first.

    A dialog has no guide of its own: the screen under it has.
    """
    for screen in reversed(list(stack)):
        for kind in type(screen).__mro__:
            if issubclass(kind, SedScreen) and kind is not SedScreen:
                yield screen_name(kind)
