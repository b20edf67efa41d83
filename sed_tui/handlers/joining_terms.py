"""The term of a state counted, and a condition told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.calendar import Direction
from sed_tui.domain.joining import STATE_TITLES
from sed_tui.domain.terms import Deadline, Duration, TermProfile, Unit, deadline
from sed_tui.errors.terms import CalendarYearUnknown
from sed_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.joining import JoiningState, StepTerm
    from sed_tui.domain.joining_conditions import Condition, Facts
    from sed_tui.handlers.work import Work


def term_from(work: Work, start: date, state: JoiningState, term: StepTerm) -> Deadline | None:
    """Count the term of a state; None where the calendar of its end is not known yet."""
    profile = TermProfile(
        code=state.value,
        title=_(STATE_TITLES[state]),
        amount=term.days,
        unit=Unit.WORKING_DAYS,
        shift=Direction.NEXT,
        counts_start=False,
        act=term.source,
        paragraph="",
        checked_on=None,
    )
    try:
        return deadline(Duration(term.days, profile.unit, profile), start, work.calendar)
    except CalendarYearUnknown:
        return None


def told_missing(condition: Condition, facts: Facts) -> str:
    """Return a condition in words, with the fields that are empty."""
    if condition.code == "fields" and facts.lacking:
        from sed_tui.operations.labels import label  # for this answer alone

        return f"{_(condition.told)} ({', '.join(sorted(map(label, facts.lacking)))})"
    return _(condition.told)
