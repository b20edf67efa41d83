"""Failures of what the interface does on the user's own machine."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid
from sed_tui.i18n import N_


class FileExists(Conflict):
    """There is a file at the place already."""

    code = "file_exists"
    message = N_("There is a file at {path} already; it was left as it is.")
    hint = N_("Choose another name.")


class PlaceUnwritable(Invalid):
    """Nothing can be written at the place."""

    code = "place_unwritable"
    message = N_("{path} cannot be written: {reason}")
