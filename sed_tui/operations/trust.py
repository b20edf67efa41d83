"""Operations on what signatures are verified by: roots, authorities, lists of revoked ones."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class TrustKind(StrEnum):
    """What a trusted thing is for."""

    ROOT = "root"
    AUTHORITY = "authority"
    LIST = "list"


class AddTrust(Request):
    """Trust the certificates and the lists of files; the bytes were staged before.

    A certificate that signs itself becomes a root, another one a known authority.
    """

    tokens: tuple[str, ...] = Field(min_length=1, max_length=100)


class ListTrust(Request):
    """Ask what is trusted, roots first."""


class RemoveTrust(Request):
    """Stop trusting something; signatures are judged without it from then on."""

    trust: str


class BundleTrust(Request):
    """Ask for everything that is trusted with its bytes, to verify somewhere else."""


class Trusted(Message):
    """A trusted thing; `until` is the next update of a list."""

    id: UUID
    kind: TrustKind
    name: str
    serial: str | None
    since: datetime
    until: datetime | None
    is_test: bool
    sha256: str
    added_at: datetime
    added_by: str


class TrustedList(Message):
    """What is trusted."""

    rows: list[Trusted]
    next: None = None


class TrustedContent(Message):
    """The bytes of a trusted thing, in base64."""

    kind: TrustKind
    content: str


class TrustBundle(Message):
    """Everything that signatures of the organization are verified by."""

    rows: list[TrustedContent]
    next: None = None


ADD = Operation(
    "trust.add", N_("Trust certificates and revocation lists"), AddTrust, TrustedList, Effect.WRITE
)
LIST = Operation("trust.list", N_("List what is trusted"), ListTrust, TrustedList, Effect.READ)
REMOVE = Operation("trust.remove", N_("Trust no more"), RemoveTrust, Trusted, Effect.DESTROY)
BUNDLE = Operation(
    "trust.bundle", N_("Get what is trusted, with its bytes"), BundleTrust, TrustBundle, Effect.READ
)
