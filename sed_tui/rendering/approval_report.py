"""Approvals of a period, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.approval_flow import TASK_TITLES
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.rendering.assignment_columns import (
    day_column,
    number_column,
    organization_column,
)
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Column, Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_approvals import ApprovalReport

_TOTALS = {
    "asked": N_("Asked"),
    "decided": N_("Decided"),
    "in_time": N_("Decided in time"),
    "late": N_("Decided late"),
    "waiting": N_("Wait for a decision"),
    "overdue": N_("Wait after their term"),
    "ended": N_("Ended without a decision"),
}


def approvals_printout(report: ApprovalReport, *, several: bool = False) -> Printout:
    """Return the report as every form writes it; `several` adds the organization of rows."""
    data = report.totals.model_dump()
    return Printout(
        title=_("Approvals"),
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
            _("Asked from {since} to {until}.").format(
                since=f"{report.since:%d.%m.%Y}", until=f"{report.until:%d.%m.%Y}"
            ),
        ),
        totals=[(_(title), data[key]) for key, title in _TOTALS.items()],
        charts=_charts(report.totals.by_approver),
    )


def _charts(by: dict[str, int]) -> list[Chart]:
    if not by:
        return []
    return [Chart(_("Questions by approver"), [*by], [Series("", [*by.values()])])]


def _columns(*, several: bool) -> list[Column]:
    results = {state.value: _(title) for state, title in TASK_TITLES.items()}
    return [
        day_column("asked_on"),
        *organization_column(several=several),
        Column("document", label("document"), width=12),
        Column("subject", label("subject"), width=30),
        Column("stage", label("stage"), width=14),
        number_column("round"),
        Column("approver", label("approver"), width=20),
        Column("on_behalf_of", _("For whom"), width=18),
        day_column("due"),
        Column("result", label("result"), width=16, words=results),
        day_column("decided_on"),
        number_column("delay_days"),
        Column("initiator", label("initiator"), width=20),
    ]
