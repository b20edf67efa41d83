"""`sedctl exchange`: letters to and from other systems, receipts, quarantine, partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from commands import exchange_partner, exchange_quarantine, exchange_round
from commands.letter_options import LetterOptions, show_registered
from commands.save_options import FileName, SaveOptions, hand_out
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.exchange_journal import MessageCard

app = typer.Typer(rich_markup_mode=None, help=_("Letters to and from other systems."))
exchange_round.add_to(app)
app.add_typer(exchange_partner.app, name="partner")
app.add_typer(exchange_quarantine.app, name="quarantine")

ROWS = ("short_id", "created_at", "kind", "event", "state", "partner", "number", "subject")
CARD = (
    *("state", "direction", "kind", "event", "partner", "partner_name", "channel", "number"),
    *("number_date", "subject", "document", "may_answer", "reason", "last_error", "attempts"),
    *("next_attempt_at", "sent_at", "receipt_by", "message_uid", "source", "size", "remarks", "id"),
)
QUEUED = ("state", "next_attempt_at", "id")
HISTORY = ("at", "event", "state", "detail", "actor")
Which = Annotated[
    str, typer.Argument(help=_("An id of a message, or its beginning."), metavar="MESSAGE")
]
State = Annotated[MessageState | None, typer.Option("--state", help=_("How far it has come."))]
Kind = Annotated[
    MessageKind | None, typer.Option("--kind", help=_("letter, notification or receipt."))
]
Partner = Annotated[str | None, typer.Option("--partner", help=_("A code of a partner."))]
Document = Annotated[
    str | None, typer.Option("--document", help=_("Those of a document: its number or id."))
]


@verb(app, "outbox", Sort.LIST, N_("List what goes out, the newest first."))
def outbox(
    session: Session,
    state: State = None,
    kind: Kind = None,
    partner: Partner = None,
    document: Document = None,
) -> None:
    """Print outgoing messages."""
    _list(session, Direction.OUT, state, kind, partner, document)


@verb(app, "inbox", Sort.LIST, N_("List what came in, the newest first."))
def inbox(
    session: Session,
    state: State = None,
    kind: Kind = None,
    partner: Partner = None,
    document: Document = None,
) -> None:
    """Print incoming messages."""
    _list(session, Direction.IN, state, kind, partner, document)


@verb(app, "show", Sort.READ, N_("Show a message, its files and its history."))
def show(session: Session, message: Which) -> None:
    """Print a message."""
    from sed_tui.operations.exchange_journal import SHOW, ShowMessage

    card = session.call(SHOW, ShowMessage(message=message))
    session.show(card, CARD)
    if not session.format.is_json and not session.fields:
        _show_rest(session, card)


@verb(app, "file", Sort.READ, N_("Write a file of a message to disk, or to standard output."))
def file(session: Session, message: Which, options: SaveOptions, name: FileName = None) -> None:
    """Fetch a file, checking its bytes on the way."""
    from sed_tui.operations.exchange_journal import FILE, GetMessageFile

    hand_out(session, session.call(FILE, GetMessageFile(message=message, name=name)), options)


@verb(app, "raw", Sort.READ, N_("Write a message as it travelled: its XML, or the package."))
def raw(session: Session, message: Which, options: SaveOptions) -> None:
    """Write the bytes of a message: to standard output unless a place is named."""
    import base64
    import hashlib
    import io

    from commands.saved_file import copy_out, save
    from sed_tui.operations.exchange_journal import RAW, ShowRawMessage

    found = session.call(RAW, ShowRawMessage(message=message))
    if found.content is None and found.sha256 is None:
        session.say(_("The message never travelled: it stayed within the system."))
        return
    if found.content is not None:
        content = base64.b64decode(found.content)
        source: BinaryIO = io.BytesIO(content)
        sha256 = hashlib.sha256(content).hexdigest()
    else:
        sha256 = found.sha256 or ""
        source = session.gateway.fetch(sha256)
    with source:
        if options.output in {None, "-"}:
            copy_out(source, sha256)
        else:
            save(source, sha256, found.name, options.output, overwrite=options.overwrite)


@verb(app, "journal", Sort.LIST, N_("Show the journal of exchange, the newest first."))
def journal(session: Session, partner: Partner = None) -> None:
    """Print lines of the journal."""
    from sed_tui.operations.exchange_journal import EVENTS, ListEvents

    request = ListEvents(partner=partner, limit=session.limit, after=session.after)
    page = session.call(EVENTS, request)
    columns = ("at", "partner", "direction", "kind", "event", "state", "subject", "detail")
    session.show_rows(page.rows, columns, page.next)


@verb(app, "register", Sort.WRITE, N_("Give a letter its number; its sender is told."))
def register(
    session: Session,
    message: Which,
    options: LetterOptions,
    their_number: Annotated[
        str | None, typer.Option("--their-number", help=_("The sender's number."))
    ] = None,
) -> None:
    """Register a letter."""
    from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage

    request = RegisterMessage(message=message, their_number=their_number, **options.fields)
    show_registered(session, session.call(REGISTER, request))


@verb(app, "refuse", Sort.WRITE, N_("Refuse to register a letter, for a reason of the list."))
def refuse(
    session: Session,
    message: Which,
    because: Annotated[
        str,
        typer.Option("--because", help=_("A reason of the list: sedctl exchange refusals PARTNER")),
    ],
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("What the sender should mend."))
    ] = None,
) -> None:
    """Refuse a letter."""
    from sed_tui.operations.exchange_inbox import REFUSE, RefuseMessage

    request = RefuseMessage(message=message, refusal=because, comment=comment)
    session.show(session.call(REFUSE, request))


@verb(app, "publish", Sort.WRITE, N_("Tell the sender of a letter where its document appeared."))
def publish(
    session: Session,
    message: Which,
    number: Annotated[str, typer.Option("--number", help=_("The number of the publication."))],
    point: Annotated[
        str, typer.Option("--point", help=_("Where it was published: a place or an address."))
    ],
    on: Annotated[
        str, typer.Option("--on", help=_("The day of the publication; today by default."))
    ] = "today",
) -> None:
    """Tell of a publication."""
    from commands.arguments import day
    from sed_tui.operations.exchange_publication import PUBLISH, PublishMessage

    on_day = day(on, "on")
    request = PublishMessage(message=message, number=number, published_on=on_day, point=point)
    session.show(session.call(PUBLISH, request))


@verb(app, "refusals", Sort.READ, N_("List the reasons for which a letter may be refused."))
def refusals(
    session: Session,
    partner: Annotated[str, typer.Argument(help=_("A code of a partner."), metavar="PARTNER")],
) -> None:
    """Print the reasons."""
    from sed_tui.operations.exchange_inbox import REFUSALS, ListRefusals

    found = session.call(REFUSALS, ListRefusals(partner=partner))
    rows = [{"format_version": found.format_version, "reason": one} for one in found.reasons]
    session.show_records(rows, ("reason",))


@verb(app, "retry", Sort.WRITE, N_("Send a message at the next round, without its pause."))
def retry(session: Session, message: Which) -> None:
    """Let a message go at once."""
    from sed_tui.operations.exchange_outbox import RETRY, RetryMessage

    session.show(session.call(RETRY, RetryMessage(message=message)), QUEUED)


@verb(app, "resend", Sort.WRITE, N_("Send a letter again, as its card stands now."))
def resend(session: Session, message: Which) -> None:
    """Send a letter again under an identifier of its own."""
    from sed_tui.operations.exchange_outbox import RESEND, ResendMessage

    session.show(session.call(RESEND, ResendMessage(message=message)), QUEUED)


@verb(app, "metrics", Sort.READ, N_("Show what waits, how long, and what failed; for cron."))
def metrics(
    session: Session,
    fail_if_older: Annotated[
        int | None,
        typer.Option(
            "--fail-if-older", min=1, help=_("End with status 8 where something waits longer.")
        ),
    ] = None,
) -> None:
    """Print the figures; a condition that is met ends with status 8."""
    from sed_tui.operations.exchange_journal import METRICS, AskMetrics

    found = session.call(METRICS, AskMetrics())
    columns = ("partner", "channel", "waiting", "oldest_waiting", "unformed", "given_up")
    if session.format.is_json:
        session.show(found)
    else:
        session.show_rows(
            found.rows,
            (*columns, "not_accepted", "undelivered", "not_carried", "failures", "paused_until"),
        )
        text = _("In the queue: {queue}, to register: {waiting}, in quarantine: {kept}.")
        session.say(
            text.format(queue=found.queue, waiting=found.to_register, kept=found.quarantined)
        )
    if fail_if_older is not None and found.oldest_minutes > fail_if_older:
        raise typer.Exit(8)


def _list(
    session: Session,
    direction: Direction,
    state: MessageState | None,
    kind: MessageKind | None,
    partner: str | None,
    document: str | None,
) -> None:
    from sed_tui.operations.exchange_journal import LIST, ListMessages

    request = ListMessages(
        direction=direction,
        state=state,
        kind=kind,
        partner=partner,
        document=document,
        limit=session.limit,
        after=session.after,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, ROWS, page.next)


def _show_rest(session: Session, card: MessageCard) -> None:
    if card.enclosures:
        session.say("")
        session.show_rows(card.enclosures, ("part", "name", "size", "media_type", "verdict"))
    session.say("")
    session.show_rows(card.history, HISTORY)
