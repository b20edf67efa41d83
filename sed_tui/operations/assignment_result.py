"""The operation that gets a file an assignment has brought about."""

from __future__ import annotations

from datetime import datetime

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class GetResult(Request):
    """Ask for a file among the results; the name may be left out where there is one."""

    assignment: str
    name: str | None = None


class ResultFile(Message):
    """A file among the results; the gateway fetches its bytes by `sha256`."""

    name: str
    size: int
    media_type: str
    sha256: str
    added_at: datetime


GET = Operation(
    "assignment.result", N_("Get a file of a result"), GetResult, ResultFile, Effect.READ
)
