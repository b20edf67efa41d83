"""`sedctl document draft` and what becomes of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.number_options import NumberOptions, show_numbered
from commands.session import Session
from commands.signature_rows import show_signatures
from commands.verbs import Sort, verb
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.draft import Draft

CARD = (
    *("short_id", "flow", "kind", "subject", "stage", "number", "author", "signatory", "unit"),
    *(
        "cosignatories",
        "addressees",
        "amount",
        "delivery",
        "note",
        "version",
        "steps",
        "card_version",
        "id",
    ),
)
CALLED = {"signatory": N_("Who is to sign")}
COLUMNS = ("short_id", "flow", "kind", "subject", "stage", "author", "signatory", "version")
VERSIONS = ("number", "made_at", "made_by", "comment", "is_immaterial", "digest")

Which = Annotated[
    str,
    typer.Argument(help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"),
]
Files = Annotated[
    list[Path] | None,
    typer.Option("--file", help=_("A file; may be repeated, the first is the main one.")),
]
Text = Annotated[
    str | None, typer.Option("--text", help=_("The text itself, kept as a file; - for a pipe."))
]
Comment = Annotated[
    str | None, typer.Option("--comment", help=_("What the version is, or what changed."))
]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of documents."""
    verb(app, "draft", Sort.WRITE, N_("Draft a letter, an order or an internal document."))(draft)
    verb(app, "drafts", Sort.LIST, N_("List drafts, the newest first."))(drafts)
    verb(app, "draft-show", Sort.READ, N_("Show how far a draft has come, and its versions."))(
        draft_show
    )
    verb(app, "revise", Sort.WRITE, N_("Change the card of a draft; an empty value empties."))(
        revise
    )
    verb(app, "discard", Sort.DESTROY, N_("Give a draft up, for a reason."))(discard)
    verb(app, "register-draft", Sort.WRITE, N_("Give a signed draft its number."))(register_draft)


def draft(
    session: Session,
    flow: Annotated[Flow, typer.Argument(help=_("outgoing, internal or order."), metavar="FLOW")],
    subject: Annotated[str, typer.Option("--subject", help=_("What it is about."))],
    to: Annotated[
        list[str] | None, typer.Option("--to", help=_("An outside addressee; may be repeated."))
    ] = None,
    file: Files = None,
    text: Text = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_("The kind of document."))] = None,
    signatory: Annotated[
        str | None, typer.Option("--signatory", help=_("Who is to sign it: a login or a name."))
    ] = None,
    cosignatory: Annotated[
        list[str] | None,
        typer.Option("--cosignatory", help=_("Who signs beside the signatory; may be repeated.")),
    ] = None,
    addressee: Annotated[
        str | None, typer.Option("--addressee", help=_("Who it is addressed to here."))
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help=_("Whose document it is, your unit by default."))
    ] = None,
    amount: Annotated[
        int | None, typer.Option("--amount", min=0, help=_("The sum it is about, in roubles."))
    ] = None,
    delivery: Annotated[str | None, typer.Option("--delivery", help=_("How it goes."))] = None,
    in_reply_to: Annotated[
        str | None, typer.Option("--in-reply-to", help=_("The document it answers."))
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", help=_("The topic."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("A note."))] = None,
    comment: Comment = None,
    official: Annotated[
        bool, typer.Option("--official-use", help=_("For official use only."))
    ] = False,
) -> None:
    """Draft a document from the options."""
    from commands.document_version import staged_version
    from sed_tui.domain.flows import Confidentiality
    from sed_tui.operations.draft import ADD, DraftDocument

    request = DraftDocument(
        flow=flow,
        subject=subject,
        addressees=tuple(to or ()),
        files=staged_version(session, file, text),
        kind=kind,
        signatory=signatory,
        cosignatories=tuple(cosignatory or ()),
        addressee=addressee,
        unit=unit,
        amount=amount,
        delivery=delivery,
        in_reply_to=in_reply_to,
        topic=topic,
        note=note,
        comment=comment,
        confidentiality=Confidentiality.OFFICIAL if official else Confidentiality.NONE,
    )
    show(session, session.call(ADD, request))


def drafts(
    session: Session,
    stage: Annotated[
        Stage | None,
        typer.Option("--stage", help=_("Of one stage.")),
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help=_("Only your own."))] = False,
) -> None:
    """Print a page of drafts."""
    from sed_tui.operations.draft_list import LIST, ListDrafts

    request = ListDrafts(stage=stage, mine=mine, after=session.after, limit=session.limit)
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next, CALLED)


def draft_show(session: Session, document: Which) -> None:
    """Print a draft with its versions."""
    from sed_tui.operations.draft import SHOW, ShowDraft

    show(session, session.call(SHOW, ShowDraft(document=document)))


def revise(
    session: Session,
    document: Which,
    changes: Annotated[
        list[str], typer.Argument(help=_("field=value, several of them."), metavar="FIELD=VALUE…")
    ],
    card_version: Annotated[
        int | None, typer.Option("--card-version", help=_("Refuse if the card changed since."))
    ] = None,
) -> None:
    """Change the card of a draft."""
    from commands.arguments import pairs
    from sed_tui.operations.draft import REVISE, ReviseDraft

    request = ReviseDraft(
        document=document, changes=pairs(changes, "changes"), card_version=card_version
    )
    show(session, session.call(REVISE, request))


def discard(session: Session, document: Which) -> None:
    """Give a draft up."""
    from sed_tui.operations.draft import DISCARD, DiscardDraft

    show(session, session.call(DISCARD, DiscardDraft(document=document)))


def register_draft(session: Session, document: Which, numbered: NumberOptions) -> None:
    """Register a draft."""
    from sed_tui.operations.draft_registration import REGISTER, RegisterDraft

    request = RegisterDraft(document=document, **numbered.fields)
    show_numbered(session, session.call(REGISTER, request))


def show(session: Session, found: Draft) -> None:
    """Print a draft, its versions under it."""
    session.show(found, CARD, CALLED)
    if not session.format.is_json and not session.fields:
        for warning in found.warnings:
            session.say(f"! {warning}")
        session.say("")
        session.show_rows(found.versions, VERSIONS)
        if found.signatures:
            session.say("")
            show_signatures(session, found.signatures)
