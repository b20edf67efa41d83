"""The operation that mails a report which the caller has made."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Base64Bytes, Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class MailReport(Request):
    """Put letters with a report into the outbox: one to each address, or to each head.

    The same report goes to the same person once a day; `report`, `variant` (grouping,
    filters), `as_of` and the organization say which report it is. An empty one (`rows` is
    0) is not mailed unless `even_empty`.
    """

    report: str = Field(pattern=r"[a-z_]{1,24}")
    variant: str = Field(default="", max_length=500)
    organization: str | None = None
    as_of: date
    rows: int = Field(ge=0)
    subject: str
    body: str
    file_name: str = Field(max_length=100)
    media_type: str = Field(pattern=r"[a-z]+/[a-zA-Z0-9.+-]+", max_length=100)
    content: Base64Bytes
    to: tuple[str, ...] = ()
    heads: bool = False
    even_empty: bool = False

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization reported on."""
        return self.organization


class ReportMailed(Message):
    """The letters put into the outbox, and who gets none: told already today, no address."""

    organization: str
    organization_id: UUID
    letters: list[UUID]
    already: list[str] = Field(default_factory=list)
    without_address: list[str] = Field(default_factory=list)
    is_empty: bool = False


MAIL = Operation("report.mail", N_("Mail a report"), MailReport, ReportMailed, Effect.WRITE)
