"""Operations of signing: what is to be signed, and the signatures of a version."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field, SerializationInfo, field_serializer

from sed_tui.domain.signing import Basis
from sed_tui.i18n import N_
from sed_tui.operations.approval import RemarkRow
from sed_tui.operations.draft_version import VersionFile
from sed_tui.operations.registry import Effect, Message, Operation, Request
from sed_tui.operations.signature import SignatureRow


class CheckSigning(Request):
    """Ask whether you may sign a version now, and which bytes; the last one unless named."""

    document: str
    version: int | None = Field(default=None, ge=1)


class FileSignature(Message):
    """A detached signature of a file of a version, staged as other files are."""

    file: UUID
    token: str

    @field_serializer("token")
    def _lasting(self, token: str, info: SerializationInfo) -> str:
        """Leave it out of what a repeated call is recognized by: no two signatures are alike."""
        return "" if info.context == "fingerprint" else token


class SignVersion(Request):
    """Sign a version that was seen: a signature made elsewhere of each of its files.

    The key that made them is never sent. They are kept only when each is proven valid, by
    the caller's own certificate, and the caller has the right to sign.
    """

    document: str
    version: int = Field(ge=1)
    signatures: tuple[FileSignature, ...] = Field(min_length=1, max_length=100)


class Signable(Message):
    """What is to be signed: the files of a version, and by which right.

    `others` have to sign it as well; `disagreements` are remarks that were not taken
    into account.
    """

    id: UUID
    short_id: str
    subject: str
    version: int
    files: list[VersionFile]
    basis: Basis
    power: str | None
    on_behalf_of: str | None
    is_cosigning: bool
    others: list[str] = Field(default_factory=list)
    disagreements: list[RemarkRow] = Field(default_factory=list)


class SignedVersion(Message):
    """A version with the signatures that were kept; it is signed when `others` are none."""

    id: UUID
    short_id: str
    subject: str
    version: int
    signatory: str
    basis: Basis
    signatures: list[SignatureRow]
    others: list[str] = Field(default_factory=list)


CHECK = Operation(
    "signature.check", N_("See whether one may sign"), CheckSigning, Signable, Effect.READ
)
SIGN = Operation(
    "signature.sign",
    N_("Sign a document"),
    SignVersion,
    SignedVersion,
    Effect.WRITE,
    is_planned=True,
)
