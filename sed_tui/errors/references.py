"""Failures of naming one thing among many."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict
from sed_tui.i18n import N_


class Ambiguous(Conflict):
    """Several things answer to the text."""

    code = "ambiguous"
    message = N_("“{value}” may mean several things: {candidates}")
    hint = N_("Write JOURNAL:NUMBER, NUMBER@YEAR or the short id.")


class ChangedMeanwhile(Conflict):
    """The thing is not what was read before."""

    code = "changed_meanwhile"
    message = N_("{what} was changed meanwhile: you saw version {seen}, it is at {current} now.")
    hint = N_("Read it again and repeat the change.")
