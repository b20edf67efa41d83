"""Rows of the letters taken in by mail, and how a letter reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from sed_tui.domain.intake import INTAKE_TITLES, IntakeState
from sed_tui.domain.stored_size import shown_size
from sed_tui.i18n import N_, _, active_language
from sed_tui.operations.intake_letter import LIST, LetterRow, ListLettersTaken
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.exchange_rows import paged, short_moment
from sed_tui.tui.facts import fact
from widgets.rows import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.intake_letter import LetterCard
    from sed_tui.tui.paging import PagedRows

# what the arrows go through: which letters → what the screen calls them
SCOPES = {
    IntakeState.WAITING: N_("to be registered"),
    IntakeState.REFUSED: N_("not taken"),
    IntakeState.REGISTERED: N_("registered letters"),
    IntakeState.ATTACHED: N_("attached to cards"),
    IntakeState.DROPPED: N_("left unregistered"),
}
_SIGNS = {IntakeState.WAITING: "◦", IntakeState.REFUSED: "!", IntakeState.DROPPED: "·"}
# what a decision rests on stands before the text, how the letter came after it
_BEFORE = ("number", "correspondent", "sender_name", "sender", "sent_at", "may_answer")
_AFTER = ("recipients", "received_at", "source", "message_id")


def letter_columns() -> Sequence[Column]:
    """Return the columns of the list."""
    return (
        Column(_("When"), 14 if active_language() == "ru" else 16),
        Column(_("From whom"), 16, share=1),
        Column(_("Subject"), 20, share=2),
        Column(_("Files"), 6),
    )


def letter_rows(gateway: Gateway, state: IntakeState, query: str) -> PagedRows:
    """Return the letters of a state that hold the words, those that came first first."""

    def read(**place: Any) -> tuple[list[Row], str | None]:
        page = gateway.call(LIST, ListLettersTaken(state=state, query=query, **place))
        return [_row(row) for row in page.rows], page.next

    return paged(read)


def _row(row: LetterRow) -> Row:
    sign = "! " if row.looks_like_appeal else ""
    cells = (
        short_moment(row.received_at),
        _line(row.sender_name or row.sender) or "—",
        sign + (_line(row.subject) or "—"),
        str(row.files or ""),
    )
    return Row(str(row.id), cells, "alarm" if row.state is IntakeState.REFUSED else "", row)


def detail(row: LetterRow) -> str:
    """Return what the row under the cursor has no room for."""
    appeal = _("! looks like a citizen's appeal") if row.looks_like_appeal else ""
    parts = (row.sender_name, row.sender, row.subject, row.reason, appeal)
    return " · ".join(_line(part) for part in parts if part)


def letter_text(card: LetterCard) -> Text:
    """Return a letter whole: who wrote it, what it may be, its files, its text."""
    text = Text(f"{printable(card.subject) or '—'}\n", "bold")
    sign = _SIGNS.get(card.state, "✓")
    fact(text, label("state"), f"{sign} {_(INTAKE_TITLES[card.state])}")
    fact(text, label("reason"), card.reason, "bold")
    _facts(text, card, _BEFORE)
    if card.appeal_signs:
        signs = printable(", ".join(card.appeal_signs))
        told = _("It looks like a citizen's appeal: {signs}").format(signs=signs)
        text.append(f"\n! {told}\n", "bold").append(f"{card.explanation}\n")
    text.append("\n" + _("Files") + f": {len(card.enclosures)}\n", "bold")
    for file in card.enclosures:
        text.append(f"  {printable(file.name)} · {shown_size(file.size)}\n")
    text.append("\n" + label("body") + "\n", "bold").append(printable(card.body) + "\n\n")
    _facts(text, card, _AFTER)
    fact(text, label("size"), shown_size(card.size))
    return text


def _facts(text: Text, card: LetterCard, names: Sequence[str]) -> None:
    values = card.model_dump(mode="json", include=set(names))
    for name in names:
        shown = shown_value(name, values[name])
        fact(text, label(name), "; ".join(shown) if isinstance(shown, list) else shown)


def _line(text: str | None) -> str:
    return printable(text or "").replace("\n", " ")
