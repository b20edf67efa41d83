"""Everything that the store keeps of an organization, read and compared with its digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, null, select
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.gost.verdicts import VERDICTS
from sed_tui.handlers.signature_judging import reason_of
from sed_tui.operations.content import SpoiledFile, VerifiedContents, VerifyContents
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.contents import fault_of
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.intake import IntakeFileTable, IntakeLetterTable
from sed_tui.storage.tables.legal import LegalEditionTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gost.verdicts import Reason
    from sed_tui.handlers.work import Work

_LARGE_PAGE = 256 << 20  # bytes after which an answer is given, whatever the limit says
_F, _R, _L = FileTable, AssignmentResultTable, LegalEditionTable
_IF, _IL = IntakeFileTable, IntakeLetterTable


@dataclass(frozen=True, slots=True)
class _Holder:
    """Rows that name contents: the digest, the size, and the names for people."""

    kind: str
    sha256: Any
    size: Any
    names: tuple[Any, ...]
    joined: tuple[tuple[Any, Any], ...]
    seen: tuple[Any, ...]

    def digests(self, after: str, limit: int) -> Any:
        return (
            self._joined(select(self.sha256, func.max(self.size)))
            .where(self.sha256 > after)
            .group_by(self.sha256)
            .order_by(self.sha256)
            .limit(limit)
        )

    def rows(self, digests: Sequence[str]) -> Any:
        labels = ("id", "document", "number", "file", "file_version")
        named = (one.label(label) for one, label in zip(self.names, labels, strict=True))
        query = self._joined(select(self.sha256.label("sha256"), *named))
        return query.where(self.sha256.in_(digests)).order_by(self.sha256, self.names[0])

    def _joined(self, query: Any) -> Any:
        query = query.select_from(self.sha256.table)
        for table, condition in self.joined:
            query = query.outerjoin(table, condition)
        return query.where(*self.seen)


def verify_contents(work: Work, request: VerifyContents) -> VerifiedContents:
    """Read a page of contents, each once however many rows name it."""
    after = decode_cursor(request.after, str)[0] if request.after is not None else ""
    holders = _holders(work)
    sizes: dict[str, int] = {}
    for holder in holders:
        found = work.db.execute(holder.digests(after, request.limit + 1))
        sizes |= {sha256: size or 0 for sha256, size in found}
    read, size, faults = 0, 0, dict[str, "Reason"]()
    last = after
    for last in sorted(sizes)[: request.limit]:
        if fault := fault_of(work.files, last):
            faults[last] = reason_of(fault)
        read, size = read + 1, size + sizes[last]
        if size >= _LARGE_PAGE:
            break
    return VerifiedContents(
        rows=[row for holder in holders for row in _spoiled(work, holder, faults)],
        read=read,
        bytes=size,
        next=encode_cursor(last) if read < len(sizes) else None,
    )


def _spoiled(work: Work, holder: _Holder, faults: dict[str, Reason]) -> list[SpoiledFile]:
    if not faults:
        return []
    return [
        SpoiledFile(
            **row._mapping,
            kind=holder.kind,
            result=VERDICTS[faults[row.sha256]].value,
            reasons=[faults[row.sha256].value],
        )
        for row in work.db.execute(holder.rows(sorted(faults)))
    ]


def _holders(work: Work) -> list[_Holder]:
    """Return what names contents and is the actor's to see."""
    document, own = DocumentTable, work.organization_id
    number = col(document.number)
    holders = [
        _Holder(
            "document",
            *(col(_F.sha256), col(_F.size)),
            (col(_F.id), col(_F.document_id), number, col(_F.name), col(_F.version)),
            ((document, col(document.id) == col(_F.document_id)),),
            (col(_F.role) != FileRole.SIGNATURE.value, visible_documents(work.actor)),
        ),
        _Holder(
            "assignment",
            *(col(_R.sha256), col(_R.size)),
            (col(_R.assignment_id), null(), null(), col(_R.name), null()),
            ((AssignmentTable, col(AssignmentTable.id) == col(_R.assignment_id)),),
            (visible_assignments(work.actor),),
        ),
        _Holder(
            "law",
            *(col(_L.sha256), col(_L.size)),
            (col(_L.id), null(), col(_L.code), col(_L.name), null()),
            (),
            (col(_L.organization_id) == own,),
        ),
    ]
    if not work.actor.may("intake.show"):
        return holders
    letter = col(_IF.letter_id) == col(_IL.id)
    return [
        *holders,
        _Holder(
            "intake",
            *(col(_IF.sha256), col(_IF.size)),
            (col(_IL.id), null(), null(), col(_IF.name), null()),
            ((_IL, letter),),
            (col(_IF.organization_id) == own,),
        ),
        _Holder(
            "intake",
            *(col(_IL.raw_sha256), col(_IL.size)),
            (col(_IL.id), col(_IL.document_id), null(), col(_IL.subject), null()),
            (),
            (col(_IL.organization_id) == own,),
        ),
    ]
