"""Rows of guides: all of them, or the sections in which words were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.guidance import NothingInGuides
from sed_tui.guidance.guides import guides
from sed_tui.guidance.search import GuideHits, found_in
from sed_tui.i18n import _
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.guidance.guides import Guide


def guide_columns() -> tuple[Column, ...]:
    """Return the columns of the list of guides."""
    return (
        Column(_("Guide"), 32, share=1),
        Column(_("Where in it"), 36, share=2),
        Column(_("Topic"), 14, optional=True, copied=True),
    )


def guide_rows(query: str = "") -> WholeRows:
    """Return the guides and instructions, or where in them the words are."""
    return WholeRows(lambda: _read(query))


def _read(query: str) -> list[Row]:
    every = guides()
    if not query:
        return [_row(number, guide) for number, guide in enumerate(every)]
    try:
        found = found_in(every, query)
    except NothingInGuides:
        return []
    return _found_rows(found, every)


def _row(number: int, guide: Guide) -> Row:
    sections = ", ".join(section.heading for section in guide.sections[1:])
    return Row(f"{number}", (guide.title, guide.source or sections, guide.topic), data=guide)


def _found_rows(found: GuideHits, every: Sequence[Guide]) -> list[Row]:
    by_place = {(guide.topic, guide.source): guide for guide in every}
    return [
        Row(
            f"{number}",
            (hit.title, f"{hit.section}: {hit.line}", hit.topic),
            data=by_place[hit.topic, hit.source],
        )
        for number, hit in enumerate(found.rows)
    ]
