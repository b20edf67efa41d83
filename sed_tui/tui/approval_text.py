"""A version under approval as text: what stands in it, what changed, who has said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.approval_flow import AnswerState
from sed_tui.domain.text_difference import LineSign
from sed_tui.i18n import _
from sed_tui.operations.values import shown_value
from sed_tui.tui.wording import long_day, moment, short_name

if TYPE_CHECKING:
    from sed_tui.operations.approval import ApprovalSheet, RemarkRow, SheetRow
    from sed_tui.operations.draft_version import VersionDiff, VersionText
    from sed_tui.operations.route import RoutePlan

_SIGNS = {
    LineSign.SAME: ("  ", ""),
    LineSign.REMOVED: ("- ", "red"),
    LineSign.ADDED: ("+ ", "green"),
    LineSign.SKIPPED: ("… ", "dim"),
}
_ANSWERS = {AnswerState.OPEN: "?", AnswerState.ACCEPTED: "✓", AnswerState.REJECTED: "×"}


def version_text(version: VersionText) -> Text:
    """Return what stands in the files of a version, one after the other."""
    text = Text()
    for file in version.files:
        if len(version.files) > 1:
            text.append(f"[{file.name}]\n", "bold")
        unread = _("No text can be read out of {name}. Save the file to look at it.")
        text.append(file.text if file.text is not None else unread.format(name=file.name))
        text.append("\n\n")
    return text


def difference_text(difference: VersionDiff | None) -> Text:
    """Return what changed since the version before, line by line with its sign."""
    if difference is None:
        return Text(_("This is the first version."))
    title = _("Version {new} against version {old}")
    text = Text(title.format(new=difference.new, old=difference.old) + "\n\n", "bold")
    for file in difference.files:
        text.append(f"[{file.name}] {shown_value('change', file.change)}\n", "bold")
        for line in file.lines:
            sign, style = _SIGNS[line.sign]
            text.append(f"{sign}{line.text}\n", style)
        text.append("\n")
    return text


def plan_text(plan: RoutePlan) -> str:
    """Return who would be asked in which order, by when, and who stands in for whom."""
    lines = [f"{plan.title} ({plan.route}, {plan.route_version})"]
    for stage in plan.stages:
        note = f" — {stage.skipped}" if stage.skipped else ""
        lines.append(f"{stage.name}{note}")
        for person in stage.people:
            who = short_name(person.name)
            if person.substitute:
                who += " → " + short_name(person.substitute)
            until = _("until {day}").format(day=long_day(person.due)) if person.due else ""
            lines.append("  " + " · ".join(filter(None, (who, until, person.note))))
    return "\n".join(lines + [f"! {text}" for text in plan.obstacles])


def sheet_text(sheet: ApprovalSheet) -> Text:
    """Return the remarks, then who has decided what in which round."""
    text = Text()
    if sheet.remarks:
        text.append(_("Remarks") + "\n", "bold")
        for remark in sheet.remarks:
            _write_remark(text, remark)
        text.append("\n")
    number = None
    for row in sheet.rows:
        if row.round != number:
            number = row.round
            text.append(_("Round {number}").format(number=number) + "\n", "bold")
        _write_row(text, row)
    for one in sheet.signatures:
        verdict = shown_value("verdict", one.verdict)
        signed = _("Signed: {name}, {moment}, {verdict}")
        text.append(
            signed.format(name=short_name(one.name), moment=moment(one.signed_at), verdict=verdict)
            + "\n"
        )
    for stage in sheet.following:
        text.append("  " + _("then: {stage}").format(stage=stage.name) + "\n", "dim")
    return text


def _write_remark(text: Text, remark: RemarkRow) -> None:
    clause = f"{remark.clause}: " if remark.clause else ""
    text.append(f"{_ANSWERS[remark.answer_state]} {remark.number}. {clause}{remark.text}\n")
    text.append(f"   {short_name(remark.author)}", "dim")
    if remark.answer_state is not AnswerState.OPEN:
        text.append(f" · {shown_value('answer_state', remark.answer_state.value)}", "dim")
    text.append("\n")
    if remark.answer:
        text.append(f"   → {remark.answer}\n")


def _write_row(text: Text, row: SheetRow) -> None:
    who = short_name(row.approver)
    if row.on_behalf_of:
        who += " " + _("for {name}").format(name=short_name(row.on_behalf_of))
    result = shown_value("result", row.result.value)
    text.append(f"{who}: {result}", "bold" if row.decided_at is None else "")
    if row.decided_at is not None:
        text.append(f", {moment(row.decided_at)}")
    elif row.due is not None:
        text.append(" · " + _("until {day}").format(day=long_day(row.due)))
    if row.delay_days:
        text.append(" · ! " + _("late by {days} working days").format(days=row.delay_days))
    text.append("\n")
    if row.comment:
        text.append(f"   {row.comment}\n")
