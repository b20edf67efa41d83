"""A copy of a signed PDF of a document with the mark of the signatures that prove valid."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.files import SeveralFiles
from sed_tui.errors.signing import NotProvenSigned
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway
    from sed_tui.operations.file import FileRow
    from sed_tui.operations.registry import CallOptions
    from sed_tui.operations.signature import SignatureRow
    from sed_tui.rendering.signature_mark import Mark


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """The copy, the file it was made of, and how many signatures it shows."""

    file: FileRow
    content: bytes
    signatures: int


def marked_copy(
    gateway: Gateway, document: str, name: str | None, options: CallOptions
) -> MarkedCopy:
    """Verify the signatures of a document anew, and mark a copy of the file that they sign.

    Raises `NotProvenSigned`, `NotMarkable`, and `SeveralFiles` where no name tells which.
    """
    from sed_tui.operations.file import GET, GetFile
    from sed_tui.operations.signature import VERIFY, VerifyDocument
    from sed_tui.rendering.signature_mark import write_marked

    rows = _proven(gateway.call(VERIFY, VerifyDocument(document=document), options).rows, name)
    request = GetFile(document=document, name=rows[0].file, version=rows[0].file_version)
    file = gateway.call(GET, request)
    copy = io.BytesIO()
    with gateway.fetch(file.sha256) as original:
        write_marked(original, _marks(rows), copy, file.name)
    return MarkedCopy(file, copy.getvalue(), len(rows))


def _proven(rows: list[SignatureRow], name: str | None) -> list[SignatureRow]:
    """Return the valid signatures of the file that is meant, of one version of it."""
    valid = [row for row in rows if row.result == "valid" and row.file and row.signer]
    named = [row for row in valid if name in {None, row.file}]
    if name is None:
        named = [row for row in named if str(row.file).lower().endswith(".pdf")] or named
    if not named:
        raise NotProvenSigned(name=name or _("The document"))
    names = list(dict.fromkeys(str(row.file) for row in named))
    if len(names) > 1:
        raise SeveralFiles(field="name", names=", ".join(names))
    last = max(row.file_version or 0 for row in named)
    return [row for row in named if row.file_version == last]


def _marks(rows: list[SignatureRow]) -> list[Mark]:
    from sed_tui.domain.clock import office_day
    from sed_tui.rendering.signature_mark import Mark

    return [
        Mark(
            serial=row.signer.serial,
            owner=row.signer.subject,
            since=office_day(row.valid_since),
            until=office_day(row.valid_until),
            is_test=row.is_test,
        )
        for row in rows
        if row.signer is not None and row.valid_since is not None and row.valid_until is not None
    ]
