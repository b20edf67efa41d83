"""`sedctl document register`: one letter, order or appeal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.letter_options import duplicate_policy
from commands.number_options import NumberOptions, show_numbered
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.file import FileContent


def add_to(app: typer.Typer) -> None:
    """Register the verb on the group `document`."""
    verb(app, "register", Sort.WRITE, N_("Register a document under the next number."))(register)


def register(
    session: Session,
    flow: Annotated[
        Flow,
        typer.Argument(help=_("incoming, outgoing, internal, order or appeal."), metavar="FLOW"),
    ],
    subject: Annotated[str, typer.Option("--subject", help=_("What it is about."))],
    numbered: NumberOptions,
    sender: Annotated[
        str | None, typer.Option("--from", help=_("The correspondent: a name, an INN or an id."))
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", help=_("An outside addressee; may be repeated."))
    ] = None,
    their_number: Annotated[
        str | None, typer.Option("--their-number", help=_("The sender's number, or б/н."))
    ] = None,
    their_date: Annotated[
        str | None, typer.Option("--their-date", help=_("The sender's date."))
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", help=_("The date of receipt, today by default."))
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_("The kind of document."))] = None,
    addressee: Annotated[
        str | None, typer.Option("--addressee", help=_("Who it is addressed to here."))
    ] = None,
    drafter: Annotated[str | None, typer.Option("--drafter", help=_("Who drafted it."))] = None,
    drafter_phone: Annotated[
        str | None, typer.Option("--drafter-phone", help=_("The drafter's telephone."))
    ] = None,
    sheets: Annotated[
        str | None, typer.Option("--sheets", help=_("Sheets, with annexes as 1+7."))
    ] = None,
    copies: Annotated[int | None, typer.Option("--copies", min=0, help=_("Copies."))] = None,
    delivery: Annotated[
        str | None, typer.Option("--delivery", help=_("How it came or goes."))
    ] = None,
    postal_number: Annotated[
        str | None, typer.Option("--postal-number", help=_("The number of the postal item."))
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", help=_("The topic."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("A note."))] = None,
    in_reply_to: Annotated[
        str | None, typer.Option("--in-reply-to", help=_("The document it replies to."))
    ] = None,
    reply_address: Annotated[
        str | None, typer.Option("--reply-address", help=_("Where an appeal is answered to."))
    ] = None,
    appeal_kind: Annotated[
        str | None, typer.Option("--appeal-kind", help=_("A statement, complaint or proposal."))
    ] = None,
    signatures: Annotated[
        int | None, typer.Option("--signatures", min=1, help=_("Signatures of a joint appeal."))
    ] = None,
    official: Annotated[
        bool, typer.Option("--official-use", help=_("For official use only: no files."))
    ] = False,
    file: Annotated[
        list[Path] | None, typer.Option("--file", help=_("A file to keep; may be repeated."))
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Register the same letter again, for a reason."))
    ] = False,
    as_duplicate: Annotated[
        bool, typer.Option("--as-duplicate", help=_("Register it as a duplicate of the first."))
    ] = False,
    external_id: Annotated[
        str | None, typer.Option("--external-id", help=_("Its id in another system."))
    ] = None,
) -> None:
    """Register a document from the options."""
    from commands.arguments import day, sheet_counts
    from sed_tui.domain.flows import Confidentiality
    from sed_tui.operations.registration import REGISTER, RegisterDocument

    own, annex = sheet_counts(sheets)
    request = RegisterDocument(
        flow=flow,
        subject=subject,
        kind=kind,
        correspondent=sender,
        addressees=tuple(to or ()),
        their_number=their_number,
        their_date=day(their_date, "their_date"),
        received_on=day(received, "received_on"),
        delivery=delivery,
        postal_number=postal_number,
        addressee=addressee,
        drafter=drafter,
        drafter_phone=drafter_phone,
        sheets=own,
        copies=copies,
        annex_sheets=annex,
        topic=topic,
        note=note,
        reply_address=reply_address,
        appeal_kind=appeal_kind,
        signatures_count=signatures,
        confidentiality=Confidentiality.OFFICIAL if official else Confidentiality.NONE,
        in_reply_to=in_reply_to,
        files=_staged(session, file),
        on_duplicate=duplicate_policy(force=force, as_duplicate=as_duplicate),
        external_id=external_id,
        **numbered.fields,
    )
    show_numbered(session, session.call(REGISTER, request))


def _staged(session: Session, paths: list[Path] | None) -> tuple[FileContent, ...]:
    if not paths:
        return ()
    from commands.document_file import staged  # reads files; most letters come without

    return staged(session, paths)
