"""The overdue report for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.assignment import STATE_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from sed_tui.operations.report import OverdueReport

_CONTROL = {
    "none": N_("not on control"),
    "control": N_("on control"),
    "special": N_("on special control"),
    "released": N_("released"),
}


def overdue_printout(report: OverdueReport, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    return Printout(
        title=_("Overdue assignments"),
        day=report.as_of,
        columns=_columns(several=several),
        rows=report.rows,
        data={"as_of": f"{report.as_of}", "totals": report.totals.model_dump()},
        notes=(
            _("As of {day}").format(day=f"{report.as_of:%d.%m.%Y}"),
            _("Overdue: the term is over and no report in time is accepted or waits for it."),
        ),
        totals=[*report.totals.by.items(), (_("Overdue in all"), report.totals.overdue)],
    )


def _columns(*, several: bool) -> list[Column]:
    organization = [Column("organization", label("organization"), width=12)] if several else []
    states = {state.value: _(title) for state, title in STATE_TITLES.items()}
    control = {code: _(title) for code, title in _CONTROL.items()}
    return [
        *organization,
        Column("id", label("id"), Kind.ID, width=10),
        Column("document_number", label("document_number"), width=14),
        Column("text", label("text"), width=48),
        Column("author", label("author"), width=22),
        Column("executor", label("executor"), width=22),
        Column("department", label("department"), width=20),
        Column("due", label("due"), Kind.DAY, width=11),
        Column("days_overdue", label("days_overdue"), Kind.NUMBER, width=10),
        Column("working_days_overdue", label("working_days_overdue"), Kind.NUMBER, width=10),
        Column("state", label("state"), width=16, words=states),
        Column("control", label("control"), width=14, words=control),
    ]
