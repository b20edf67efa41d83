"""Which documents may leave by mail, and which of their files are displayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import SIGNED_BEFORE_REGISTRATION, Approval, Confidentiality, Flow
from sed_tui.domain.mailed_name import apart, mailed_name
from sed_tui.errors.mailing import OfficialUseMailed
from sed_tui.gost.verdicts import Verdict
from sed_tui.handlers.references import find_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.mailing import MailedDocument, MailedFile
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable, DraftVersionFileTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.signature import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.work import Work

_D, _F, _S = DocumentTable, FileTable, SignatureTable


@dataclass(frozen=True, slots=True)
class Mailable:
    """A document as far as mailing asks."""

    id: UUID
    number: str | None
    registered_on: date | None
    flow: Flow
    kind: str
    subject: str
    is_signed: bool

    @property
    def shown(self) -> str:
        """Return the number, or the beginning of the id where there is none."""
        return self.number or short_id(self.id)

    @property
    def lacks_signature(self) -> bool:
        """Tell whether it is one that leaves signed alone, and is not."""
        return self.flow in SIGNED_BEFORE_REGISTRATION and not self.is_signed


def mailable(work: Work, texts: Iterable[str]) -> list[Mailable]:
    """Return the named documents, each once. Raises `NotFound`, `OfficialUseMailed`."""
    ids = list(dict.fromkeys(find_document(work, text, "documents").id for text in texts))
    signature = exists().where(
        col(_S.document_id) == col(_D.id), col(_S.verdict) == Verdict.VALID.value
    )
    columns = (_D.id, _D.number, _D.registered_on, _D.flow, _D.kind, _D.subject)
    is_signed = or_(
        col(_D.signed_on).is_not(None), col(_D.approval) == Approval.SIGNED.value, signature
    )
    rows = work.db.execute(
        select(*map(col, (*columns, _D.confidentiality)), is_signed.label("is_signed")).where(
            col(_D.id).in_(ids), col(_D.organization_id) == work.organization_id
        )
    ).all()
    found = {}
    secret = []
    for row in rows:
        values: dict[str, Any] = dict(row._mapping)
        mark = values.pop("confidentiality")
        values["flow"] = Flow(values["flow"])
        values["is_signed"] = bool(values["is_signed"])
        found[row.id] = Mailable(**values)
        if mark != Confidentiality.NONE:
            secret.append(found[row.id].shown)
    if secret:
        raise OfficialUseMailed(field="documents", numbers=", ".join(sorted(secret)))
    return [found[one] for one in ids]


def displayed(work: Work, documents: Sequence[Mailable]) -> list[MailedDocument]:
    """Return the documents with the files of the version that is displayed, named for a letter."""
    files = _files(work, [one.id for one in documents])
    taken: set[str] = set()
    return [
        MailedDocument(
            **{
                name: getattr(document, name)
                for name in ("id", "number", "registered_on", "flow", "kind", "subject")
            },
            files=_named(document, files.get(document.id, []), taken),
        )
        for document in documents
    ]


def _files(work: Work, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """Return the last version of every file, without those that the last draft version dropped."""
    held, draft = DraftVersionFileTable, DraftTable
    of_draft = exists().where(col(held.file_id) == col(_F.id))
    in_last = (
        exists()
        .where(col(held.file_id) == col(_F.id), col(held.number) == col(draft.version))
        .where(col(draft.document_id) == col(_F.document_id))
    )
    content = (
        select(col(_S.content_id)).where(col(_S.file_id) == col(_F.id)).limit(1).scalar_subquery()
    )
    columns = (_F.id, _F.document_id, _F.role, _F.name, _F.version, _F.size, _F.media_type)
    rows = work.db.execute(
        select(*map(col, (*columns, _F.sha256)), content.label("content_id"))
        .where(col(_F.document_id).in_(ids), or_(~of_draft, in_last))
        .order_by(col(_F.role).desc(), col(_F.name), col(_F.version))
    )
    last: dict[tuple[UUID, str], Any] = {(row.document_id, row.name): row for row in rows}
    found: dict[UUID, list[Any]] = {}
    for row in last.values():
        found.setdefault(row.document_id, []).append(row)
    return found


def _named(document: Mailable, rows: Sequence[Any], taken: set[str]) -> list[MailedFile]:
    order = (FileRole.MAIN, FileRole.ANNEX, FileRole.SIGNATURE)
    names: dict[UUID, str] = {}
    files = []
    mains = sum(row.role == FileRole.MAIN for row in rows)
    for row in sorted(rows, key=lambda row: order.index(FileRole(row.role))):
        signed = names.get(row.content_id)
        if row.role == FileRole.SIGNATURE and signed is not None:
            wanted = f"{signed}.sig"
        else:
            wanted = mailed_name(
                day=document.registered_on,
                number=document.shown,
                kind=document.kind[:1].upper() + document.kind[1:],
                original=row.name,
                is_main=row.role == FileRole.MAIN and mains == 1,
            )
        names[row.id] = apart(wanted, taken)
        values = {name: getattr(row, name) for name in _PLAIN}
        files.append(MailedFile(**values, mail_name=names[row.id], signs=signed))
    return files


_PLAIN = ("id", "role", "name", "version", "size", "media_type", "sha256")
