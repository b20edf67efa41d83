"""What the organization trusts: kept, listed, and made into what verification goes by."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.files import FileTooLarge
from sed_tui.errors.references import Ambiguous
from sed_tui.errors.signatures import NotACertificate, NotARevocationList
from sed_tui.errors.signing import NotAnAuthority, NotTrustable
from sed_tui.gost.authority import is_test
from sed_tui.gost.certificates import read_certificate, read_certificates
from sed_tui.gost.providers.choice import provider_named
from sed_tui.gost.revocation import LARGEST, RevocationList, read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.trust import (
    AddTrust,
    BundleTrust,
    ListTrust,
    RemoveTrust,
    TrustBundle,
    Trusted,
    TrustedContent,
    TrustedList,
    TrustKind,
)
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.trust import TrustTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.gost.certificates import Certificate
    from sed_tui.handlers.work import Work

_T = TrustTable
_NAME_LIMIT = 500
_ORDER = list(TrustKind)


def add_trust(work: Work, request: AddTrust) -> TrustedList:
    """Keep what the files hold; what is trusted already stays as it is.

    Raises `NotTrustable`, `NotAnAuthority`, `RevocationListTooLarge`.
    """
    read = [row for token in request.tokens for row in _read(_staged(work, token))]
    digests = [_store(work, row) for row in read]
    return TrustedList(rows=_rows(work, col(_T.sha256).in_(digests)))


def list_trust(work: Work, _request: ListTrust) -> TrustedList:
    """Return what is trusted: roots, authorities, lists."""
    return TrustedList(rows=_rows(work))


def remove_trust(work: Work, request: RemoveTrust) -> Trusted:
    """Forget a trusted thing. Raises `NotFound`, `Ambiguous`."""
    condition = by_id(col(_T.id), request.trust.strip())
    rows = [] if condition is None else _rows(work, condition)
    if not rows:
        raise NotFound(field="trust", kind=_(N_("Trusted certificate or list")), key=request.trust)
    if len(rows) > 1:
        candidates = "; ".join(f"{short_id(row.id)} {row.name}" for row in rows)
        raise Ambiguous(field="trust", value=request.trust, candidates=candidates)
    work.db.execute(delete(_T).where(col(_T.id) == rows[0].id))
    told = {"kind": rows[0].kind.value, "name": rows[0].name, "sha256": rows[0].sha256}
    work.record("remove", "trust", rows[0].id, told, None)
    return rows[0]


def bundle_trust(work: Work, _request: BundleTrust) -> TrustBundle:
    """Return everything that is trusted with its bytes."""
    return TrustBundle(
        rows=[
            TrustedContent(kind=TrustKind(row.kind), content=b64encode(row.content).decode())
            for row in _contents(work, work.organization_id)
        ]
    )


def load_trust(work: Work, organization_id: UUID | None = None) -> Trust:
    """Return what signatures are verified by: what the organization of the work trusts.

    Papers that two organizations sign are verified by the trust of the one that is named.
    Bytes that are not those that were added are left out: nothing is proven by them.
    """
    held: dict[str, list[bytes]] = {kind.value: [] for kind in TrustKind}
    for row in _contents(work, organization_id or work.organization_id):
        if hashlib.sha256(row.content).hexdigest() == row.sha256:
            held[row.kind].append(row.content)
    roots, authorities = (
        tuple(map(read_certificate, held[kind])) for kind in (TrustKind.ROOT, TrustKind.AUTHORITY)
    )
    lists = [_parsed(content) for content in held[TrustKind.LIST]]
    return Trust(roots, provider_named(work.cryptography), authorities, lists)


@lru_cache(maxsize=16)
def _parsed(content: bytes) -> RevocationList:
    """Parse a list once, not at every page of an archive: 100,000 entries take 0.1 s."""
    return read_revocation_list(content)


def _staged(work: Work, token: str) -> bytes:
    if work.files.staged(token).size > LARGEST:
        raise FileTooLarge(field="tokens", path="…", limit=LARGEST >> 20)
    return work.files.staged_path(token).read_bytes()


def _read(content: bytes) -> list[dict[str, Any]]:
    """Return the rows that a file makes, without their ids."""
    try:
        return [_of_certificate(one) for one in read_certificates(content)]
    except NotACertificate as failure:
        reason = str(failure.details["reason"])
    try:
        return [_of_list(read_revocation_list(content), content)]
    except NotARevocationList as failure:
        raise NotTrustable(field="tokens", reason=reason) from failure


def _of_certificate(certificate: Certificate) -> dict[str, Any]:
    if not certificate.is_authority:
        raise NotAnAuthority(field="tokens", subject=certificate.subject.called)
    is_root = certificate.subject.raw == certificate.issuer.raw
    return {
        "kind": (TrustKind.ROOT if is_root else TrustKind.AUTHORITY).value,
        "name": certificate.subject.called[:_NAME_LIMIT],
        "serial": certificate.number,
        "since": certificate.not_before,
        "until": certificate.not_after,
        "is_test": is_test(certificate),
        "content": certificate.der,
    }


def _of_list(one: RevocationList, content: bytes) -> dict[str, Any]:
    return {
        "kind": TrustKind.LIST.value,
        "name": one.name.called[:_NAME_LIMIT],
        "serial": None,
        "since": one.this_update,
        "until": one.next_update,
        "is_test": False,
        "content": content,
    }


def _store(work: Work, row: dict[str, Any]) -> str:
    """Keep a thing unless it is there already, and return its SHA-256."""
    insert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    digest = hashlib.sha256(row["content"]).hexdigest()
    added = work.db.scalar(
        insert(_T)
        .values(
            id=uuid4(),
            organization_id=work.organization_id,
            sha256=digest,
            added_at=work.now,
            added_by=work.actor.employee_id,
            **row,
        )
        .on_conflict_do_nothing(index_elements=["organization_id", "sha256"])
        .returning(col(_T.id))
    )
    if added is not None:
        told = {"kind": row["kind"], "name": row["name"], "sha256": digest}
        work.record("add", "trust", added, None, told)
    return digest


def _contents(work: Work, organization_id: UUID) -> Any:
    return work.db.execute(
        select(*map(col, (_T.kind, _T.sha256, _T.content)))
        .where(col(_T.organization_id) == organization_id)
        .order_by(col(_T.added_at), col(_T.id))
    )


def _rows(work: Work, *conditions: ColumnElement[bool]) -> list[Trusted]:
    plain = (_T.id, _T.kind, _T.name, _T.serial, _T.since, _T.until, _T.is_test, _T.sha256)
    rows = work.db.execute(
        select(*map(col, plain), col(_T.added_at), col(EmployeeTable.full_name).label("added_by"))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_T.added_by))
        .where(col(_T.organization_id) == work.organization_id, *conditions)
    )
    found = [Trusted.model_validate(dict(row._mapping)) for row in rows]
    return sorted(found, key=lambda one: (_ORDER.index(one.kind), one.name, one.since))
