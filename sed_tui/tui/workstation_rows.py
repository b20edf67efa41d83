"""Checks of this machine as rows of a table, and what they say in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.workstation import STATUS_TITLES, Status
from sed_tui.i18n import _
from sed_tui.rendering.cells import printable
from sed_tui.rendering.workstation import SIGNS, title
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.domain.workstation import Check

_TONES = {Status.FAIL: "alarm", Status.WARN: "notice", Status.SKIP: "muted"}


def check_columns() -> tuple[Column, ...]:
    """Return the columns of the list of checks."""
    return (
        Column(_("State"), 22),
        Column(_("What was looked at"), 28, share=2),
        Column(_("Found"), 18, share=1, optional=True),
    )


def check_rows(checks: Iterable[Check]) -> FixedRows:
    """Return the checks as rows, in their order."""
    return FixedRows([_row(check) for check in checks])


def _row(check: Check) -> Row:
    state = f"{SIGNS[check.status]} {_(STATUS_TITLES[check.status])}"
    cells = (state, title(check), printable(check.found or check.evidence))
    return Row(check.id, cells, _TONES.get(check.status, ""), data=check)
