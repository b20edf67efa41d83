"""`sedctl notify`: reminders and digests, their rules, the outbox of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.mail import LetterState
from sed_tui.domain.reminders import Audience
from sed_tui.errors import NotPermitted
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from sed_tui.operations.notify import DueNotified, WaitingLetters

_EVERY_ORGANIZATION = "all"

app = typer.Typer(rich_markup_mode=None, help=_("Reminders, digests and other letters."))

rules = typer.Typer(rich_markup_mode=None, help=_("When whom to remind."))
app.add_typer(rules, name="rule")

Org = Annotated[str | None, typer.Option("--org", help=_("A code of organization, or all."))]


@verb(app, "due", Sort.WRITE, N_("Remind people of their terms by mail; for cron, once a day."))
def due(
    session: Session,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help=_("The day reminded of; today by default."))
    ] = None,
    organization: Org = None,
) -> None:
    from commands.delivery import failure_of_delivery, letters_leave_by, send_letters
    from sed_tui.storage.outbox import Wanted

    server = letters_leave_by(session)
    done = list(_reminded(session, day(as_of, "as_of"), organization))
    columns = ("organization", "as_of", "letters", "reminders", "without_address")
    session.show_rows(done, (*columns, "unreachable"))
    _tell_unreached(session, done)
    if server is None:
        return
    delivery = send_letters(session, server, Wanted({one.organization_id for one in done}))
    failure = failure_of_delivery(server, delivery, list(waiting(session, organization)))
    if failure is not None:
        raise failure


@verb(app, "send", Sort.WRITE, N_("Send the letters that wait in the outbox."))
def send(
    session: Session,
    organization: Org = None,
    again: Annotated[
        bool,
        typer.Option("--again", help=_("Refused letters too, and without waiting for a pause.")),
    ] = False,
) -> None:
    from commands.delivery import failure_of_delivery, send_letters
    from sed_tui.mail_settings import mail_server
    from sed_tui.storage.outbox import Wanted

    settings = session.local_settings
    boxes = list(waiting(session, organization))
    if session.dry_run:
        _show(session, 0, 0, boxes)
        return
    server = mail_server(settings.profile)
    ids: set[UUID] = {box.organization_id for box in boxes}
    delivery = send_letters(session, server, Wanted(ids, again=again))
    left = list(waiting(session, organization))
    _show(session, len(delivery.sent), len(delivery.refused), left)
    failure = failure_of_delivery(server, delivery, left)
    if failure is not None:
        raise failure


@verb(app, "forget", Sort.DESTROY, N_("Forget letters that were sent long ago."))
def forget(
    session: Session,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", min=2, max=3660, help=_("Keep those of so many days; 90 by default.")
        ),
    ] = None,
    organization: Org = None,
) -> None:
    from sed_tui.mail_settings import kept_days

    days = keep or kept_days(session.settings.profile)
    done = [_forgotten(session, code, days) for code in organizations(session, organization)]
    session.show_records(done, ("organization", "letters", "reminders"))


@verb(app, "list", Sort.LIST, N_("List the letters of the outbox, without their texts."))
def list_letters(
    session: Session,
    state: Annotated[
        LetterState | None, typer.Option("--state", help=_("pending, sent or failed."))
    ] = None,
) -> None:
    from sed_tui.operations.notify import LIST, ListLetters

    page = session.call(LIST, ListLetters(state=state, after=session.after, limit=session.limit))
    columns = ("created_at", "recipient", "employee", "subject", "state", "attempts")
    session.show_rows(page.rows, (*columns, "next_at", "error"), page.next)


@verb(rules, "list", Sort.READ, N_("List the rules of reminders."))
def list_rules(session: Session) -> None:
    from sed_tui.operations.notify import RULES, ListReminderRules

    found = session.call(RULES, ListReminderRules())
    columns = ("code", "audience", "days_before", "every_days", "applies", "version")
    session.show_rows(found.rows, columns)


@verb(rules, "set", Sort.WRITE, N_("Make a rule of reminders, or replace it."))
def set_rule(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("The code: Latin letters, digits, hyphens."))],
    before: Annotated[
        int | None, typer.Option("--before", help=_("So many calendar days before the term."))
    ] = None,
    every: Annotated[
        int | None, typer.Option("--every", help=_("Every so many days once the term is over."))
    ] = None,
    to: Annotated[
        Audience,
        typer.Option("--to", help=_("Who is reminded: executor, controller, head or acceptor.")),
    ] = Audience.EXECUTOR,
    off: Annotated[
        bool, typer.Option("--off", help=_("Keep the rule and do not go by it."))
    ] = False,
    version: Seen = None,
) -> None:
    from sed_tui.operations.notify import SET_RULE, SetReminderRule

    request = SetReminderRule(
        code=code,
        audience=to,
        days_before=before,
        every_days=every,
        applies=not off,
        version=version,
    )
    session.show(session.call(SET_RULE, request))


def _reminded(
    session: Session, as_of: date | None, organization: str | None
) -> Iterator[DueNotified]:
    """Remind organization after organization, each in a transaction of its own."""
    from sed_tui.operations.notify import DUE, NotifyDue

    for code in organizations(session, organization):
        try:
            yield session.call(DUE, NotifyDue(as_of=as_of, organization=code))
        except NotPermitted:
            if organization != _EVERY_ORGANIZATION:
                raise


def _forgotten(session: Session, code: str | None, days: int) -> dict[str, Any]:
    """Forget some letters at a time, in short transactions; a dry run counts the first ones."""
    from sed_tui.operations.mail_retention import FORGET, ForgetLetters

    letters = reminders = 0
    while True:
        part = session.call(FORGET, ForgetLetters(kept_days=days, organization=code))
        letters, reminders = letters + part.letters, reminders + part.reminders
        if session.dry_run or not part.more:
            told = {"letters": letters, "reminders": reminders, "more": part.more}
            return {"organization": part.organization, **told}


def _tell_unreached(session: Session, done: list[DueNotified]) -> None:
    for one in done if not session.as_json else ():
        for name in one.without_address:
            session.say(
                _("{organization}: {name} has no address.").format(
                    organization=one.organization, name=name
                )
            )


def waiting(session: Session, organization: str | None) -> Iterator[WaitingLetters]:
    """Count what waits in an outbox, or in every one that the caller may empty."""
    from sed_tui.operations.notify import WAITING, CountWaiting

    for code in organizations(session, organization):
        try:
            yield session.call(WAITING, CountWaiting(organization=code))
        except NotPermitted:
            if organization != _EVERY_ORGANIZATION:
                raise


def organizations(session: Session, chosen: str | None) -> list[str | None]:
    """Return the codes that `--org` stands for; None for the caller's only organization."""
    if chosen != _EVERY_ORGANIZATION:
        return [chosen]
    from sed_tui.operations.organization import LIST, ListOrganizations

    rows = session.call(LIST, ListOrganizations()).rows
    return [row.code for row in rows if row.state == "active"]


def _show(session: Session, sent: int, refused: int, boxes: list[WaitingLetters]) -> None:
    waits = sum(box.letters for box in boxes)
    session.show_record({"sent": sent, "refused": refused, "waiting": waits})
