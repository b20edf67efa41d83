"""Operations on the audit trail: look, verify, take away. Nothing changes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListAudit(ListRequest):
    """Ask for changes, the newest first.

    `object` is an id, a registration number, a login, or the name of a correspondent;
    `since` and `until` are days in the office, both counted.
    """

    object: str | None = None
    actor: str | None = None
    operation: str | None = None
    since: date | None = None
    until: date | None = None


class AuditRow(Message):
    """A change: field -> [before, after], None where the reader may not see the object."""

    seq: int
    at: datetime
    actor: str
    on_behalf_of: str | None
    source: str
    host: str
    operation: str
    event: str
    object_type: str
    object_id: str
    changes: dict[str, list[Any]] | None
    reason: str | None


class AuditPage(Page):
    """Some changes."""

    rows: list[AuditRow]


class VerifyAudit(Request):
    """Ask whether the trails of the caller's organizations are whole and unchanged."""


class VerifiedTrail(Message):
    """One organization's trail: `head` is the hash of its last entry.

    A head noted down elsewhere proves later that nothing before it was cut off.
    """

    code: str
    events: int
    head: str
    ok: bool
    first_broken: int | None


class Verification(Message):
    """The trails, and whether all of them are whole."""

    organizations: list[VerifiedTrail]
    ok: bool


class ExportAudit(Request):
    """Ask for the entries after one, as lines of an export.

    `until` is the last entry of the export, as the first answer names it.
    """

    after: int = Field(default=0, ge=0)
    until: int | None = None
    limit: int = Field(default=5000, ge=1, le=10_000)


class ExportedLines(Message):
    """Lines of an export; the first answer begins with the line that opens it.

    `next` is the `after` of the next call, None at the end.
    """

    organization: UUID
    lines: list[str]
    until: int
    next: int | None


LIST = Operation("audit.list", N_("List the audit trail"), ListAudit, AuditPage, Effect.READ)
VERIFY = Operation(
    "audit.verify", N_("Verify the audit trail"), VerifyAudit, Verification, Effect.READ
)
EXPORT = Operation(
    "audit.export", N_("Export the audit trail"), ExportAudit, ExportedLines, Effect.READ
)
