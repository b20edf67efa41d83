"""Failures of people, their roles and the organizations they work in."""

from __future__ import annotations

from sed_tui.errors.references import Ambiguous
from sed_tui.i18n import N_


class AmbiguousPerson(Ambiguous):
    """Several people answer to the name."""

    code = "ambiguous_person"
    hint = N_("Write the login.")
