"""Certificates of employees: whose each is, until when, and whether it still signs."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.errors.signatures import SignerNotGost
from sed_tui.errors.signing import CertificateNotForSigning, CertificateTaken
from sed_tui.gost.certificates import read_certificate
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.employee import resolve_employee
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.handlers.signature_judging import certificate_columns
from sed_tui.i18n import N_, _
from sed_tui.operations.certificate import (
    AddCertificate,
    Certificate,
    CertificateList,
    ListCertificates,
    WithdrawCertificate,
)
from sed_tui.storage.tables.certificate import CertificateTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_C = CertificateTable


def add_certificate(work: Work, request: AddCertificate) -> Certificate:
    """Keep a certificate of an employee.

    Raises `NotACertificate`, `SignerNotGost`, `CertificateNotForSigning`, `CertificateTaken`.
    """
    owner = find_colleague_at_work(work, request.employee, "employee")
    certificate = read_certificate(request.content.encode())
    if certificate.key is None:
        raise SignerNotGost(field="content", serial=certificate.number)
    if not certificate.may_sign_documents or certificate.is_authority:
        raise CertificateNotForSigning(field="content", serial=certificate.number)
    row = certificate_columns(certificate)
    created = uuid4()
    try:
        with work.db.begin_nested():
            work.db.execute(
                insert(_C).values(
                    id=created,
                    organization_id=work.organization_id,
                    employee_id=owner.id,
                    content=certificate.der,
                    added_at=work.now,
                    added_by=work.actor.employee_id,
                    **row,
                )
            )
    except IntegrityError:  # the constraint decides, not a look beforehand
        (known,) = _rows(work, col(_C.thumbprint) == certificate.thumbprint)
        raise CertificateTaken(
            field="content", serial=certificate.number, owner=known.owner
        ) from None
    told = {"owner": owner.name, "serial": row["serial"], "valid_until": row["valid_until"]}
    work.record("add", "certificate", created, None, told)
    (added,) = _rows(work, col(_C.id) == created)
    return added.model_copy(update={"warnings": _doubts(added)})


def list_certificates(work: Work, request: ListCertificates) -> CertificateList:
    """Return certificates, those that end first first; withdrawn ones when asked for."""
    conditions: list[ColumnElement[bool]] = []
    if not request.withdrawn:
        conditions.append(col(_C.withdrawn_at).is_(None))
    if request.employee is not None:
        owner = resolve_employee(work, request.employee, "employee")
        conditions.append(col(_C.employee_id) == owner.id)
    if request.ends_within is not None:
        until = work.now + timedelta(days=request.ends_within)
        conditions.append(col(_C.valid_until).between(work.now, until))
    return CertificateList(rows=_rows(work, *conditions))


def withdraw_certificate(work: Work, request: WithdrawCertificate) -> Certificate:
    """Let a certificate sign no more. Raises `NotFound`, `Ambiguous`."""
    text = request.certificate.strip()
    condition = by_id(col(_C.id), text)
    found = _rows(work, col(_C.serial) == text.upper())
    if not found and condition is not None:
        found = _rows(work, condition)
    if not found:
        raise NotFound(field="certificate", kind=_(N_("Certificate")), key=text)
    if len(found) > 1:
        candidates = "; ".join(f"{short_id(one.id)} {one.owner}" for one in found)
        raise Ambiguous(field="certificate", value=text, candidates=candidates)
    withdrawn = work.db.execute(
        update(_C)
        .where(col(_C.id) == found[0].id, col(_C.withdrawn_at).is_(None))
        .values(withdrawn_at=work.now)
    )
    if withdrawn.rowcount:
        told = {"withdrawn_at": None}
        work.record("withdraw", "certificate", found[0].id, told, {"withdrawn_at": work.now})
    return _rows(work, col(_C.id) == found[0].id)[0]


def _doubts(added: Certificate) -> list[str]:
    surname = added.owner.split()[0].casefold().replace("ё", "е")
    if surname in added.bearer.casefold().replace("ё", "е"):
        return []
    warning = _("The certificate names {bearer}, and it was added for {owner}.")
    return [warning.format(bearer=added.bearer, owner=added.owner)]


def _rows(work: Work, *conditions: ColumnElement[bool]) -> list[Certificate]:
    plain = (_C.id, _C.serial, _C.issuer, _C.thumbprint, _C.valid_since)
    rows = work.db.execute(
        select(
            *map(col, (*plain, _C.valid_until, _C.is_test, _C.withdrawn_at, _C.content)),
            col(_C.subject).label("bearer"),
            col(EmployeeTable.full_name).label("owner"),
            col(EmployeeTable.login),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(_C.employee_id))
        .where(col(_C.organization_id) == work.organization_id, *conditions)
        .order_by(col(_C.valid_until), col(_C.id))
    )
    return [_row(work, dict(row._mapping)) for row in rows]


def _row(work: Work, values: dict[str, Any]) -> Certificate:
    content: bytes = values.pop("content")
    left = (values["valid_until"] - work.now) // timedelta(days=1)
    return Certificate(**values, days_left=left, content=b64encode(content).decode())


def owner_of(work: Work, thumbprint: str) -> Any | None:
    """Return whose a certificate is and when it was withdrawn, nothing for an unknown one."""
    return work.db.execute(
        select(
            *map(col, (_C.employee_id, _C.withdrawn_at)),
            col(EmployeeTable.full_name).label("owner"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(_C.employee_id))
        .where(col(_C.organization_id) == work.organization_id, col(_C.thumbprint) == thumbprint)
    ).one_or_none()
