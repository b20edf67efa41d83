"""How the terms of one assignment must lie to each other: at issue, return and extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.assignment_terms import ChildTermTooLate, NotLater, TermEarlier, TermTooLate

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.calendar import WorkingCalendar


def check_co_term(co_due: date | None, due: date | None) -> None:
    """Refuse a term of the co-executors after the responsible one's (A3). Raises `TermTooLate`."""
    if co_due is not None and due is not None and co_due > due:
        raise TermTooLate(field="co_due", co_due=shown_day(co_due), due=shown_day(due))


def check_return(due: date | None, planned: date | None) -> None:
    """Refuse a return with a term before the planned one (A2). Raises `TermEarlier`."""
    if planned is not None and (due is None or due < planned):
        raise TermEarlier(field="due", due=shown_day(due), current=shown_day(planned))


def check_later(wanted: date | None, current: date) -> None:
    """Refuse an extension that does not extend. Raises `NotLater`."""
    if wanted is None or wanted <= current:
        raise NotLater(field="due", due=shown_day(wanted), current=shown_day(current))


def ends_after_parent(due: date | None, parent_due: date | None) -> bool:
    """Tell whether a sub-assignment would end after the one above it (A4); never is after."""
    return parent_due is not None and (due is None or due > parent_due)


def forbid_after_parent(due: date | None, parent_due: date | None) -> None:
    """Refuse what `ends_after_parent` tells, by policy. Raises `ChildTermTooLate`."""
    if ends_after_parent(due, parent_due):
        raise ChildTermTooLate(field="due", due=shown_day(due), parent_due=shown_day(parent_due))


def is_filed_late(today: date, due: date, notice: int, calendar: WorkingCalendar) -> bool:
    """Tell whether a request for a later term comes after the term, or too short before it."""
    if today > due:
        return True
    return notice > 0 and calendar.working_days_between(today, due) < notice


def shifted(due: date, before: date, after: date, calendar: WorkingCalendar) -> date:
    """Return a term moved on by as many working days as lie between an earlier and a later one."""
    return calendar.add_working_days(due, calendar.working_days_between(before, after))


def shown_day(day: date | None) -> str:
    """Return a day as messages show it, a dash for none."""
    return f"{day:%d.%m.%Y}" if day else "—"
