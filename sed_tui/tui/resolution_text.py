"""One resolution as text: its points, what they lack, who of their people is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from sed_tui.domain.resolution import STATE_TITLES
from sed_tui.i18n import _, ngettext
from sed_tui.operations.labels import label
from sed_tui.tui.card_text import two_columns
from sed_tui.tui.wording import long_day, short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.resolution import PointRow, ResolutionCard


def resolution_text(card: ResolutionCard, absences: Sequence[str]) -> Group:
    """Return everything about a resolution."""
    rows = [
        (label("state"), _(STATE_TITLES[card.state])),
        (_("Document"), card.document_number or card.basis or ""),
        (_("Author"), card.author),
        (label("drafted_by"), card.drafted_by),
        (_("Controller"), card.controller or ""),
        (label("comment"), card.comment or ""),
    ]
    points = Text()
    for point in card.points:
        _write(points, point)
    warnings = Text("".join(f"{line}\n" for line in [*absences, *card.notes]), "bold")
    if card.with_gaps:
        text = ngettext(
            "! {count} point lacks something: it cannot take force yet.",
            "! {count} points lack something: it cannot take force yet.",
            card.with_gaps,
        )
        warnings.append(text.format(count=card.with_gaps) + "\n")
    return Group(two_columns(row for row in rows if row[1]), warnings, points)


def _write(text: Text, point: PointRow) -> None:
    text.append(f"{point.number}. ", "bold").append(f"{point.text or '…'}\n")
    others = [short_name(name) for name in point.co_executors]
    people = ", ".join([short_name(point.executor) if point.executor else "…", *others])
    text.append(f"   → {people}")
    if point.effective is not None:
        text.append(f" · {_('until {day}').format(day=long_day(point.effective))}")
    if point.due and (point.effective is None or point.due != f"{point.effective:%d.%m.%Y}"):
        text.append(f" ({point.due})")
    text.append("\n")
    for line in _others(point):
        text.append(f"   {line}\n", "dim")
    for gap in point.gaps:
        text.append(f"   ! {gap.message}\n", "bold")


def _others(point: PointRow) -> list[str]:
    """Return what a point has beside its executors and its term."""
    controller = short_name(point.own_controller) if point.own_controller else None
    said = {
        "co_due": point.co_due,
        "controller": controller,
        "observers": ", ".join(map(short_name, point.observers)),
    }
    return [f"{label(name)}: {value}" for name, value in said.items() if value]
