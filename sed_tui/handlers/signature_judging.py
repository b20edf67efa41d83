"""Signatures judged and what was found kept: the one place where verdicts are written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.domain.signature_files import likely_content
from sed_tui.errors.files import ContentDamaged, ContentLost
from sed_tui.errors.signatures import NotASignature
from sed_tui.gost.authority import is_test
from sed_tui.gost.verdicts import VERDICTS, Finding, Reason, SignatureReport, worst
from sed_tui.gost.verification import Times, verify
from sed_tui.storage.contents import as_file
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.signature import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sed_tui.gost.certificates import Certificate
    from sed_tui.gost.trust import Trust
    from sed_tui.handlers.work import Work

_S = SignatureTable
_F = FileTable
_NAME_LIMIT = 500
_LARGEST = 64 << 20  # bytes of a signature that is read: one with its document inside
_NONE_ARRIVED: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A version of a file as far as a verification asks."""

    id: UUID
    document_id: UUID
    name: str
    sha256: str
    added_at: datetime


def signature_files(work: Work, document_id: UUID) -> list[SignedFile]:
    """Return the files of signatures of a document."""
    query = signature_file_rows(work).where(col(_F.document_id) == document_id)
    return [SignedFile(**row._mapping) for row in work.db.execute(query)]


def signature_file_rows(work: Work) -> Any:
    """Return the query of files of signatures, those that came first first."""
    return (
        select(*map(col, (_F.id, _F.document_id, _F.name, _F.sha256, _F.added_at)))
        .where(
            col(_F.role) == FileRole.SIGNATURE.value,
            col(_F.organization_id) == work.organization_id,
        )
        .order_by(col(_F.added_at), col(_F.id))
    )


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A file of signatures, and what was found of each as columns of the table."""

    file: SignedFile
    found: list[dict[str, Any]]


def judge(
    work: Work, trust: Trust, file: SignedFile, arrived: Mapping[str, Path] = _NONE_ARRIVED
) -> JudgedFile:
    """Verify the signatures of a file; nothing is written.

    `arrived` holds the paths of contents that are not in the store yet, by their SHA-256.
    """
    known = list(work.db.execute(_known(file)))
    return JudgedFile(file, _judged(work, trust, file, known, arrived))


def keep(work: Work, judged: JudgedFile) -> list[UUID]:
    """Keep what was found, tell the trail what became another, and return the signatures."""
    file = judged.file
    known = {row.position: row for row in work.db.execute(_known(file))}
    for position, columns in enumerate(judged.found):
        _keep(work, file, position, columns, known.get(position))
    ids = select(col(_S.id)).where(col(_S.file_id) == file.id).order_by(col(_S.position))
    return list(work.db.scalars(ids))


def columns_of(report: SignatureReport) -> dict[str, Any]:
    """Return a report as columns of the table of signatures."""
    return {
        **certificate_columns(report.certificate),
        "is_cades": report.is_cades,
        "claimed_at": report.claimed_at,
        "verdict": report.verdict.value,
        "reasons": " ".join(report.reasons),
        "chain": "\n".join(one.subject.called for one in report.chain),
        "judged_at": report.judged_at,
        "checked_at": report.verified_at,
        "lists_of": report.lists_of,
    }


def certificate_columns(certificate: Certificate | None) -> dict[str, Any]:
    """Return what the table keeps of a certificate."""
    if certificate is None:
        names = ("subject", "serial", "issuer", "thumbprint", "valid_since", "valid_until")
        return {**dict.fromkeys(names), "is_test": False}
    return {
        "subject": certificate.subject.called[:_NAME_LIMIT],
        "serial": certificate.number,
        "issuer": (certificate.issuer.common or "")[:_NAME_LIMIT],
        "thumbprint": certificate.thumbprint,
        "valid_since": certificate.not_before,
        "valid_until": certificate.not_after,
        "is_test": is_test(certificate),
    }


def _judged(
    work: Work,
    trust: Trust,
    file: SignedFile,
    known: list[Any],
    arrived: Mapping[str, Path],
) -> list[dict[str, Any]]:
    """Return the columns of each signature; one that cannot be read has its reason too."""
    try:
        with stored_path(work, file.sha256, arrived) as path:
            if path.stat().st_size > _LARGEST:
                return [_unread(work, Reason.UNREADABLE)]
            signature = path.read_bytes()
    except (ContentLost, ContentDamaged) as fault:
        return [_unread(work, reason_of(fault)) for _row in known or [None]]
    bound = next((row.content_id for row in known if _is_bound(row)), None)
    signed = _Signed(file, bound, signature, trust, Times(work.now, file.added_at))
    try:
        content_id, reports = _best(work, signed, _candidates(work, file, bound), arrived)
    except NotASignature:
        return [_unread(work, Reason.UNREADABLE)]
    return [{**columns_of(report), "content_id": content_id} for report in reports]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A signature whose content is looked for, and by what it is verified."""

    file: SignedFile
    bound: UUID | None
    signature: bytes
    trust: Trust
    times: Times

    def over(self, content: Path | None) -> tuple[SignatureReport, ...]:
        return verify(self.signature, content, self.trust, self.times)


def _best(
    work: Work, signed: _Signed, candidates: list[SignedFile], arrived: Mapping[str, Path]
) -> tuple[UUID | None, tuple[SignatureReport, ...]]:
    """Verify over the file that was signed; where none fits, over the one it was made for.

    An attached content that is no file of the document is verified as it is. Nothing is said
    of a signature by bytes that the store has spoiled, but that they are spoiled.
    """
    alone = signed.over(None)
    if all(Reason.CONTENT_ABSENT not in report.reasons for report in alone):
        return None, alone
    best: tuple[UUID | None, tuple[SignatureReport, ...]] = None, alone
    likely = likely_content(signed.file.name, [one.name for one in candidates])
    for candidate in candidates:
        found: UUID | None = candidate.id
        try:
            with stored_path(work, candidate.sha256, arrived) as path:
                reports = signed.over(path)
            if not any(Reason.CONTENT_CHANGED in one.reasons for one in reports):
                return found, reports
        except (ContentLost, ContentDamaged) as fault:
            # by its name alone it is not known to be the one that was signed
            found = signed.bound
            reports = tuple(_spoiled(one, reason_of(fault)) for one in alone)
        if candidate.name == likely or candidate.id == signed.bound:
            best, likely = (found, reports), None
    return best


def _spoiled(report: SignatureReport, reason: Reason) -> SignatureReport:
    """Say of a signature without its content why there is none."""
    findings = tuple(
        Finding(reason) if one.reason is Reason.CONTENT_ABSENT else one for one in report.findings
    )
    return replace(report, findings=findings, verdict=worst(one.verdict for one in findings))


def reason_of(fault: ContentLost | ContentDamaged) -> Reason:
    """Return the code for what the store did to a content."""
    return Reason.STORE_LOST if isinstance(fault, ContentLost) else Reason.STORE_DAMAGED


def _is_bound(row: Any) -> bool:
    """Tell whether it is known which file is signed, whatever its bytes are now."""
    is_guessed = Reason.CONTENT_CHANGED in row.reasons.split() and row.version is None
    return row.content_id is not None and not is_guessed


def _candidates(work: Work, file: SignedFile, bound: UUID | None) -> list[SignedFile]:
    """Return the files that a signature may be of, main ones first, new versions first."""
    query = (
        select(*map(col, (_F.id, _F.document_id, _F.name, _F.sha256, _F.added_at)))
        .where(col(_F.document_id) == file.document_id, col(_F.role) != FileRole.SIGNATURE.value)
        .order_by(col(_F.role).desc(), col(_F.name), col(_F.version).desc())
    )
    if bound is not None:
        query = query.where(col(_F.id) == bound)
    return [SignedFile(**row._mapping) for row in work.db.execute(query)]


def _unread(work: Work, reason: Reason) -> dict[str, Any]:
    return {
        "verdict": VERDICTS[reason].value,
        "reasons": reason.value,
        "judged_at": work.now,
        "checked_at": work.now,
    }


def _keep(
    work: Work, file: SignedFile, position: int, columns: dict[str, Any], known: Any | None
) -> None:
    if known is None:
        row = {"chain": "", "is_test": False, "is_cades": False, **columns}
        common = {"organization_id": work.organization_id, "received_at": file.added_at}
        work.db.execute(
            insert(_S).values(
                id=uuid4(),
                document_id=file.document_id,
                file_id=file.id,
                position=position,
                **common,
                **row,
            )
        )
    else:
        work.db.execute(update(_S).where(col(_S.id) == known.id).values(**columns))
    before = {"verdict": known.verdict, "reasons": known.reasons} if known else None
    after = {name: columns[name] for name in ("verdict", "reasons")}
    if before != after:
        told = {"signature": file.name, **after}
        work.record("verify", "document", file.document_id, before, told)


def _known(file: SignedFile) -> Any:
    return select(
        *map(col, (_S.id, _S.position, _S.content_id, _S.version, _S.verdict, _S.reasons)),
    ).where(col(_S.file_id) == file.id)


@contextmanager
def stored_path(
    work: Work, sha256: str, arrived: Mapping[str, Path] = _NONE_ARRIVED
) -> Iterator[Path]:
    """Return the path of a whole content. Raises `ContentLost`, `ContentDamaged`."""
    if sha256 in arrived:
        yield arrived[sha256]
        return
    with as_file(work.files.open(sha256), sha256) as path:
        yield path
