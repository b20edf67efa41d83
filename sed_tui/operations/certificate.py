"""Operations on the certificates of employees."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddCertificate(Request):
    """Enter whose a certificate is; `content` is the file as base64 or PEM."""

    employee: str
    content: str = Field(max_length=100_000)


class ListCertificates(Request):
    """Ask for certificates: of one employee, or those that end within so many days."""

    employee: str | None = None
    ends_within: int | None = Field(default=None, ge=0, le=3660)
    withdrawn: bool = False


class WithdrawCertificate(Request):
    """Let a certificate sign no more here; what it signed stays as it is."""

    certificate: str


class Certificate(Message):
    """A certificate of an employee: `bearer` is whom it names, `content` its bytes in base64."""

    id: UUID
    owner: str
    login: str
    bearer: str
    serial: str
    issuer: str
    thumbprint: str
    valid_since: datetime
    valid_until: datetime
    days_left: int
    is_test: bool
    withdrawn_at: datetime | None
    content: str
    warnings: list[str] = Field(default_factory=list)


class CertificateList(Message):
    """Certificates, those that end first first."""

    rows: list[Certificate]
    next: None = None


ADD = Operation(
    "certificate.add", N_("Add a certificate"), AddCertificate, Certificate, Effect.WRITE
)
LIST = Operation(
    "certificate.list", N_("List certificates"), ListCertificates, CertificateList, Effect.READ
)
WITHDRAW = Operation(
    "certificate.withdraw",
    N_("Withdraw a certificate"),
    WithdrawCertificate,
    Certificate,
    Effect.DESTROY,
)
