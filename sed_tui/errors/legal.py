"""Failures of the legal reference."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound
from sed_tui.i18n import N_


class UnknownAct(NotFound):
    """The reference holds no such act."""

    code = "unknown_act"
    message = N_("The legal reference holds no act “{act}”.")
    hint = N_("Name its code or number; they are listed by: sedctl law list")


class SameNumberOtherDate(Conflict):
    """The reference holds the number with another date."""

    code = "same_number_other_date"
    message = N_("The reference holds this number with another date: {acts}")
    hint = N_("Compare the date; if it is another act: --force")


class BadActCode(Invalid):
    """The code of an act is not made of letters, digits and dashes."""

    code = "bad_act_code"
    message = N_("“{code}” cannot be the code of an act.")
    hint = N_("Small Latin letters, digits and dashes: rosarchive-71")


class BadAddress(Invalid):
    """The text has not the form of a web address."""

    code = "bad_address"
    message = N_("“{url}” is not a web address.")
    hint = N_("It begins with https:// or http://")


class CheckedInFuture(Invalid):
    """An act cannot have been checked on a day to come."""

    code = "checked_in_future"
    message = N_("{day} has not come yet: nothing can have been checked on it.")
    hint = N_("Write the day on which the act was looked at.")


class NoEdition(NotFound):
    """No text of the act was loaded, or not this edition."""

    code = "no_edition"
    message = N_("No text of “{act}” was loaded for the edition “{edition}”.")
    hint = N_("Loaded: {editions}. Load one: sedctl law load CODE FILE --edition NAME")


class SameEditionTwice(Conflict):
    """These very bytes are loaded already."""

    code = "same_edition_twice"
    message = N_("This very file is loaded as the edition “{edition}”.")
    hint = N_("Leave it out.")


class BadActCell(Invalid):
    """A cell of a table of acts holds none of the known values."""

    code = "bad_act_cell"
    message = N_("{field}: “{value}” is none of: {expected}")
    hint = N_("Write one of them, or leave the cell empty.")
