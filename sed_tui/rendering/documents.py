"""Registers, document flow and citizens' appeals, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import FROM_OUTSIDE, Flow
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.report_documents import AppealSection
from sed_tui.operations.values import FLOWS, shown_value
from sed_tui.rendering.assignment_columns import number_column, organization_column
from sed_tui.rendering.chart import Chart, Series
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from sed_tui.operations.report_documents import (
        AppealsReport,
        RegisterReport,
        VolumeReport,
    )

_REGISTERS = {
    Flow.INCOMING: N_("Register of incoming documents"),
    Flow.OUTGOING: N_("Register of outgoing documents"),
    Flow.INTERNAL: N_("Register of internal documents"),
    Flow.ORDER: N_("Register of orders"),
    Flow.APPEAL: N_("Register of citizens' appeals"),
}
_SECTIONS = {
    AppealSection.RECEIVED: N_("Received"),
    AppealSection.DELIVERY: N_("How they came"),
    AppealSection.KIND: N_("Kinds of appeals"),
    AppealSection.REPETITION: N_("Repetition"),
    AppealSection.COLLECTIVE: N_("Signed by several"),
    AppealSection.EXECUTION: N_("Execution"),
    AppealSection.TOPIC: N_("Topics"),
    AppealSection.OVERDUE_BY_HEAD: N_("Overdue assignments by head"),
}
_EXECUTION = {
    "done": N_("executed"),
    "in_work": N_("in work"),
    "extended": N_("the term was extended"),
    "in_violation": N_("with a violation of the term"),
}


def register_printout(report: RegisterReport, *, several: bool = False) -> Printout:
    """Return a register as every form writes it; `several` adds the organization of rows."""
    return Printout(
        title=_(_REGISTERS[report.flow]),
        day=report.as_of,
        columns=[
            number_column("place", 5),
            *organization_column(several=several),
            Column("number", label("number"), width=14),
            Column("registered_on", label("registered_on"), Kind.DAY, width=11),
            *_register_columns(report.flow),
        ],
        rows=report.rows,
        data={**_days(report), "flow": report.flow.value},
        notes=(as_of_note(report.as_of), _period_note(report)),
        totals=[(_("Registered in all"), len(report.rows))],
    )


def volume_printout(report: VolumeReport) -> Printout:
    """Return the volume of documents as every form writes it."""
    words = {flow: _(title) for flow, title in FLOWS.items()}
    rows = [row.model_dump(mode="json") for row in report.rows]
    return Printout(
        title=_("Volume of documents"),
        day=report.as_of,
        columns=[
            Column("flow", label("flow"), width=18, words=words),
            Column("month", label("month"), width=10),
            *map(number_column, ("originals", "copies", "total", "cumulative")),
        ],
        rows=rows,
        data={**_days(report), "totals": report.totals},
        notes=(
            as_of_note(report.as_of),
            _period_note(report),
            _("In all = documents + the copies made of them; cumulative from the first day."),
        ),
        totals=[(words.get(name, label(name)), count) for name, count in report.totals.items()],
        charts=_volume_charts(report),
    )


def appeals_printout(report: AppealsReport) -> Printout:
    """Return the report on appeals as every form writes it."""
    sections = {section.value: _(title) for section, title in _SECTIONS.items()}
    rows: list[dict[str, Any]] = [
        {"section": row.section.value, "name": row.name, "count": row.count} for row in report.rows
    ]
    names = {
        **{code: _(title) for code, title in _EXECUTION.items()},
        **{row["name"]: shown_value("appeal_repeat", row["name"])
           for row in rows if row["section"] == AppealSection.REPETITION},
    }  # fmt: skip
    return Printout(
        title=_("Citizens' appeals"),
        day=report.as_of,
        columns=[
            Column("section", label("section"), width=30, words=sections),
            Column("name", label("name"), width=40, words=names),
            number_column("count"),
        ],
        rows=rows,
        data=_days(report),
        notes=(
            as_of_note(report.as_of),
            _period_note(report),
            _("Violation: an assignment on the appeal is overdue or was executed late."),
        ),
    )


def _register_columns(flow: Flow) -> list[Column]:
    journal = Column("journal", label("journal"), width=9)
    subject = Column("subject", label("subject"), width=44)
    note = Column("note", label("note"), width=20)
    if flow in FROM_OUTSIDE:
        return [
            Column("correspondent", label("correspondent"), width=26),
            Column("their_number", label("their_number"), width=12),
            Column("their_date", label("their_date"), Kind.DAY, width=11),
            subject,
            Column("assignments", label("assignments"), width=36),
            Column("directed_to", label("directed_to"), width=24),
            journal,
        ]
    return [
        Column("correspondent", label("addressees"), width=26),
        subject,
        Column("drafter", label("drafter"), width=22),
        note,
        journal,
    ]


def _volume_charts(report: VolumeReport) -> list[Chart]:
    months = sorted({row.month for row in report.rows})
    if not months:
        return []
    by_month = [sum(row.total for row in report.rows if row.month == month) for month in months]
    return [Chart(_("Documents and copies by month"), months, [Series("", by_month)])]


def _days(report: RegisterReport | VolumeReport | AppealsReport) -> dict[str, Any]:
    return {
        "as_of": f"{report.as_of}",
        "since": f"{report.since}",
        "until": f"{report.until}",
    }


def _period_note(report: RegisterReport | VolumeReport | AppealsReport) -> str:
    return _("Selected: registered from {since} to {until}.").format(
        since=f"{report.since:%d.%m.%Y}", until=f"{report.until:%d.%m.%Y}"
    )
