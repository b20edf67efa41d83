"""An application in lines of words: its conditions, papers, protocols, and what has to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import office_day
from sed_tui.i18n import N_, _
from sed_tui.operations.values import shown_value

if TYPE_CHECKING:
    from sed_tui.operations.joining import Application, ProtocolRow

_DONE, _MISSING = "✓", "◦"
_EDITION = N_("{paper}, edition {edition}")


def conditions_in_words(card: Application) -> list[str]:
    """Return each condition of the next step as a line: a sign, what it is, who sees to it."""
    return [
        f"{_DONE if one.holds else _MISSING} {one.condition} — "
        f"{shown_value('waits_for', one.waits_for.value)}"
        for one in card.conditions
    ]


def papers_in_words(card: Application) -> list[str]:
    """Return each paper as a line: its edition, who has signed it, when and how."""
    lines = []
    for one in card.papers:
        title: Any = shown_value("paper", one.paper.value)
        line = _(_EDITION).format(paper=title, edition=one.edition)
        if one.way is not None and one.signed_on is not None:
            way = shown_value("way", one.way.value)
            line += f": {one.signatory}, {one.signed_on:%d.%m.%Y}, {way}"
        lines.append(line)
    return lines


def protocols_in_words(card: Application) -> list[str]:
    """Return each protocol as a line: what was checked, and the messages that prove it."""
    return [_protocol(one) for one in card.protocols]


def waiting_in_words(card: Application) -> list[str]:
    """Return each step that has to wait as a line; conditions listed above are not repeated."""
    shown = {one.joining_step for one in card.conditions}
    lines = []
    for one in card.waiting:
        step = shown_value("joining_step", one.joining_step.value)
        told = _("what is marked ◦") if one.joining_step in shown else "; ".join(one.missing)
        lines.append(_("Has to wait: {step}. Missing: {missing}").format(step=step, missing=told))
    return lines


def _protocol(one: ProtocolRow) -> str:
    step = shown_value("joining_step", one.joining_step.value)
    line = f"{step}: {one.text} ({office_day(one.recorded_at):%d.%m.%Y}, {one.recorded_by})"
    if one.by_hand:
        return f"{line}; " + _("without messages: {reason}").format(reason=one.by_hand)
    if one.message_uid is None:
        return line
    proof = _("letter {message}, receipt {receipt}, notice {notice}, their number {number}")
    return f"{line}; " + proof.format(
        message=one.message_uid,
        receipt=one.receipt_uid,
        notice=one.registration_uid,
        number=one.their_number,
    )
