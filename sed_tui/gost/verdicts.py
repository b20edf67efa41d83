"""What a verification finds, as data: the faces tell it in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sed_tui.gost.certificates import Certificate


class Verdict(StrEnum):
    """Proven good, proven bad, or not proven: the last two are never taken for one another."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a signature is not valid; `VERDICTS` says which are proofs."""

    CONTENT_CHANGED = "content_changed"
    CONTENT_TYPE_DIFFERS = "content_type_differs"
    CONTENT_IS_ATTRIBUTES = "content_is_attributes"
    SIGNATURE_WRONG = "signature_wrong"
    DIGEST_NOT_OF_KEY = "digest_not_of_key"
    ANOTHER_CERTIFICATE = "another_certificate"
    KEY_USAGE = "key_usage"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_FORGED = "certificate_forged"
    CHAIN_REFUSED = "chain_refused"
    ISSUER_NOT_VALID_THEN = "issuer_not_valid_then"
    ISSUER_REVOKED = "issuer_revoked"
    CONTENT_ABSENT = "content_absent"
    CERTIFICATE_ABSENT = "certificate_absent"
    ALGORITHM_NOT_SUPPORTED = "algorithm_not_supported"
    EXTENSION_NOT_SUPPORTED = "extension_not_supported"
    CHAIN_NOT_BUILT = "chain_not_built"
    TIME_NOT_PROVEN = "time_not_proven"
    SIGNING_TIME_IN_FUTURE = "signing_time_in_future"
    REVOKED_SINCE = "revoked_since"
    REVOCATION_UNKNOWN = "revocation_unknown"
    REVOCATION_STALE = "revocation_stale"
    UNREADABLE = "unreadable"
    STORE_DAMAGED = "store_damaged"
    STORE_LOST = "store_lost"


_UNPROVEN = {
    Reason.CONTENT_ABSENT,
    Reason.CERTIFICATE_ABSENT,
    Reason.ALGORITHM_NOT_SUPPORTED,
    Reason.EXTENSION_NOT_SUPPORTED,
    Reason.CHAIN_NOT_BUILT,
    Reason.TIME_NOT_PROVEN,
    Reason.SIGNING_TIME_IN_FUTURE,
    Reason.REVOKED_SINCE,
    Reason.REVOCATION_UNKNOWN,
    Reason.REVOCATION_STALE,
    Reason.UNREADABLE,
}
VERDICTS = {
    reason: Verdict.UNKNOWN if reason in _UNPROVEN else Verdict.INVALID for reason in Reason
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: the certificate and the moment that it is about, where there are such."""

    reason: Reason
    certificate: str | None = None
    at: datetime | None = None
    detail: str | None = None

    @property
    def verdict(self) -> Verdict:
        """Tell whether it proves the signature bad or leaves it unproven."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The outcome for one signature.

    `claimed_at` is what the signer wrote, `judged_at` the moment for which certificates were
    judged, `lists_of` the oldest publication among the lists that were asked (None: no list).
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    certificate: Certificate | None
    chain: tuple[Certificate, ...]
    claimed_at: datetime | None
    judged_at: datetime
    verified_at: datetime
    lists_of: datetime | None
    is_cades: bool

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasons alone."""
        return tuple(finding.reason for finding in self.findings)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on several signatures: bad if one is, unproven if one is."""
    found = set(verdicts)
    if Verdict.INVALID in found:
        return Verdict.INVALID
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found or not found else Verdict.VALID


def revocation(reasons: Iterable[str], *, is_chained: bool) -> str:
    """Return what is known of revocation: good, revoked or unknown."""
    found = set(reasons)
    if found & {Reason.CERTIFICATE_REVOKED, Reason.ISSUER_REVOKED, Reason.REVOKED_SINCE}:
        return "revoked"
    is_told = not found & {Reason.REVOCATION_UNKNOWN, Reason.REVOCATION_STALE}
    return "good" if is_chained and is_told else "unknown"
