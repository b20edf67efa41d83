"""Open terms by day: how many end on each, and which days are worked."""

from __future__ import annotations

from datetime import date

from sed_tui.i18n import N_
from sed_tui.operations.assignment_list import AssignmentFilter
from sed_tui.operations.registry import Effect, Message, Operation


class CountByDay(AssignmentFilter):
    """Ask how many open assignments end on each day from one to another, both counted."""

    since: date
    until: date


class TermDay(Message):
    """A day: `is_working` is None in a year whose calendar is not known, `note` says why it is off.

    `open` counts the open assignments whose term it is, `overdue` the late ones of them.
    """

    day: date
    is_working: bool | None
    note: str
    open: int
    overdue: int


class TermDays(Message):
    """Every day asked for, in order, and the present day."""

    today: date
    days: list[TermDay]


DAYS = Operation("assignment.days", N_("Show open terms by day"), CountByDay, TermDays, Effect.READ)
