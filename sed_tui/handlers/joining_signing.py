"""A signature of a paper judged: the very file, the organization's certificate, the power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.clock import office_day
from sed_tui.domain.file_name import checked_name
from sed_tui.domain.joining import SIDE_TITLES, Side
from sed_tui.domain.joining_papers import PAPER_RULES, PAPER_TITLES, SigningWay
from sed_tui.domain.text import clean, folded
from sed_tui.errors import Invalid
from sed_tui.errors.joining import (
    CertificateOfOtherOrganization,
    OlderEdition,
    PaperNotIssued,
    PaperSignatureBad,
    PaperSigned,
    SignerWithoutPower,
    SigningDayWrong,
)
from sed_tui.errors.verdicts import tell
from sed_tui.gost.verdicts import Verdict
from sed_tui.gost.verification import Times, verify
from sed_tui.handlers.joining_found import at_applicant, who
from sed_tui.handlers.signature_judging import stored_path
from sed_tui.handlers.trust import load_trust
from sed_tui.i18n import _
from sed_tui.storage.tables.joining import JoiningPaperTable, JoiningSignatureTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.gost.certificates import Certificate
    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining_papers import SignPaper
    from sed_tui.storage.files import StagedContent

_P, _G = JoiningPaperTable, JoiningSignatureTable
_LENGTH_OF_ORGANIZATION = 10


@dataclass(frozen=True, slots=True)
class _Signed:
    """Who signed, when, and by which certificate."""

    signatory: str
    day: date
    certificate: Certificate | None = None


def keep_signature(work: Work, found: Found, request: SignPaper, edition: int) -> None:
    """Judge a signature and keep it; a paper bears one of each side."""
    paper = _printed(work, found, request, edition)
    content = work.files.staged(request.token)
    if request.way is SigningWay.GOST:
        signed = _by_gost(work, found, request, paper)
    else:
        signed = _on_paper(work, request)
    row = _columns(request, signed, _power(found, request.side, signed), content)
    work.db.execute(
        insert(_G).values(
            id=uuid4(),
            organization_id=found.organization_id,
            paper_id=paper.id,
            recorded_at=work.now,
            recorded_by=who(work)[:200],
            **row,
        )
    )
    told = {**row, "paper": request.paper.value, "signed_on": signed.day.isoformat()}
    with at_applicant(work, found) as there:
        there.keep(content)
        there.record("sign", "joining", found.id, None, told)


def _columns(
    request: SignPaper, signed: _Signed, power: str | None, content: StagedContent
) -> dict[str, Any]:
    certificate = signed.certificate
    return {
        "side": request.side.value,
        "way": request.way.value,
        "signatory": signed.signatory[:200],
        "power": power,
        "signed_on": signed.day,
        "serial": certificate.number if certificate else None,
        "thumbprint": certificate.thumbprint if certificate else None,
        "name": checked_name(request.name),
        "size": content.size,
        "media_type": content.description.media_type,
        "sha256": content.sha256,
    }


def _printed(work: Work, found: Found, request: SignPaper, edition: int) -> Any:
    """Return the last printed file of a paper, in the edition in force, not signed yet."""
    title = _(PAPER_TITLES[request.paper])
    if request.side not in PAPER_RULES[request.paper].sides:
        raise Invalid(field="side", reason=_("this side does not sign the paper"))
    row = work.db.execute(
        select(*map(col, (_P.id, _P.sha256, _P.edition)))
        .where(col(_P.joining_id) == found.id, col(_P.paper) == request.paper.value)
        .order_by(col(_P.edition).desc(), col(_P.issued_at).desc(), col(_P.id))
        .limit(1)
    ).one_or_none()
    if row is None:
        raise PaperNotIssued(paper=title, application=found.code, kind=request.paper.value)
    if row.edition < edition:
        raise OlderEdition(paper=title, edition=edition)
    side = col(_G.side) == request.side.value
    if work.db.scalar(select(col(_G.id)).where(col(_G.paper_id) == row.id, side)) is not None:
        raise PaperSigned(paper=title, side=_(SIDE_TITLES[request.side]))
    return row


def _by_gost(work: Work, found: Found, request: SignPaper, paper: Any) -> _Signed:
    """Verify a detached signature of the printed file by what the operator trusts.

    An applicant could trust an authority of his own making.
    """
    signature = work.files.staged_path(request.token).read_bytes()
    trust = load_trust(work, found.operator.id)
    with stored_path(work, paper.sha256) as path:
        (report, *_more) = verify(signature, path, trust, Times(work.now))
    certificate = report.certificate
    if report.verdict is not Verdict.VALID or certificate is None:
        reason = "; ".join(map(tell, report.reasons))
        raise PaperSignatureBad(field="token", name=request.name, reason=reason)
    _require_organization(work, found, request.side, certificate)
    moment = report.claimed_at or work.now
    return _Signed(certificate.subject.called, office_day(moment), certificate)


def _require_organization(work: Work, found: Found, side: Side, certificate: Certificate) -> None:
    """Refuse a certificate of another organization. Raises `CertificateOfOtherOrganization`.

    One that names no organization is a person's own: the deputy signs by it with his power.
    """
    told = _told_numbers(certificate)
    own = _own_numbers(work, found, side)
    differs = [told[kind] for kind in told.keys() & own.keys() if told[kind] != own[kind]]
    is_own = bool(told.keys() & own.keys()) and not differs
    called = folded(certificate.subject.called)
    is_deputy = side is Side.APPLICANT and called == folded(found.row.deputy or "")
    if is_own or (not told and is_deputy):
        return
    shown = ", ".join(sorted(differs or told.values())) or "—"
    raise CertificateOfOtherOrganization(field="token", serial=certificate.number, told=shown)


def _told_numbers(certificate: Certificate) -> dict[str, str]:
    """Return the numbers of an organization in a certificate; an INN may be the person's own."""
    inn, ogrn = certificate.subject.inn, certificate.subject.ogrn
    is_of_person = inn is not None and len(inn) != _LENGTH_OF_ORGANIZATION
    numbers = {"ogrn": ogrn, "inn": None if is_of_person else inn}
    return {kind: number for kind, number in numbers.items() if number}


def _own_numbers(work: Work, found: Found, side: Side) -> dict[str, str]:
    """Return the numbers of the side that signs."""
    row = found.row
    if side is Side.OPERATOR:
        table = OrganizationTable
        row = work.db.execute(
            select(col(table.inn), col(table.ogrn)).where(col(table.id) == found.operator.id)
        ).one()
    return {kind: number for kind, number in (("ogrn", row.ogrn), ("inn", row.inn)) if number}


def _on_paper(work: Work, request: SignPaper) -> _Signed:
    """Take what is told of a signature on paper. Raises `SigningDayWrong`."""
    if request.signed_on is None or request.signed_on > work.today:
        day = f"{request.signed_on:%d.%m.%Y}" if request.signed_on else "—"
        raise SigningDayWrong(field="signed_on", day=day)
    return _Signed(clean(request.signatory or "", "signatory", limit=200), request.signed_on)


def _power(found: Found, side: Side, signed: _Signed) -> str | None:
    """Return the power by which somebody but the head signed. Raises `SignerWithoutPower`."""
    if side is Side.OPERATOR:
        return None
    row, name = found.row, folded(signed.signatory)
    if name == folded(row.head_name or ""):
        return None
    until = row.power_until
    has_power = row.power and until is not None and signed.day <= until
    if has_power and name == folded(row.deputy or ""):
        return str(row.power)
    raise SignerWithoutPower(
        field="signatory",
        signatory=signed.signatory,
        head=row.head_name or "—",
        day=f"{signed.day:%d.%m.%Y}",
    )
