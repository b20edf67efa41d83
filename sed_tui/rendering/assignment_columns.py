"""The columns in which every report lists assignments."""

from __future__ import annotations

from sed_tui.domain.assignment import STATE_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.rendering.printout import Column, Kind

_CONTROL = {
    "none": N_("not on control"),
    "control": N_("on control"),
    "special": N_("on special control"),
    "released": N_("released"),
}


def organization_column(*, several: bool) -> list[Column]:
    """Return the column of the organization where a report is over several."""
    return [Column("organization", label("organization"), width=12)] if several else []


def what_columns() -> list[Column]:
    """Return what is to be done, by whom and by when."""
    return [
        Column("id", label("id"), Kind.ID, width=10),
        Column("document_number", label("document_number"), width=14),
        Column("text", label("text"), width=48),
        Column("author", label("author"), width=22),
        Column("executor", label("executor"), width=22),
        Column("department", label("department"), width=20),
        Column("due", label("due"), Kind.DAY, width=11),
    ]


def state_columns() -> list[Column]:
    """Return how far it is."""
    states = {state.value: _(title) for state, title in STATE_TITLES.items()}
    control = {code: _(title) for code, title in _CONTROL.items()}
    return [
        Column("state", label("state"), width=16, words=states),
        Column("control", label("control"), width=14, words=control),
        Column("shifts", label("shifts"), Kind.NUMBER, width=9),
    ]


def day_column(name: str) -> Column:
    """Return a column of days."""
    return Column(name, label(name), Kind.DAY, width=11)


def number_column(name: str, width: int = 10) -> Column:
    """Return a column of numbers."""
    return Column(name, label(name), Kind.NUMBER, width=width)
