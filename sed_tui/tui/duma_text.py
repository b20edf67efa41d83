"""How a submission, a sitting and a rule of the Duma read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.duma import PASSAGE_TITLES
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.duma_rows import rule_scope
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import long_day, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.duma import DumaRuleRow, Sitting, SittingTerm
    from sed_tui.operations.duma_submission import PassageStep, Submission

_WIDTH = 26


def submission_line(card: Submission) -> str:
    """Return a submission in two lines over its checklist."""
    state = _(PASSAGE_TITLES[card.passage_state])
    numbers = ", ".join(card.numbers) or "—"
    first = _("Sitting {day}, send by {due}. {state}. Numbers of the Duma: {numbers}").format(
        day=long_day(card.sitting_day), due=long_day(card.due) or "—", state=state, numbers=numbers
    )
    lacking = sum(paper.lacks is not None for paper in card.papers)
    second = (
        _("Everything is there, each file is signed.")
        if card.is_complete
        else _("Papers with something missing: {count}").format(count=lacking)
    )
    return printable(f"{first}\n{second}")


def submission_text(card: Submission) -> Text:
    """Return the terms and the history of a submission."""
    text = Text(f"{printable(card.title)}\n", "bold")
    text.append(f"{card.kind}, {card.document or '—'}, {card.short_id}\n\n")
    _terms(text, card.terms)
    text.append("\n" + _("Passage") + "\n", "bold")
    for step in card.passage:
        _step(text, step)
    return text


def sitting_text(sitting: Sitting) -> Text:
    """Return a sitting: its moves, its terms with how they were counted."""
    text = Text(f"{long_day(sitting.day)} {printable(sitting.title)}\n", "bold")
    for move in sitting.moves:
        told = _("{was} → {day}: {reason}").format(
            was=long_day(move.old_day), day=long_day(move.new_day), reason=printable(move.reason)
        )
        text.append(f"{told}\n").append(f"{moment(move.moved_at)} {move.moved_by}\n", "dim")
    text.append("\n")
    _terms(text, sitting.terms)
    return text


def rule_text(rule: DumaRuleRow) -> Text:
    """Return a rule with its source and whether it was compared with it."""
    text = Text(f"{rule.code} · {printable(rule.title)}\n", "bold")
    text.append(f"{shown_value('sort', rule.sort.value)}: {rule_scope(rule)}\n")
    facts = {
        "is_required": shown_value("is_required", rule.is_required),
        "source": rule.source,
        "checked_on": long_day(rule.checked_on) or _("not compared with its source yet"),
        "version": rule.version,
    }
    for name, value in facts.items():
        fact(text, label(name), value, width=_WIDTH)
    if rule.is_closed:
        text.append(_("It applies no more.") + "\n")
    return text


def _terms(text: Text, terms: Sequence[SittingTerm]) -> None:
    for term in terms:
        sign = "✓" if not term.is_over else "!"
        text.append(f"{sign} {long_day(term.day)} {printable(term.title)}\n")
        for line in term.explanation:
            text.append(f"    {line}\n", "dim")


def _step(text: Text, step: PassageStep) -> None:
    text.append(f"{long_day(step.on)} {_(PASSAGE_TITLES[step.passage_state])}")
    shown = [step.notice, f"✉ {step.message}" if step.message else None, step.reason]
    told = "; ".join(printable(one) for one in shown if one)
    text.append(f": {told}\n" if told else "\n")
    if step.attempted_at is not None:
        attempt = _("tried at {at}: {evidence}").format(
            at=moment(step.attempted_at), evidence=printable(step.evidence or "")
        )
        text.append(f"    {attempt}\n")
    text.append(f"    {moment(step.entered_at)} {step.entered_by}\n", "dim")
