"""`sedctl document mail`: documents as attachments, without saving them by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.mailing import Way
from sed_tui.errors.usage import MissingValue, OptionsExclude
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.mailing.posting import Packing, Posted, Posting


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group of documents."""
    verb(app, "mail", Sort.WRITE, N_("Mail documents: their files, as they are displayed."))(mail)


def mail(
    session: Session,
    documents: Annotated[
        list[str],
        typer.Argument(help=_("Numbers or ids of documents."), metavar="DOCUMENT…"),
    ],
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="ADDRESS", help=_("To whom; several."))
    ] = None,
    via: Annotated[
        Way | None,
        typer.Option("--via", help=_("The mail program here (client), or our mail server (smtp).")),
    ] = None,
    eml: Annotated[
        Path | None, typer.Option("--eml", help=_("Write the letter to a file instead."))
    ] = None,
    marked: Annotated[
        bool,
        typer.Option(
            "--with-mark/--original",
            help=_("A PDF with the mark of its signature, or the original and its .sig."),
        ),
    ] = False,
    subject: Annotated[
        str | None, typer.Option("--subject", help=_("The subject; {number}, {day} are filled in."))
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", help=_("The text; {list}, {sender} are filled in."))
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help=_("Several letters where one would be too large."))
    ] = False,
    archive: Annotated[bool, typer.Option("--zip", help=_("One archive of all files."))] = False,
    link: Annotated[bool, typer.Option("--link", help=_("Links instead of files."))] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace a file that is there."))
    ] = False,
) -> None:
    """Mail documents."""
    from sed_tui.mailing.composing import chosen_templates
    from sed_tui.mailing.folder import clean_up
    from sed_tui.mailing.pieces import Form
    from sed_tui.mailing.posting import Posting, post_documents

    clean_up()
    profile = session.settings.profile
    posting = Posting(
        documents=tuple(documents),
        to=tuple(to or ()),
        way=_way(via, eml),
        form=Form.MARKED if marked else Form.ORIGINAL,
        packing=_packing(split=split, archive=archive, link=link),
        templates=chosen_templates(profile, subject, body),
        base=session.settings.link_base,
        eml=eml,
        overwrite=overwrite,
    )
    _require_server(session, posting)
    posted, warnings = post_documents(session.gateway, posting, session.options)
    for warning in warnings:
        session.say(f"! {warning}")
    session.show_records([_row(one) for one in posted], COLUMNS)
    if posting.way is Way.SMTP and not (session.dry_run or session.settings.server):
        _send(session, posted)


COLUMNS = ("way", "to", "files", "message_ids", "program", "path")


def _way(via: Way | None, eml: Path | None) -> Way:
    if eml is not None:
        if via not in {None, Way.EML}:
            raise OptionsExclude(first="--eml", second=f"--via {via}")
        return Way.EML
    if via is Way.EML:
        raise MissingValue(option="--eml", advice=_("Name the file: --eml FILE"))
    return via or Way.CLIENT


def _packing(*, split: bool, archive: bool, link: bool) -> Packing:
    from sed_tui.mailing.posting import Packing

    asked = {Packing.SPLIT: split, Packing.ZIP: archive, Packing.LINK: link}
    chosen = [packing for packing, is_asked in asked.items() if is_asked]
    if len(chosen) > 1:
        raise OptionsExclude(first=f"--{chosen[0]}", second=f"--{chosen[1]}")
    return chosen[0] if chosen else Packing.WHOLE


def _require_server(session: Session, posting: Posting) -> None:
    if posting.way is Way.SMTP:
        from commands.delivery import letters_leave_by

        letters_leave_by(session)  # missing or wrong: nothing is queued in vain


def _row(posted: Posted) -> dict[str, object]:
    sent = posted.sent
    return {
        "way": sent.way.value,
        "to": sent.to,
        "files": posted.files,
        "message_ids": sent.message_ids,
        "program": posted.program,
        "path": str(posted.path) if posted.path else None,
        "warnings": sent.warnings,
    }


def _send(session: Session, posted: list[Posted]) -> None:
    from commands.delivery import failure_of_delivery, send_letters
    from sed_tui.mail_settings import mail_server
    from sed_tui.storage.outbox import Wanted

    server = mail_server(session.settings.profile)
    letters = [letter for one in posted for letter in one.sent.letters]
    wanted = Wanted({one.sent.organization_id for one in posted}, letters)
    delivery = send_letters(session, server, wanted)
    left = len(letters) - len(delivery.sent) - len(delivery.refused)
    failure = failure_of_delivery(server, delivery, more=left)
    if failure is not None:
        raise failure
