"""Failures of how a command was called (exit status 2)."""

from __future__ import annotations

from sed_tui.errors.failure import SedError
from sed_tui.i18n import N_


class Usage(SedError):
    """The command line itself is wrong."""

    code = "usage"
    exit_code = 2
    http_status = 400
    message = N_("{text}")


class ConfirmationNeeded(Usage):
    """A destroying command runs without a terminal and without --yes."""

    code = "confirmation_needed"
    message = N_("{what}: this cannot be undone, and there is no terminal to ask on.")
    hint = N_("Add --yes if you are sure.")


class NothingPiped(Usage):
    """An option is `-`, and standard input is a terminal."""

    code = "nothing_piped"
    message = N_("{field}: “-” means standard input, and nothing is piped into it.")
    hint = N_("Pipe the text in, or write it after the option.")


class UnknownColumns(Usage):
    """--fields names columns that the data does not have."""

    code = "unknown_columns"
    message = N_("There is no column “{column}”.")
    hint = N_("Columns: {columns}")


class Declined(SedError):
    """The user said no."""

    code = "declined"
    exit_code = 130
    message = N_("Nothing was changed.")
