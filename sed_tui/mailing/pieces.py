"""What goes into letters: files as they are, marked copies, or one archive."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.files import FileRole
from sed_tui.errors.signing import NotMarkable, NotProvenSigned
from sed_tui.i18n import _
from sed_tui.operations.mailing import MailedContent
from sed_tui.storage.contents import whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sed_tui.gateway import Gateway
    from sed_tui.operations.mailing import MailedDocument, MailedFile, MailingPlan
    from sed_tui.operations.registry import CallOptions

_PDF = "application/pdf"
# a moment of its own would make of the same files another archive each time
_ARCHIVED_AT = (2000, 1, 1, 0, 0, 0)


class Form(StrEnum):
    """How signed documents go: the original with its signature, or a copy that shows the mark."""

    ORIGINAL = "original"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Piece:
    """An attachment: a file of a document by its digest, or bytes made here."""

    name: str
    media_type: str
    size: int
    documents: tuple[UUID, ...]
    file: UUID | None = None
    sha256: str | None = None
    made: bytes | None = None


def pieces_of(
    gateway: Gateway, plan: MailingPlan, form: Form, options: CallOptions
) -> tuple[list[Piece], list[str]]:
    """Return the attachments in the order of the documents, and what to look at."""
    pieces: list[Piece] = []
    doubts: list[str] = []
    for document in plan.rows:
        own = document.files
        if form is Form.MARKED:
            copies, doubt = _marked(gateway, document, options)
            pieces += copies
            doubts += doubt
            done = {copy.file for copy in copies}
            shown = {file.mail_name for file in own if file.id in done}
            own = [file for file in own if file.id not in done and file.signs not in shown]
        pieces += [_plain(document, file) for file in own]
    return pieces, doubts


def content_of(gateway: Gateway, piece: Piece) -> bytes:
    """Return the bytes of an attachment."""
    if piece.made is not None or piece.sha256 is None:
        return piece.made or b""
    with gateway.fetch(piece.sha256) as source:
        return whole(source, piece.sha256)


def zipped(gateway: Gateway, pieces: Sequence[Piece], name: str) -> Piece:
    """Return one archive of all attachments; the same files make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for piece in pieces:
            entry = zipfile.ZipInfo(piece.name, _ARCHIVED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content_of(gateway, piece))
    made = target.getvalue()
    documents = tuple(dict.fromkeys(one for piece in pieces for one in piece.documents))
    return Piece(name, "application/zip", len(made), documents, made=made)


def as_contents(gateway: Gateway, pieces: Sequence[Piece]) -> tuple[MailedContent, ...]:
    """Return the attachments as the operation takes them; what was made here is sent there."""
    return tuple(
        MailedContent(
            name=piece.name,
            documents=piece.documents,
            file=piece.file,
            token=gateway.stage(io.BytesIO(piece.made)) if piece.made is not None else None,
        )
        for piece in pieces
    )


def _marked(
    gateway: Gateway, document: MailedDocument, options: CallOptions
) -> tuple[list[Piece], list[str]]:
    from sed_tui.rendering.marked_copy import marked_copy  # pypdf and typst, for copies alone

    copies, doubts = [], []
    for file in document.files:
        if file.media_type != _PDF or file.role is FileRole.SIGNATURE:
            continue
        try:
            copy = marked_copy(gateway, str(document.id), file.name, options)
        except (NotProvenSigned, NotMarkable) as error:
            doubts.append(_("{error} It goes as it is.").format(error=error))
            continue
        size = len(copy.content)
        copies.append(Piece(file.mail_name, _PDF, size, (document.id,), file.id, made=copy.content))
    if not copies and not doubts and document.files:
        text = _("{number}: no PDF to put the mark on. It goes as it is.")
        doubts.append(text.format(number=document.number or document.id))
    return copies, doubts


def _plain(document: MailedDocument, file: MailedFile) -> Piece:
    return Piece(file.mail_name, file.media_type, file.size, (document.id,), file.id, file.sha256)
