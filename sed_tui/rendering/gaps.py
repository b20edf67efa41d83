"""The control of gaps, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.assignment_columns import number_column
from sed_tui.rendering.overdue import as_of_note
from sed_tui.rendering.printout import Column, Printout

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.operations.journal import Gaps


def gaps_printout(report: Gaps, journal: str, day: date) -> Printout:
    """Return the control of gaps of a journal as it is recorded today."""
    rows = [row.model_dump(mode="json") for row in report.rows]
    problems = {row["problem"]: shown_value("problem", row["problem"]) for row in rows}
    return Printout(
        title=_("Control of gaps: journal {journal}").format(journal=journal),
        day=day,
        columns=[
            Column("period", label("period"), width=8),
            number_column("ordinal", 8),
            number_column("through", 8),
            Column("number", label("number"), width=14),
            Column("problem", label("problem"), width=20, words=problems),
            Column("reason", label("reason"), width=30),
            Column("see", label("see"), width=14),
        ],
        rows=rows,
        data={"as_of": f"{day}", "journal": journal},
        notes=(as_of_note(day),),
    )
