"""Failures of extra rights to documents."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound
from sed_tui.i18n import N_


class AccessEndsInPast(Invalid):
    """The right would be over before it begins."""

    code = "access_ends_in_past"
    message = N_("{field}: {day} is over already.")
    hint = N_("Name today or a later day, or none.")


class NoAccess(NotFound):
    """The person has no extra right to the document."""

    code = "no_access"
    message = N_("{person} has no extra right to this document.")
    hint = N_("See who has: sedctl document access ID")
