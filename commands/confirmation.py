"""Asking before something that cannot be undone; never without a terminal."""

from __future__ import annotations

import sys

from sed_tui.errors.usage import ConfirmationNeeded, Declined
from sed_tui.i18n import _

_YES = {"y", "yes", "д", "да"}


def ask(what: str) -> None:
    """Return when the user agrees. Raises `Declined`, or `ConfirmationNeeded` in a script."""
    sentence = what.removesuffix(".")  # a help text goes on here
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(what=sentence)
    sys.stderr.write(_("{what} — are you sure? [y/N] ").format(what=sentence))
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in _YES:
        raise Declined
