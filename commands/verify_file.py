"""A signature of a file on disk, verified here by files and by what the database trusts."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.domain.clock import SystemClock
from sed_tui.errors.installation import NoDatabase
from sed_tui.errors.signatures import NotASignature, SignatureNotNamed
from sed_tui.gost.certificates import Certificate, read_certificate, read_certificates
from sed_tui.gost.providers.choice import provider_named
from sed_tui.gost.revocation import RevocationList, read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verification import Times, verify
from sed_tui.operations.signature import SignatureRow, Signer, TrustUsed
from sed_tui.operations.trust import BUNDLE, BundleTrust, TrustKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from commands.session import Session
    from sed_tui.gost.verdicts import SignatureReport

_SLOW_FROM = 1 << 20  # bytes; pure Python hashes a third of a megabyte in a second


@dataclass
class _Known:
    roots: list[Certificate] = field(default_factory=list)
    authorities: list[Certificate] = field(default_factory=list)
    lists: list[RevocationList] = field(default_factory=list)


def verify_file(
    session: Session,
    file: Path,
    signature: Path | None,
    trust: Sequence[Path],
    lists: Sequence[Path],
) -> tuple[list[SignatureRow], TrustUsed]:
    """Verify a signature of a file; without one the file is a signature itself.

    A detached one is then of the file beside it that it is named after. Raises `NoSuchFile`,
    `NotASignature`, `NotACertificate`, `NotARevocationList`.
    """
    known = _known(session, trust, lists)
    provider = provider_named(session.settings.cryptography)
    made = Trust(tuple(known.roots), provider, tuple(known.authorities), known.lists)
    signed, content = (signature, file) if signature else (file, _beside(file))
    if content is not None:
        _readable(content)
        _warn_of_slowness(session, content, is_slow=provider.is_slow)
    try:
        reports = verify(_bytes(signed), content, made, Times(SystemClock().now()))
    except NotASignature as error:
        if signature is None:
            raise SignatureNotNamed(name=file.name) from error
        raise
    oldest = min((one.this_update for one in known.lists), default=None)
    used = TrustUsed(roots=len(known.roots), lists=len(known.lists), lists_of=oldest)
    name = content.name if content else None
    return [_row(report, name, signed.name) for report in reports], used


def _known(session: Session, trust: Sequence[Path], lists: Sequence[Path]) -> _Known:
    known = _Known()
    for path in trust:
        for one in read_certificates(_bytes(path)):
            is_root = one.subject.raw == one.issuer.raw
            (known.roots if is_root else known.authorities).append(one)
    known.lists += [read_revocation_list(_bytes(path)) for path in lists]
    if not trust:
        _add_stored(session, known)
    return known


def _add_stored(session: Session, known: _Known) -> None:
    """Add what the database trusts; without a database the files are all there is."""
    try:
        bundle = session.call(BUNDLE, BundleTrust())
    except NoDatabase:
        return
    for row in bundle.rows:
        content = b64decode(row.content)
        if row.kind is TrustKind.LIST:
            known.lists.append(read_revocation_list(content))
        else:
            is_root = row.kind is TrustKind.ROOT
            (known.roots if is_root else known.authorities).append(read_certificate(content))


def _beside(signature: Path) -> Path | None:
    content = signature.with_suffix("")
    return content if content.is_file() and content != signature else None


def _bytes(path: Path) -> bytes:
    from sed_tui.gateway.disk_files import opened

    with opened(path) as source:
        return source.read()


def _readable(path: Path) -> None:
    from sed_tui.gateway.disk_files import opened

    opened(path).close()


def _warn_of_slowness(session: Session, content: Path, *, is_slow: bool) -> None:
    from sed_tui.i18n import _

    if is_slow and content.stat().st_size > _SLOW_FROM:
        session.say(_("This takes a while: libgcrypt, which is quick, was not found."))


def _row(report: SignatureReport, file: str | None, signature: str) -> SignatureRow:
    from sed_tui.gost.authority import is_test
    from sed_tui.gost.verdicts import revocation

    one = report.certificate
    return SignatureRow(
        file=file,
        signature=signature,
        result=report.verdict.value,
        reasons=[reason.value for reason in report.reasons],
        signer=(
            Signer(subject=one.subject.called, serial=one.number, issuer=one.issuer.common or "")
            if one
            else None
        ),
        signed_at=report.claimed_at,
        judged_at=report.judged_at,
        checked_at=report.verified_at,
        certificate_valid=one.is_valid_at(report.judged_at) if one else None,
        valid_since=one.not_before if one else None,
        valid_until=one.not_after if one else None,
        chain=[link.subject.called for link in report.chain],
        revocation=revocation(report.reasons, is_chained=bool(report.chain)),
        lists_of=report.lists_of,
        is_cades=report.is_cades,
        is_test=is_test(one) if one else False,
    )
