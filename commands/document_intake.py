"""`sedctl document intake`: letters of a mailbox or a folder, and what becomes of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.letter_options import LetterOptions, show_registered
from commands.save_options import FileName, SaveOptions, hand_out
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.intake import IntakeState
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.operations.intake import LetterTaken

intake = typer.Typer(rich_markup_mode=None, help=_("Letters of electronic mail to register."))
TAKEN = ("outcome", "sender", "subject", "files", "reason", "id")
ROWS = ("short_id", "received_at", "sender_name", "sender", "subject", "files", "looks_like_appeal")
CARD = (
    *("state", "number", "sender_name", "sender", "recipients", "subject", "sent_at"),
    *("received_at", "source", "message_id", "size", "reason", "correspondent", "may_answer", "id"),
)
Which = Annotated[
    str, typer.Argument(help=_("An id of a letter, or its beginning."), metavar="LETTER")
]
Limit = Annotated[
    int, typer.Option("--limit", "-n", min=1, max=10_000, help=_("How many letters at most."))
]


def add_to(app: typer.Typer) -> None:
    """Add the group of letters to the group of documents."""
    app.add_typer(intake, name="intake")


@verb(intake, "imap", Sort.WRITE, N_("Take new letters of the mailbox; nothing changes in it."))
def take_imap(
    session: Session,
    folder: Annotated[
        str | None, typer.Option("--folder", help=_("A folder of the mailbox, INBOX by default."))
    ] = None,
    limit: Limit = 1000,
) -> None:
    """Take the letters above the last one taken."""
    from sed_tui.gateway.letter_intake import take_from_mailbox
    from sed_tui.mailbox_settings import mailbox

    box = mailbox(session.settings.profile, folder)
    _show(session, take_from_mailbox(session.gateway, box, session.options, limit))


@verb(intake, "folder", Sort.WRITE, N_("Take letters of a folder of .eml files, which stay."))
def take_folder(
    session: Session,
    folder: Annotated[Path, typer.Argument(help=_("A folder."), metavar="FOLDER")],
    limit: Limit = 1000,
) -> None:
    """Take the letters of a folder."""
    from sed_tui.gateway.letter_intake import take_from_folder

    _show(session, take_from_folder(session.gateway, folder, session.options, limit))


@verb(intake, "list", Sort.LIST, N_("List letters that wait, or those of another state."))
def list_letters(
    session: Session,
    state: Annotated[
        IntakeState | None, typer.Option("--state", help=_("What became of them."))
    ] = None,
    refused: Annotated[
        bool, typer.Option("--refused", help=_("Those that could not be taken."))
    ] = False,
    find: Annotated[
        str, typer.Option("--find", help=_("Words of the sender or the subject."))
    ] = "",
) -> None:
    """Print letters."""
    from sed_tui.operations.intake_letter import LIST, ListLettersTaken

    chosen = state or (IntakeState.REFUSED if refused else IntakeState.WAITING)
    request = ListLettersTaken(state=chosen, query=find, limit=session.limit, after=session.after)
    page = session.call(LIST, request)
    columns = (*ROWS, "reason") if chosen is IntakeState.REFUSED else ROWS
    session.show_rows(page.rows, columns, page.next)


@verb(intake, "show", Sort.READ, N_("Show a letter with its text and its files."))
def show(session: Session, letter: Which) -> None:
    """Print a letter."""
    from sed_tui.operations.intake_letter import SHOW, ShowLetterTaken

    card = session.call(SHOW, ShowLetterTaken(letter=letter))
    session.show(card, CARD)
    if session.format.is_json or session.fields:
        return
    if card.enclosures:
        session.say("")
        session.show_rows(card.enclosures, ("name", "size", "media_type"))
    session.say(f"\n{card.body}")
    if card.explanation:
        signs = ", ".join(card.appeal_signs)
        session.say("\n! " + _("It looks like a citizen's appeal: {signs}").format(signs=signs))
        session.say(card.explanation)


@verb(intake, "file", Sort.READ, N_("Write a file of a letter to disk, or to standard output."))
def file(session: Session, letter: Which, options: SaveOptions, name: FileName = None) -> None:
    """Fetch a file, checking its bytes on the way."""
    from sed_tui.operations.intake_letter import FILE, GetLetterFile

    hand_out(session, session.call(FILE, GetLetterFile(letter=letter, name=name)), options)


@verb(intake, "register", Sort.WRITE, N_("Give a letter its number as an incoming document."))
def register(
    session: Session,
    letter: Which,
    options: LetterOptions,
    their_number: Annotated[
        str | None, typer.Option("--their-number", help=_("The sender's number, «б/н» by default."))
    ] = None,
) -> None:
    """Register a letter."""
    from sed_tui.operations.intake_letter import REGISTER, RegisterLetter

    request = RegisterLetter(letter=letter, their_number=their_number, **options.fields)
    show_registered(session, session.call(REGISTER, request))


@verb(intake, "attach", Sort.WRITE, N_("Add a letter and its files to a card that is there."))
def attach(
    session: Session,
    letter: Which,
    document: Annotated[
        str,
        typer.Argument(
            help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"
        ),
    ],
) -> None:
    """Attach a letter."""
    from commands.document_file import COLUMNS
    from sed_tui.operations.intake_letter import ATTACH, AttachLetter

    added = session.call(ATTACH, AttachLetter(letter=letter, document=document))
    for warning in added.warnings:
        session.say(warning)
    session.show_rows(added.rows, COLUMNS)


@verb(intake, "drop", Sort.DESTROY, N_("Leave a letter unregistered, for a reason; it is kept."))
def drop(session: Session, letter: Which) -> None:
    """Drop a letter."""
    from sed_tui.operations.intake_letter import DROP, DropLetter

    session.show(session.call(DROP, DropLetter(letter=letter)))


def _show(session: Session, letters: Iterable[LetterTaken]) -> None:
    """Print what became of each; end with status 9 where some could not be taken."""
    from sed_tui.domain.intake import TakingOutcome
    from sed_tui.errors.mailbox import LettersNotTaken

    rows = []
    for taken in letters:
        rows.append(taken)
        for warning in taken.warnings:
            session.say(f"! {taken.subject}: {warning}")
    session.show_rows(rows, TAKEN)
    refused = [row for row in rows if row.outcome is TakingOutcome.REFUSED]
    if refused:
        raise LettersNotTaken(
            count=len(refused), subject=refused[0].subject or "…", reason=refused[0].reason
        )
