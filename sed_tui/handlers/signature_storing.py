"""A signature made here, kept as a file beside the one that it signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.files import FileRole
from sed_tui.domain.signature_files import signature_name
from sed_tui.handlers.file import store_files
from sed_tui.handlers.signature_judging import JudgedFile, columns_of, keep, signature_files
from sed_tui.operations.file import FileContent
from sed_tui.storage.tables.file import FileTable

if TYPE_CHECKING:
    from sed_tui.gost.verdicts import SignatureReport
    from sed_tui.handlers.signing_entitlement import Entitlement
    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_version import VersionFile


def store_signature(
    work: Work, who: Entitlement, file: VersionFile, token: str, report: SignatureReport
) -> None:
    """Keep a proven signature of a file of the version, and whose it is by which right."""
    draft = who.draft
    taken = set(
        work.db.scalars(select(col(FileTable.name)).where(col(FileTable.document_id) == draft.id))
    )
    name = signature_name(file.name, taken)
    content = FileContent(name=name, token=token, role=FileRole.SIGNATURE)
    store_files(work, draft.reference, [content])
    (stored,) = (one for one in signature_files(work, draft.id) if one.name == name)
    columns = {
        **columns_of(report),
        "content_id": file.id,
        "version": draft.version,
        "signer_id": work.actor.employee_id,
        "on_behalf_id": who.absent.id if who.absent else None,
        "right_id": who.right.id,
    }
    keep(work, JudgedFile(stored, [columns]))
