"""Failures of terms and of the production calendar."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound, Refused
from sed_tui.i18n import N_


class CalendarYearUnknown(Refused):
    """The production calendar of the year is not loaded."""

    code = "calendar_year_unknown"
    message = N_("The production calendar of {year} is not known.")
    hint = N_(
        "Known years: {known}. A year is known once its transferred days off are published; "
        "it is never guessed."
    )


class DueInThePast(Invalid):
    """The term is over before it begins."""

    code = "due_in_the_past"
    message = N_("The term {due} lies before {today}.")


class BadTerm(Invalid):
    """The text is not a term."""

    code = "bad_term"
    message = N_("“{value}” is not a term.")
    hint = N_("Write a date, a number of days (10), working days (5 рд), or the name of a profile.")


class NotAWorkingDay(Invalid):
    """The profile refuses a term whose last day is not worked."""

    code = "not_a_working_day"
    message = N_("{due} is not a working day: {note}.")
    hint = N_("The nearest working days: {before} and {after}.")


class UnknownTermProfile(NotFound):
    """The organization has no such profile of terms."""

    code = "unknown_term_profile"
    message = N_("There is no profile of terms “{profile}”.")
    hint = N_("Profiles: {profiles}")


class WrongOrder(Invalid):
    """The period ends before it begins."""

    code = "wrong_order"
    message = N_("The period ends on {end}, before it begins on {start}.")
