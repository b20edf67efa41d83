"""Operations that take a number away again, or give another one."""

from __future__ import annotations

from datetime import date

from sed_tui.i18n import N_
from sed_tui.operations.registration import Registered
from sed_tui.operations.registry import Effect, Message, Operation, Request


class Cancelled(Message):
    """The number that was taken off, now a gap of its journal."""

    document: str
    number: str
    journal: str


class CancelRegistration(Request):
    """Take the number off a document; the ordinal stays in the list of gaps."""

    document: str


class ReregisterDocument(Request):
    """Give a registered document another number, date or journal."""

    document: str
    journal: str | None = None
    number: str | None = None
    suffix: str | None = None
    unit: str | None = None
    leading: str | None = None
    registered_on: date | None = None


CANCEL = Operation(
    "document.cancel",
    N_("Cancel a registration"),
    CancelRegistration,
    Cancelled,
    Effect.DESTROY,
)
REREGISTER = Operation(
    "document.reregister",
    N_("Register a document anew"),
    ReregisterDocument,
    Registered,
    Effect.DESTROY,
)
