"""The main screens, in the order of their number keys."""

from __future__ import annotations

from dataclasses import dataclass

from sed_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class Place:
    """A main screen: the mode it lives in, its key, its name in the bar and as a title."""

    mode: str
    key: str
    short: str
    title: str


PLACES = (
    Place("work", "1", N_("Mine"), N_("My work")),
    Place("documents", "2", N_("Documents"), N_("Documents")),
    Place("assignments", "3", N_("Assignments"), N_("Assignments")),
)
