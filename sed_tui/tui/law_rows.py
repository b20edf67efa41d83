"""Rows of the legal reference, and how an act reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.legal import ActLevel, ActStatus, number_in
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.law import CHECK, LIST, CheckActs, ListActs
from sed_tui.operations.values import shown_value
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import long_day
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway
    from sed_tui.operations.law import ActCard, ActFindingRow, ActRow

# what the arrows go through: title → the level of the acts, None for all
SCOPES: tuple[tuple[str, ActLevel | None], ...] = (
    (N_("all acts"), None),
    (N_("documents of the operator"), ActLevel.OPERATOR),
    (N_("acts of the region"), ActLevel.REGIONAL),
    (N_("federal acts"), ActLevel.FEDERAL),
    (N_("own acts"), ActLevel.OWN),
)
ATTENTION = N_("what needs attention")
_SIGNS = {
    ActStatus.IN_FORCE: "✓",
    ActStatus.CHANGED: "↷",
    ActStatus.REPEALED: "!",
    ActStatus.NOT_CHECKED: "◦",
}
_FACTS = (
    *("level", "area", "title", "subject", "edition", "checked_on", "url", "note", "owner"),
    *("terms", "guides"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a row stands for: the code of an act, or of a term profile that names none."""

    code: str
    row: ActRow | None = None


def act_columns() -> tuple[Column, ...]:
    """Return the columns of acts and of what needs attention alike."""
    return (
        Column(_("№"), 13),
        Column(_("Act"), 34, share=2, copied=True),
        Column(_("Status or problem"), 20),
        Column(_("Checked"), 10, optional=True),
        Column(_("Title or subject"), 20, share=2, optional=True),
    )


def act_rows(gateway: Gateway, scope: int, query: str) -> WholeRows:
    """Return the acts of a level that hold the words, or what needs attention."""

    def read() -> list[Row]:
        if scope == len(SCOPES):
            found = gateway.call(CHECK, CheckActs()).rows
            return [
                Row(f"{place}", _finding(one), data=Listed(one.code))
                for place, one in enumerate(found)
            ]
        request = ListActs(query=query or None, level=SCOPES[scope][1])
        return [_row(row) for row in gateway.call(LIST, request).rows]

    return WholeRows(read)


def _finding(one: ActFindingRow) -> tuple[str, ...]:
    problem = str(shown_value("problem", one.problem.value))
    return (number_in(one.act), one.act, problem, "", one.detail)


def _row(act: ActRow) -> Row:
    status = f"{_SIGNS[act.shown_status]} {shown_value('status', act.shown_status.value)}"
    about = act.title or act.subject or ""
    cells = (act.number or "", act.act, status, long_day(act.checked_on), about)
    tone = "alarm" if act.shown_status is ActStatus.REPEALED else ""
    return Row(act.code, cells, tone, Listed(act.code, act))


def act_text(card: ActCard) -> Text:
    """Return an act whole."""
    text = Text(f"{card.act}\n", "bold")
    fact(text, label("status"), str(shown_value("status", card.shown_status.value)))
    for name, value in card.model_dump(mode="json", include=set(_FACTS)).items():
        shown = shown_value(name, value)
        fact(text, label(name), ", ".join(shown) if isinstance(shown, list) else shown)
    for term in card.following:
        fact(text, label("paragraph"), f"{term.title}: {term.paragraph or '—'}")
    for edition in card.editions:
        fact(text, label("editions"), f"{edition.edition}: {edition.name}")
    for other in card.same_number:
        fact(text, label("same_number"), other)
    return text
