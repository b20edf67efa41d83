"""Failures of recurring assignments: rules, periods, schedules that are over."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotPermitted, Refused
from sed_tui.i18n import N_


class BadRule(Invalid):
    """The rule of a schedule is none, or not one that a day follows from."""

    code = "bad_rule"
    message = N_("“{value}” is not a rule of a schedule: {reason}")
    hint = N_("Say --every week|month|quarter|year, or a rule like FREQ=MONTHLY;BYMONTHDAY=10")


class NoPeriods(Invalid):
    """Nothing would ever be issued."""

    code = "no_periods"
    message = N_("No term falls between {start} and {end}: nothing would be issued.")
    hint = N_("Choose a later end with --until, or another rule.")


class NoSuchPeriod(Invalid):
    """The schedule has no term on the day."""

    code = "no_such_period"
    message = N_("The schedule has no term on {period}; the next are: {periods}.")
    hint = N_("Name one of its terms: sedctl assignment repeat show ID")


class PeriodDecided(Conflict):
    """The period was issued, skipped or missed already."""

    code = "period_decided"
    message = N_("The period {period} {state} already.")
    hint = N_("Look at its periods: sedctl assignment repeat show ID")


class ScheduleClosed(Refused):
    """Nothing changes in a schedule that is closed."""

    code = "schedule_closed"
    message = N_("The schedule is closed.")
    hint = N_("Make a new one: sedctl assignment repeat add")


class NotYourSchedule(NotPermitted):
    """A schedule is its author's, and of whoever entered it for him."""

    code = "not_your_schedule"
    message = N_("Only the author of the schedule, or whoever entered it for him, may do this.")
    hint = N_("Whoever stands in for an absent person may: sedctl user substitute")


class NotAllIssued(Refused):
    """Some periods were due and could not be issued."""

    code = "not_all_issued"
    message = N_("Not issued: {failed} of {due} that were due.")
    hint = N_("What the next run can issue it tries again; see the rows above.")


class PeriodOver(Refused):
    """The term of a period was over before the schedule ran."""

    code = "period_over"
    message = N_("The term {period} was over before the schedules ran: nothing was issued.")
    hint = N_("Issue it by hand if it is still wanted: sedctl assignment issue")
