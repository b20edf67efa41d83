"""Signatures that come with a document: verified at once, so that the card tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.errors.verdicts import tell, verdict_title
from sed_tui.gost.verdicts import Verdict
from sed_tui.handlers.signature_judging import judge, keep, signature_files
from sed_tui.handlers.trust import load_trust
from sed_tui.i18n import _
from sed_tui.storage.tables.signature import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sed_tui.handlers.work import Work


def examine_arrived(work: Work, document_id: UUID, tokens: Sequence[str]) -> list[str]:
    """Verify the signatures among staged files that were just stored; tell what is not valid.

    The content of a letter that came is what counts: no signature keeps it out.
    """
    staged = {work.files.staged(token).sha256: work.files.staged_path(token) for token in tokens}
    arrived = {sha256: path for sha256, path in staged.items() if path.exists()}
    files = [file for file in signature_files(work, document_id) if file.sha256 in staged]
    try:
        trust = load_trust(work)
    except ProviderUnavailable as failure:
        return [str(failure)]  # the signatures wait until they are verified by hand
    judged = [judge(work, trust, file, arrived) for file in files]
    names = {signature: one.file.name for one in judged for signature in keep(work, one)}
    table = SignatureTable
    rows = work.db.execute(
        select(*map(col, (table.id, table.verdict, table.reasons)))
        .where(col(table.id).in_(names), col(table.verdict) != Verdict.VALID.value)
        .order_by(col(table.file_id), col(table.position))
    )
    return [
        _("{name}: the signature is {result}: {reasons}.").format(
            name=names[row.id],
            result=verdict_title(row.verdict),
            reasons="; ".join(map(tell, row.reasons.split())),
        )
        for row in rows
    ]
