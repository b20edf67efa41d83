"""Failures of terms and of the production calendar."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound, NotPermitted, Refused
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
    hint = N_("Give today or a later day.")


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
    hint = N_("Exchange the two days.")


class SharedCalendar(NotPermitted):
    """The years hold for every organization of the database."""

    code = "shared_calendar"
    message = N_("The years of the calendar hold for every organization of the database.")
    hint = N_(
        "The organization at the head of the tree loads them; days of your own: "
        "sedctl calendar override"
    )


class NothingToImport(Invalid):
    """The table holds no day."""

    code = "no_days"
    message = N_("The table holds no day.")
    hint = N_("One row per day that differs from its weekday: day, is_working, note.")


class SameDayTwice(Invalid):
    """A day stands twice in the table."""

    code = "same_day_twice"
    message = N_("{day} stands twice in the table.")
    hint = N_("Leave one of the rows.")


class HolidaysMissing(Invalid):
    """A year is not whole: federal holidays are missing."""

    code = "holidays_missing"
    message = N_("The calendar of {year} is not whole: {days} must be days off.")
    hint = N_("Holidays of article 112 of the Labour Code that fall on weekdays are days off.")


class BadDayKind(Invalid):
    """The text does not say whether a day is worked."""

    code = "bad_day_kind"
    message = N_("“{value}” does not say whether the day is worked.")
    hint = N_("Write рабочий or выходной.")
