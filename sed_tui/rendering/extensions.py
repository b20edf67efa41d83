"""Requests for later terms, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.rendering.assignment_columns import (
    day_column,
    number_column,
    organization_column,
    what_columns,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Column, Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_extensions import ExtensionReport

_DECISIONS = {
    "asked": N_("waits for a decision"),
    "granted": N_("granted"),
    "denied": N_("denied"),
    "lapsed": N_("lapsed"),
}


def extensions_printout(report: ExtensionReport, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    totals = report.totals
    data = totals.model_dump()
    return Printout(
        title=_("Requests for later terms"),
        day=report.as_of,
        columns=_columns(several=several),
        rows=report.rows,
        data={
            "as_of": f"{report.as_of}",
            "since": f"{report.since}",
            "until": f"{report.until}",
            "totals": data,
        },
        notes=(
            as_of_note(report.as_of),
            _("Requested from {since} to {until}.").format(
                since=f"{report.since:%d.%m.%Y}", until=f"{report.until:%d.%m.%Y}"
            ),
        ),
        totals=[
            *((_(title), data[key]) for key, title in _TOTALS.items()),
            *totals.by_executor.items(),
        ],
        charts=_charts(totals.by_executor),
    )


def _charts(by: dict[str, int]) -> list[Chart]:
    if not by:
        return []
    return [Chart(_("Requests by who asked"), [*by], [Series("", [*by.values()])])]


def _columns(*, several: bool) -> list[Column]:
    decisions = {code: _(title) for code, title in _DECISIONS.items()}
    return [
        day_column("requested_on"),
        Column("requested_by", label("requested_by"), width=22),
        *organization_column(several=several),
        *what_columns(),
        day_column("due_before"),
        day_column("wanted_due"),
        Column("is_late", label("is_late"), width=8, words={True: _("late"), False: ""}),
        Column("decision", label("decision"), width=16, words=decisions),
        day_column("decided_on"),
        Column("decided_by", label("decided_by"), width=22),
        day_column("granted_due"),
        number_column("shifts"),
    ]


_TOTALS = {
    "requested": N_("Requested"),
    "granted": N_("Granted"),
    "denied": N_("Denied"),
    "waiting": N_("Wait for a decision"),
    "lapsed": N_("Lapsed with the assignment"),
    "late": N_("Asked too late"),
}
