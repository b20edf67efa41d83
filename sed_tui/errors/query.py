"""Failures of the query language at the prompt."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid
from sed_tui.i18n import N_


class BadQuery(Invalid):
    """A place of the query cannot be understood."""

    code = "bad_query"
    message = N_("The query is not clear at “{word}” (character {place}): {reason}.")
    hint = N_("Put words that are to be found as they are into quotation marks.")
