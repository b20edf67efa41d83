"""Failures of repeated calls."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict
from sed_tui.i18n import N_


class KeyReused(Conflict):
    """The idempotency key belongs to another call."""

    code = "idempotency_key_reused"
    message = N_("The idempotency key “{key}” was used for another call.")
    hint = N_("Use a new key for every new change.")
