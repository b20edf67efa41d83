"""The approval sheet (лист согласования) with the list of disagreements under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import ANSWER_TITLES, TASK_TITLES
from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.errors.verdicts import VERDICTS
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from sed_tui.operations.approval import ApprovalSheet, SheetRow, SheetSignature

_DIGEST = 16


def sheet_printout(sheet: ApprovalSheet, *, with_remarks: bool = True) -> Printout:
    """Return the sheet: every decision of every round, then every remark with its answer.

    Forms that hold rows alone hold the decisions: they are made without remarks.
    """
    return Printout(
        title=_("Approval sheet: {number}").format(number=sheet.number or sheet.short_id),
        day=sheet.started_at.date(),
        columns=_columns(),
        rows=[_row(row) for row in sheet.rows],
        data={"document_id": str(sheet.document_id), "state": sheet.state.value},
        notes=_notes(sheet),
        appendix=_remarks(sheet) if sheet.remarks and with_remarks else None,
    )


def _notes(sheet: ApprovalSheet) -> tuple[str, ...]:
    version = _("Version {number}, digest {digest}…").format(
        number=sheet.version, digest=sheet.digest[:_DIGEST]
    )
    route = _("Route “{route}”, version {version}; rounds: {rounds}").format(
        route=sheet.route, version=sheet.route_version, rounds=sheet.round
    )
    initiator = _("Initiator: {name}").format(name=sheet.initiator)
    return (sheet.subject, initiator, route, version, *map(_signature, sheet.signatures))


def _signature(one: SheetSignature) -> str:
    moment = f"{one.signed_at.astimezone(OFFICE_ZONE):%d.%m.%Y %H:%M}"
    verdict = shown_value("verdict", one.verdict)
    return _("Signed: {name}, {moment}, {verdict}").format(
        name=one.name, moment=moment, verdict=verdict
    )


def _row(row: SheetRow) -> dict[str, Any]:
    decided = row.decided_at.astimezone(OFFICE_ZONE) if row.decided_at else None
    told = {"decided_at": f"{decided:%d.%m.%Y %H:%M}" if decided else None}
    return {**row.model_dump(mode="json"), **told}


def _columns() -> list[Column]:
    results = {state.value: _(title) for state, title in TASK_TITLES.items()}
    signatures = {name: shown_value("signature", name) for name in (*VERDICTS, "none")}
    return [
        Column("round", label("round"), Kind.NUMBER, width=6),
        Column("stage", label("stage"), width=14),
        Column("approver", label("approver"), width=20),
        Column("on_behalf_of", _("For whom"), width=18),
        Column("result", label("result"), width=14, words=results),
        Column("comment", label("comment"), width=24),
        Column("version", label("version"), Kind.NUMBER, width=8),
        Column("due", label("due"), Kind.DAY, width=11),
        Column("decided_at", label("decided_at"), width=15),
        Column("delay_days", label("delay_days"), Kind.NUMBER, width=10),
        Column("signature", label("signature"), width=12, words=signatures),
    ]


def _remarks(sheet: ApprovalSheet) -> Printout:
    answers = {state.value: _(title) for state, title in ANSWER_TITLES.items()}
    return Printout(
        title=_("Remarks"),
        day=sheet.started_at.date(),
        columns=[
            Column("number", label("number"), Kind.NUMBER, width=6),
            Column("round", label("round"), Kind.NUMBER, width=6),
            Column("author", label("author"), width=20),
            Column("clause", label("clause"), width=10),
            Column("text", label("text"), width=30),
            Column("answer_state", label("answer_state"), width=14, words=answers),
            Column("answer", label("answer"), width=30),
        ],
        rows=[row.model_dump(mode="json") for row in sheet.remarks],
        data={},
        totals=[(_("Disagreements"), len(sheet.disagreements))],
    )
