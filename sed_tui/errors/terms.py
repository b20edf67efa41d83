"""Failures of terms and of the production calendar."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused
from sed_tui.i18n import N_


class CalendarYearUnknown(Refused):
    """The production calendar of the year is not loaded."""

    code = "calendar_year_unknown"
    message = N_("The production calendar of {year} is not known.")
    hint = N_("Load it when it is published: sedctl calendar import FILE")


class DueInThePast(Invalid):
    """The term is over before it begins."""

    code = "due_in_the_past"
    message = N_("The term {due} lies before {today}.")


class BadTerm(Invalid):
    """The text is not a term."""

    code = "bad_term"
    message = N_("“{value}” is not a term.")
    hint = N_("Write a date, a number of days (10), working days (5 рд), or the name of a profile.")
