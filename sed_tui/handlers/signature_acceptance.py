"""Whether a signature that somebody brings is kept: each reason against it has its failure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.errors.signatures import SignerNotGost
from sed_tui.errors.signing import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOfAnother,
    CertificateRevoked,
    CertificateUnknown,
    CertificateWithdrawn,
    ChainNotBuilt,
    ClocksDiffer,
    RevocationNotKnown,
    SignatureInvalid,
    SignatureUnproven,
)
from sed_tui.errors.verdicts import tell
from sed_tui.gost.verdicts import Reason, SignatureReport, Verdict
from sed_tui.handlers.certificate import owner_of

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from sed_tui.gost.certificates import Certificate
    from sed_tui.handlers.work import Work

_LONGEST = timedelta(hours=1)  # from signing the first of a batch to its arrival here
_REVOKED = (Reason.CERTIFICATE_REVOKED, Reason.ISSUER_REVOKED, Reason.REVOKED_SINCE)
_NOT_TOLD = (Reason.REVOCATION_UNKNOWN, Reason.REVOCATION_STALE)


def accept(work: Work, name: str, report: SignatureReport) -> None:
    """Refuse a signature that is not proven valid, the actor's own, and made now.

    Raises `SignerNotGost`, `SignatureInvalid`, `SignatureUnproven`, and for what is wrong with
    the certificate or the clocks a failure of its own.
    """
    certificate = report.certificate
    if certificate is None:
        raise SignatureUnproven(field="signatures", name=name, reason=_told(report))
    if certificate.key is None:
        raise SignerNotGost(field="signatures", serial=certificate.number)
    _check_owner(work, certificate)
    _check_validity(work, certificate)
    if report.verdict is not Verdict.VALID:
        raise _refusal(name, certificate, report)
    claimed = report.claimed_at
    if claimed is None or work.now - claimed > _LONGEST:
        raise _clock_failure(report)


def _check_owner(work: Work, certificate: Certificate) -> None:
    known = owner_of(work, certificate.thumbprint)
    if known is None:
        raise CertificateUnknown(serial=certificate.number)
    if known.employee_id != work.actor.employee_id:
        raise CertificateOfAnother(serial=certificate.number, owner=known.owner)
    if known.withdrawn_at is not None:
        raise CertificateWithdrawn(serial=certificate.number, day=known.withdrawn_at)


def _check_validity(work: Work, certificate: Certificate) -> None:
    """Refuse by the clock of the system, whatever the signature says of its time."""
    if work.now > certificate.not_after:
        day = certificate.not_after.astimezone(OFFICE_ZONE)
        raise CertificateExpired(serial=certificate.number, day=day)
    if work.now < certificate.not_before:
        day = certificate.not_before.astimezone(OFFICE_ZONE)
        raise CertificateNotYetValid(serial=certificate.number, day=day)


def _refusal(name: str, certificate: Certificate, report: SignatureReport) -> SedError:
    """Return what is proven wrong, before what is not proven."""
    serial, reasons = certificate.number, report.reasons
    if revoked := [reason for reason in reasons if reason in _REVOKED]:
        return CertificateRevoked(serial=serial, reason=tell(revoked[0]))
    if report.verdict is Verdict.INVALID:
        return SignatureInvalid(field="signatures", name=name, reason=_told(report))
    if Reason.SIGNING_TIME_IN_FUTURE in reasons:
        return _clock_failure(report)
    if Reason.CHAIN_NOT_BUILT in reasons:
        return ChainNotBuilt(serial=serial)
    if untold := [reason for reason in reasons if reason in _NOT_TOLD]:
        return RevocationNotKnown(serial=serial, reason=tell(untold[0]))
    return SignatureUnproven(field="signatures", name=name, reason=_told(report))


def _clock_failure(report: SignatureReport) -> SedError:
    claimed = report.claimed_at
    return ClocksDiffer(
        claimed=f"{claimed.astimezone(OFFICE_ZONE):%d.%m.%Y %H:%M}" if claimed else "—",
        now=f"{report.verified_at.astimezone(OFFICE_ZONE):%d.%m.%Y %H:%M}",
    )


def _told(report: SignatureReport) -> str:
    return "; ".join(map(tell, report.reasons))
