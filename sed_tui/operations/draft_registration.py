"""The operation that gives a draft its number."""

from __future__ import annotations

from datetime import date

from sed_tui.i18n import N_
from sed_tui.operations.registration import Registered
from sed_tui.operations.registry import Effect, Operation, Request


class RegisterDraft(Request):
    """Give a signed draft its number; internal documents need no signature.

    `signatory` and `signed_on` record a signature on paper, in the same step. `number`
    takes a number by hand, or one reserved or skipped before.
    """

    document: str
    journal: str | None = None
    number: str | None = None
    suffix: str | None = None
    registered_on: date | None = None
    signatory: str | None = None
    signed_on: date | None = None
    case_index: str | None = None
    leading: str | None = None
    unit: str | None = None


REGISTER = Operation(
    "draft.register", N_("Register a draft"), RegisterDraft, Registered, Effect.WRITE
)
