"""Operations on the signatures of documents: list them, verify them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListSignatures(Request):
    """Ask for the signatures of a document with what their last verification found."""

    document: str


class VerifyDocument(Request):
    """Verify every signature of a document anew and keep what was found."""

    document: str


class VerifySignatures(ListRequest):
    """Verify a page of the signatures of all documents, those that came first first.

    The page counts files of signatures; writers do not wait while they are verified.
    """

    limit: int = Field(default=100, ge=1, le=1000)


class Signer(Message):
    """Whom the certificate names, its number, and who issued it."""

    subject: str
    serial: str
    issuer: str


class SignatureRow(Message):
    """What is known of a signature.

    `result` is valid, invalid or unknown, `reasons` are codes of why not valid. `revocation`
    is good, revoked or unknown, by lists of `lists_of`; `certificate_valid` says whether the
    certificate was in its validity at the moment for which it was judged.
    """

    id: UUID | None = None
    document: UUID | None = None
    number: str | None = None
    file: str | None
    file_version: int | None = None
    signature: str
    version: int | None = None
    employee: str | None = None
    result: str
    reasons: list[str]
    signer: Signer | None
    signed_at: datetime | None
    received_at: datetime | None = None
    judged_at: datetime
    checked_at: datetime
    certificate_valid: bool | None
    valid_since: datetime | None
    valid_until: datetime | None
    chain: list[str]
    revocation: str
    lists_of: datetime | None
    is_cades: bool
    is_test: bool


class TrustUsed(Message):
    """By what signatures were verified: how many roots and lists, and of when the oldest is."""

    roots: int
    lists: int
    lists_of: datetime | None


class SignatureList(Message):
    """The signatures of one document."""

    rows: list[SignatureRow]
    next: None = None


class VerifiedList(SignatureList):
    """The signatures of one document, verified now."""

    trust: TrustUsed


class VerifiedPage(Page):
    """Signatures verified now, with the cursor of the next page."""

    rows: list[SignatureRow]
    trust: TrustUsed


LIST = Operation(
    "signature.list",
    N_("List the signatures of a document"),
    ListSignatures,
    SignatureList,
    Effect.READ,
)
VERIFY = Operation(
    "signature.verify",
    N_("Verify the signatures of a document"),
    VerifyDocument,
    VerifiedList,
    Effect.WRITE,
    is_planned=True,
)
VERIFY_ALL = Operation(
    "signature.verify_all",
    N_("Verify all signatures, page by page"),
    VerifySignatures,
    VerifiedPage,
    Effect.WRITE,
    is_planned=True,
)
