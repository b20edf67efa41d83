"""`sedctl document`: register, find and change documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import (
    document_access,
    document_dispatch,
    document_draft,
    document_file,
    document_intake,
    document_list,
    document_mail,
    document_mark,
    document_register,
    document_version,
)
from commands.seen import Seen
from commands.session import Session
from commands.sign import sign
from commands.signature_rows import COLUMNS as SIGNATURES
from commands.signature_rows import show_signatures
from commands.verbs import Sort, verb
from sed_tui.domain.flows import Flow
from sed_tui.domain.links import LinkKind
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.document import HistoryEntry

app = typer.Typer(rich_markup_mode=None, help=_("Register, find and change documents."))
document_register.add_to(app)
document_list.add_to(app)
document_file.add_to(app)
document_draft.add_to(app)
document_version.add_to(app)
document_dispatch.add_to(app)
document_access.add_to(app)
document_mark.add_to(app)
document_mail.add_to(app)
document_intake.add_to(app)

Which = Annotated[
    str,
    typer.Argument(help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"),
]
CARD = (
    *("number", "registered_on", "flow", "kind", "journal", "subject", "correspondent"),
    *("addressees", "their_number", "their_date", "received_on", "delivery", "addressee"),
    *("signatory", "signed_on", "drafter", "sheets", "annex_sheets", "case_index", "topic"),
    *("note", "reply_address", "appeal_kind", "appeal_repeat", "confidentiality", "lifecycle"),
    *("registration", "execution", "control", "registrar", "version", "id"),
)


@verb(app, "show", Sort.READ, N_("Show a card with its links, files and assignments."))
def show(session: Session, document: Which) -> None:
    from sed_tui.operations.document import SHOW, ShowDocument

    card = session.call(SHOW, ShowDocument(document=document))
    session.show(card, CARD)
    if not session.format.is_json and not session.fields:
        for rows, columns in (
            (card.links, ("kind", "number", "registered_on", "subject")),
            (card.files, ("role", "name", "version", "size", "media_type", "id")),
            (card.assignments, ("due", "executor", "text", "state", "id")),
            (card.dispatches, (*document_dispatch.WENT, "reply")),
        ):
            if rows:
                session.say("")
                session.show_rows(rows, columns, called=document_dispatch.CALLED)
        if card.signatures:
            session.say("")
            show_signatures(session, card.signatures, (*SIGNATURES[:-1], "reasons"))


@verb(app, "edit", Sort.WRITE, N_("Change fields of a card; an empty value empties one."))
def edit(
    session: Session,
    document: Which,
    changes: Annotated[
        list[str], typer.Argument(help=_("field=value, several of them."), metavar="FIELD=VALUE…")
    ],
    version: Annotated[
        int | None, typer.Option("--version", help=_("Refuse if the card changed since."))
    ] = None,
) -> None:
    from commands.arguments import pairs
    from sed_tui.operations.document import EDIT, EditDocument

    request = EditDocument(document=document, changes=pairs(changes, "changes"), version=version)
    session.show(session.call(EDIT, request), CARD)


@verb(app, "history", Sort.READ, N_("Show what happened to a document, the newest first."))
def history(session: Session, document: Which) -> None:
    from sed_tui.operations.document import HISTORY, ShowHistory

    rows = session.call(HISTORY, ShowHistory(document=document)).rows
    columns = ("at", "actor", "event", "changes", "reason")
    session.show_rows(rows, columns, worded=_in_words)


def _in_words(row: HistoryEntry) -> dict[str, Any]:
    from sed_tui.rendering.history import changed_fields, event_title

    told = {
        "event": event_title(row.event),
        "changes": "; ".join(changed_fields(row.event, row.changes)),
    }
    return row.model_dump(mode="json") | told


@verb(app, "signatures", Sort.READ, N_("List the signatures of a document as last verified."))
def signatures(session: Session, document: Which) -> None:
    from sed_tui.operations.signature import LIST, ListSignatures

    show_signatures(session, session.call(LIST, ListSignatures(document=document)).rows)


verb(app, "sign", Sort.WRITE, N_("Sign drafts with a key here, one result for each document."))(
    sign
)


@verb(app, "cancel", Sort.DESTROY, N_("Cancel a registration; the number becomes a gap."))
def cancel(session: Session, document: Which) -> None:
    from sed_tui.operations.reregistration import CANCEL, CancelRegistration

    session.show(session.call(CANCEL, CancelRegistration(document=document)))


@verb(app, "reregister", Sort.DESTROY, N_("Give another number, date or journal."))
def reregister(
    session: Session,
    document: Which,
    journal: Annotated[str | None, typer.Option("--journal", help=_("Another journal."))] = None,
    number: Annotated[str | None, typer.Option("--number", help=_("A number by hand."))] = None,
    suffix: Annotated[str | None, typer.Option("--suffix", help=_("A letter: а, -а, /1."))] = None,
    registered_on: Annotated[
        str | None, typer.Option("--registered-on", help=_("The date of registration."))
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("The code of the unit."))] = None,
    leading: Annotated[
        str | None, typer.Option("--leading", help=_("The leading document."))
    ] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.reregistration import REREGISTER, ReregisterDocument

    request = ReregisterDocument(
        document=document,
        journal=journal,
        number=number,
        suffix=suffix,
        unit=unit,
        leading=leading,
        registered_on=day(registered_on, "registered_on"),
    )
    session.show(session.call(REREGISTER, request))


@verb(app, "reserve", Sort.WRITE, N_("Reserve the next numbers of a journal."))
def reserve(
    session: Session,
    journal: Annotated[str, typer.Argument(help=_("The code of the journal."), metavar="JOURNAL")],
    count: Annotated[int, typer.Option("--count", min=1, max=500, help=_("How many."))] = 1,
    on: Annotated[str | None, typer.Option("--on", help=_("The day of the documents."))] = None,
    until: Annotated[
        str | None, typer.Option("--until", help=_("The last day; then they lapse."))
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("The code of the unit."))] = None,
    leading: Annotated[
        str | None, typer.Option("--leading", help=_("The leading document."))
    ] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.journal import RESERVE, ReserveNumbers

    request = ReserveNumbers(
        journal=journal,
        count=count,
        on=day(on, "on"),
        until=day(until, "until"),
        unit=unit,
        leading=leading,
    )
    session.show_rows(session.call(RESERVE, request).rows, ("number", "on", "lapses_on", "journal"))


@verb(app, "link", Sort.ANY, N_("Say what one document is to another; the inverse follows."))
def link(
    session: Session,
    document: Which,
    kind: Annotated[LinkKind, typer.Argument(help=_("What it is to the other."), metavar="KIND")],
    target: Annotated[str, typer.Argument(help=_("The other document."), metavar="TARGET")],
    remove: Annotated[bool, typer.Option("--remove", help=_("Take the link away."))] = False,
) -> None:
    from sed_tui.operations.link import LINK, UNLINK, LinkDocuments, UnlinkDocuments

    if remove:
        session.confirm(_("Take the link away."))
        request = UnlinkDocuments(document=document, kind=kind, target=target)
        links = session.call(UNLINK, request)
    else:
        links = session.call(LINK, LinkDocuments(document=document, kind=kind, target=target))
    session.show_rows(links.rows, ("kind", "number", "registered_on", "subject"))


@verb(app, "links", Sort.READ, N_("List the links of a document."))
def links(session: Session, document: Which) -> None:
    from sed_tui.operations.link import LIST, ListLinks

    rows = session.call(LIST, ListLinks(document=document)).rows
    session.show_rows(rows, ("kind", "number", "registered_on", "subject", "id"))


@verb(app, "kinds", Sort.READ, N_("List kinds of documents."))
def kinds(
    session: Session,
    flow: Annotated[Flow | None, typer.Option("--flow", help=_("Of one flow."))] = None,
) -> None:
    from sed_tui.operations.document_kind import LIST, ListKinds

    rows = session.call(LIST, ListKinds(flow=flow)).rows
    session.show_rows(
        rows, ("flow", "name", "code", "is_registered", "profile", "state", "version")
    )


@verb(app, "kind", Sort.WRITE, N_("Add a kind of document, change or close it."))
def kind(
    session: Session,
    flow: Annotated[Flow, typer.Argument(help=_("The flow."), metavar="FLOW")],
    name: Annotated[str, typer.Argument(help=_("The name of the kind."), metavar="NAME")],
    code: Annotated[str | None, typer.Option("--code", help=_("What a number shows."))] = None,
    registered: Annotated[
        bool,
        typer.Option("--registered/--not-registered", help=_("Whether it is registered at all.")),
    ] = True,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help=_("The profile of terms of assignments without a term.")),
    ] = None,
    closed: Annotated[
        bool, typer.Option("--closed/--open", help=_("Whether it is used no more."))
    ] = False,
    version: Seen = None,
) -> None:
    from sed_tui.operations.document_kind import SET, SetKind

    request = SetKind(
        flow=flow,
        name=name,
        code=code,
        is_registered=registered,
        profile=profile,
        is_closed=closed,
        version=version,
    )
    session.show(session.call(SET, request))
