"""Documents mailed from beginning to end, for both faces: gathered, entered, handed over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.mailing import (
    LETTER_LIMIT,
    Way,
    letters_of,
    mebibytes,
    travelling_size,
)
from sed_tui.errors.files import FileExists
from sed_tui.errors.mailing import LetterTooLarge, NothingToMail
from sed_tui.i18n import _
from sed_tui.mailing.composing import Templates, words_of
from sed_tui.mailing.pieces import Form, Piece, as_contents, content_of, pieces_of, zipped
from sed_tui.operations.mailing import PREPARE, SEND, PrepareMailing, SendMailing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sed_tui.gateway import Gateway
    from sed_tui.mailing.eml import UnsentLetter
    from sed_tui.mailing.programs import MailProgram
    from sed_tui.operations.mailing import MailingPlan, MailingSent
    from sed_tui.operations.registry import CallOptions


class Packing(StrEnum):
    """How files go that are too large for one letter."""

    WHOLE = "whole"
    SPLIT = "split"
    ZIP = "zip"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be mailed, to whom, and how."""

    documents: tuple[str, ...]
    to: tuple[str, ...]
    way: Way
    form: Form = Form.ORIGINAL
    packing: Packing = Packing.WHOLE
    templates: Templates = field(default_factory=Templates)
    base: str | None = None
    eml: Path | None = None
    overwrite: bool = False
    programs: Sequence[MailProgram] | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter on its way: what was entered, its files, and which program or file has it."""

    sent: MailingSent
    files: list[str]
    program: str | None = None
    path: Path | None = None


def post_documents(
    gateway: Gateway, posting: Posting, options: CallOptions
) -> tuple[list[Posted], list[str]]:
    """Mail documents and return the letters, and what to look at.

    What cannot be handed over is refused before anything is entered. Raises
    `OfficialUseMailed`, `NothingToMail`, `LetterTooLarge`, `NoMailProgram`, `FileExists`.
    """
    from sed_tui.mailing.programs import available

    plan = gateway.call(PREPARE, PrepareMailing(documents=posting.documents))
    pieces, doubts = _packed(gateway, plan, posting, options)
    letters = _letters(pieces, posting)
    if posting.way is Way.CLIENT and posting.programs is None:
        posting = replace(posting, programs=available())
    for path in filter(None, (_path(posting, n) for n in range(len(letters)))):
        if path.exists() and not posting.overwrite:
            raise FileExists(field="eml", path=str(path))
    words = words_of(
        plan, posting.templates, base=posting.base, as_links=posting.packing is Packing.LINK
    )
    posted = []
    for place, letter in enumerate(letters):
        subject = words[0] if len(letters) == 1 else f"{words[0]} ({place + 1}/{len(letters)})"
        errand = _Errand(gateway, plan, posting, options, (subject, words[1]))
        posted.append(errand.run(letter, place))
    warnings = [*posted[0].sent.warnings, *doubts]
    return posted, list(dict.fromkeys(warnings))


@dataclass(frozen=True, slots=True)
class _Errand:
    """One letter: entered where operations run, then handed over here."""

    gateway: Gateway
    plan: MailingPlan
    posting: Posting
    options: CallOptions
    words: tuple[str, str]

    def run(self, pieces: Sequence[Piece], place: int) -> Posted:
        posting, (subject, body) = self.posting, self.words
        request = SendMailing(
            documents=tuple(row.id for row in self.plan.rows),
            to=posting.to,
            subject=subject,
            body=body,
            contents=as_contents(self.gateway, pieces),
            way=posting.way,
        )
        key = self.options.idempotency_key
        if key is not None and place:
            key = f"{key}/{place + 1}"  # each letter is a call of its own
        sent = self.gateway.call(SEND, request, replace(self.options, idempotency_key=key))
        names = [piece.name for piece in pieces]
        if self.options.dry_run or posting.way is Way.SMTP:
            return Posted(sent, names)
        letter = self._unsent(pieces, sent.to)
        if posting.way is Way.CLIENT:
            return Posted(sent, names, program=_handed_over(letter, posting.programs))
        return Posted(sent, names, path=_written(letter, _path(posting, place)))

    def _unsent(self, pieces: Sequence[Piece], to: Sequence[str]) -> UnsentLetter:
        from sed_tui.mailing.eml import LetterFile, UnsentLetter

        files = [
            LetterFile(piece.name, piece.media_type, content_of(self.gateway, piece))
            for piece in pieces
        ]
        return UnsentLetter(to, *self.words, files)


def _packed(
    gateway: Gateway, plan: MailingPlan, posting: Posting, options: CallOptions
) -> tuple[list[Piece], list[str]]:
    if posting.packing is Packing.LINK:
        return [], []
    pieces, doubts = pieces_of(gateway, plan, posting.form, options)
    if not pieces:
        numbers = ", ".join(row.number or str(row.id) for row in plan.rows)
        raise NothingToMail(field="documents", numbers=numbers)
    with_files = {one for piece in pieces for one in piece.documents}
    text = _("{number} has no files.")
    doubts += [
        text.format(number=row.number or row.id) for row in plan.rows if row.id not in with_files
    ]
    if posting.packing is Packing.ZIP:
        number = plan.rows[0].files[0].mail_name if plan.rows[0].files else ""
        name = f"{number.rpartition('.')[0] or _('documents')}.zip"
        return [zipped(gateway, pieces, name)], doubts
    return pieces, doubts


def _letters(pieces: Sequence[Piece], posting: Posting) -> list[list[Piece]]:
    total = sum(travelling_size(piece.size) for piece in pieces)
    if total <= LETTER_LIMIT:
        return [list(pieces)]
    by_name = {piece.name: piece for piece in pieces}
    groups = None
    if posting.packing is Packing.SPLIT:
        groups = letters_of({piece.name: piece.size for piece in pieces})
    if groups is None:
        limit = LETTER_LIMIT // (1 << 20)
        raise LetterTooLarge(field="documents", size=mebibytes(total), limit=limit)
    return [[by_name[name] for name in group] for group in groups]


def _path(posting: Posting, place: int) -> Path | None:
    path = posting.eml
    if path is None or place == 0:
        return path
    return path.with_name(f"{path.stem}-{place + 1}{path.suffix}")


def _written(letter: UnsentLetter, path: Path | None) -> Path | None:
    from sed_tui.mailing.eml import eml_bytes
    from sed_tui.rendering.saved import replaced

    if path is not None:
        with replaced(path) as target:
            target.write(eml_bytes(letter))
    return path


def _handed_over(letter: UnsentLetter, programs: Sequence[MailProgram] | None) -> str:
    from sed_tui.mailing.eml import eml_bytes
    from sed_tui.mailing.folder import filled_folder, mark_handed_off, remove
    from sed_tui.mailing.programs import PackedLetter, hand_over

    names = [file.name for file in letter.files]
    content = [(file.name, file.content) for file in letter.files]
    folder = filled_folder([*content, (_EML, eml_bytes(letter))])
    files = [folder / name for name in names]
    done = False
    try:
        packed = PackedLetter(letter.to, letter.subject, letter.body, files, folder / _EML)
        program = hand_over(packed, programs)
        done = True
    finally:
        if not done:
            remove(folder)
    mark_handed_off(folder)
    return program


_EML = "~letter.eml"
