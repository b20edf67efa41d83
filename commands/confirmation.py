"""Asking before something that cannot be undone; never without a terminal."""

from __future__ import annotations

import sys

from sed_tui.errors.usage import ConfirmationNeeded, Declined
from sed_tui.i18n import _

_YES = {"y", "yes", "д", "да"}


def ask(what: str) -> None:
    """Return when the user agrees. Raises `Declined`, or `ConfirmationNeeded` in a script."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(what=what)
    sys.stderr.write(_("{what} — are you sure? [y/N] ").format(what=what))
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in _YES:
        raise Declined
