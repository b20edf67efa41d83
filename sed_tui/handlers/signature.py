"""The signatures of documents: listed, verified, known to others by whom a version is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import col

from sed_tui.errors.signing import NoSignatures
from sed_tui.gost.verdicts import Verdict, revocation
from sed_tui.handlers.references import find_document
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.operations.signature import (
    ListSignatures,
    SignatureList,
    SignatureRow,
    Signer,
    TrustUsed,
    VerifiedList,
    VerifiedPage,
    VerifyDocument,
    VerifySignatures,
)
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.signature import SignatureTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Collection

    from sed_tui.handlers.signature_judging import JudgedFile, SignedFile
    from sed_tui.handlers.work import Work

_S = SignatureTable
_FILES: Any = FileTable.__table__  # type: ignore[attr-defined]
_SIGNATURE, _CONTENT = _FILES.alias("signature"), _FILES.alias("content")


@dataclass(frozen=True, slots=True)
class VersionSigner:
    """Who signed a version of a document, and what the last verification found."""

    employee_id: UUID | None
    name: str
    signed_at: datetime
    verdict: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification has found and is to be kept, and by what trust."""

    files: list[JudgedFile]
    used: TrustUsed
    next: str | None = None


def list_signatures(work: Work, request: ListSignatures) -> SignatureList:
    """Return the signatures of a document as they were found last."""
    return SignatureList(rows=signatures_of(work, find_document(work, request.document).id))


def plan_verify_document(work: Work, request: VerifyDocument) -> Verification:
    """Verify every signature of a document. Raises `NoSignatures`."""
    from sed_tui.handlers.signature_judging import signature_files

    files = signature_files(work, find_document(work, request.document).id)
    if not files:
        raise NoSignatures(field="document")
    return _verified(work, files)


def verify_document(work: Work, _request: VerifyDocument) -> VerifiedList:
    """Keep what was found of a document."""
    plan: Verification = work.plan
    return VerifiedList(rows=_kept(work, plan), trust=plan.used)


def plan_verify_signatures(work: Work, request: VerifySignatures) -> Verification:
    """Verify a page of files of signatures, each by the same trust."""
    from sed_tui.handlers.signature_judging import SignedFile, signature_file_rows

    table = FileTable
    visible = select(col(DocumentTable.id)).where(visible_documents(work.actor))
    query = signature_file_rows(work).where(col(table.document_id).in_(visible))
    if request.after is not None:
        after = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(col(table.added_at), col(table.id)) > after)
    rows = work.db.execute(query.offset(request.skip).limit(request.limit + 1))
    files = [SignedFile(**row._mapping) for row in rows]
    shown = files[: request.limit]
    is_more = len(files) > request.limit
    cursor = encode_cursor(shown[-1].added_at, shown[-1].id) if is_more else None
    return _verified(work, shown, cursor)


def verify_signatures(work: Work, _request: VerifySignatures) -> VerifiedPage:
    """Keep what was found of a page."""
    plan: Verification = work.plan
    return VerifiedPage(rows=_kept(work, plan), trust=plan.used, next=plan.next)


def signatures_of(work: Work, document_id: UUID) -> list[SignatureRow]:
    """Return the signatures of a document that the actor may see."""
    query = _query().where(col(_S.document_id) == document_id)
    return [_row(row) for row in work.db.execute(query)]


def signers_of(work: Work, document_id: UUID, version: int) -> list[VersionSigner]:
    """Return who signed a version of a document here, in the order of signing.

    A signer whose certificate signs several files of the version is told once, with the
    worst verdict of his signatures.
    """
    rows = work.db.execute(
        select(
            *map(col, (_S.signer_id, _S.subject, _S.received_at, _S.verdict)),
            col(EmployeeTable.full_name),
        )
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(_S.signer_id))
        .where(
            col(_S.document_id) == document_id,
            col(_S.organization_id) == work.organization_id,
            col(_S.version) == version,
        )
        .order_by(col(_S.received_at), col(_S.id))
    )
    found: dict[UUID | str | None, VersionSigner] = {}
    for row in rows:
        one = VersionSigner(
            row.signer_id, row.full_name or row.subject or "", row.received_at, row.verdict
        )
        key = row.signer_id or row.subject
        before = found.get(key)
        if before is None or _BADNESS.index(one.verdict) > _BADNESS.index(before.verdict):
            found[key] = one
    return list(found.values())


_BADNESS = [Verdict.VALID.value, Verdict.UNKNOWN.value, Verdict.INVALID.value]


def _verified(work: Work, files: list[SignedFile], cursor: str | None = None) -> Verification:
    """Verify files of signatures while others go on writing."""
    from sed_tui.handlers.signature_judging import judge
    from sed_tui.handlers.trust import load_trust

    trust = load_trust(work)
    oldest = min((one.this_update for one in trust.lists), default=None)
    used = TrustUsed(roots=len(trust.roots), lists=len(trust.lists), lists_of=oldest)
    return Verification([judge(work, trust, file) for file in files], used, cursor)


def _kept(work: Work, plan: Verification) -> list[SignatureRow]:
    from sed_tui.handlers.signature_judging import keep

    return _rows(work, [one for judged in plan.files for one in keep(work, judged)])


def _rows(work: Work, ids: Collection[UUID]) -> list[SignatureRow]:
    order = {one: place for place, one in enumerate(ids)}
    rows = work.db.execute(_query().where(col(_S.id).in_(order)))
    return sorted((_row(row) for row in rows), key=lambda row: order[row.id] if row.id else -1)


def _query() -> Any:
    plain = (
        *(_S.id, _S.document_id, _S.version, _S.subject, _S.serial, _S.issuer, _S.valid_since),
        *(_S.valid_until, _S.is_test, _S.is_cades, _S.claimed_at, _S.received_at, _S.verdict),
        *(_S.reasons, _S.chain, _S.judged_at, _S.checked_at, _S.lists_of),
    )
    document = DocumentTable
    return (
        select(
            *map(col, plain),
            col(document.number),
            col(EmployeeTable.full_name).label("employee"),
            _SIGNATURE.c.name.label("signature"),
            _CONTENT.c.name.label("file"),
            _CONTENT.c.version.label("file_version"),
        )
        .join(document, col(document.id) == col(_S.document_id))
        .join(_SIGNATURE, _SIGNATURE.c.id == col(_S.file_id))
        .outerjoin(_CONTENT, _CONTENT.c.id == col(_S.content_id))
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(_S.signer_id))
        .order_by(col(_S.received_at), _SIGNATURE.c.name, col(_S.position))
    )


def _row(row: Any) -> SignatureRow:
    reasons = row.reasons.split()
    signer = None
    if row.serial is not None:
        signer = Signer(subject=row.subject, serial=row.serial, issuer=row.issuer)
    named = ("id", "number", "version", "employee", "file", "file_version", "signature")
    known = (
        "is_test",
        "is_cades",
        "received_at",
        "judged_at",
        "checked_at",
        "valid_since",
        "valid_until",
        "lists_of",
    )
    return SignatureRow(
        **{name: getattr(row, name) for name in (*named, *known)},
        document=row.document_id,
        result=row.verdict,
        reasons=reasons,
        signer=signer,
        signed_at=row.claimed_at,
        certificate_valid=(
            row.valid_since <= row.judged_at <= row.valid_until if signer is not None else None
        ),
        chain=row.chain.split("\n") if row.chain else [],
        revocation=revocation(reasons, is_chained=bool(row.chain)),
    )
