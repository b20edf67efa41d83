"""The strip that says, before saving, that a letter seems to be registered already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from sed_tui.domain.duplicates import Likeness
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.registration import PossibleDuplicate

_SHOWN = 3
_WHY = {
    Likeness.EXACT: N_("the same letter"),
    Likeness.SAME_FILE: N_("the same file"),
    Likeness.SIMILAR_NUMBER: N_("a similar number"),
    Likeness.REPEATED_APPEAL: N_("the same person"),
}


class DuplicatesStrip(Static):
    """Earlier documents that look like the one in the form; nothing when there are none."""

    DEFAULT_CSS = """
    DuplicatesStrip {
        height: auto; display: none; margin-left: 2; padding-left: 1;
        border-left: thick $warning; color: $text-warning;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.found: Sequence[PossibleDuplicate] = ()

    def offer(self, found: Sequence[PossibleDuplicate]) -> None:
        """Show what was found."""
        self.found = found
        lines = [_line(each) for each in found[:_SHOWN]]
        if more := len(found) - _SHOWN if len(found) > _SHOWN else 0:
            lines.append(Text(ngettext("and {n} more", "and {n} more", more).format(n=more)))
        title = _("! Perhaps registered already (F7 opens the first):")
        self.update(Text("\n").join([Text(title, "bold"), *lines]))
        self.display = bool(found)


def _line(found: PossibleDuplicate) -> Text:
    theirs = " ".join(
        filter(
            None, (found.their_number, f"{found.their_date:%d.%m.%Y}" if found.their_date else None)
        )
    )
    parts = [
        _("{number} of {day}").format(number=found.number, day=f"{found.registered_on:%d.%m.%Y}"),
        found.correspondent,
        _("their {number}").format(number=theirs) if theirs else None,
        _("by {name}").format(name=found.registrar) if found.registrar else None,
    ]
    line = Text(", ".join(filter(None, parts)), no_wrap=False)
    return line.append(f" — {_(_WHY[found.likeness])}", "bold")
