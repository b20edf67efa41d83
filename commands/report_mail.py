"""`--mail` of every report: the workbook attached, a plain table in the body, once a day.

Statuses, the first that applies: 7 the mail server failed and letters wait, 9 some were
refused, 8 the condition of `--fail-if`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from commands.delivery import letters_leave_by
from sed_tui.errors.mail import NobodyToMail
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from commands.session import Session
    from sed_tui.mail_settings import MailServer
    from sed_tui.operations.report_mail import MailReport, ReportMailed
    from sed_tui.rendering.printout import Printout

HEADS = "heads"
_EVERY_ORGANIZATION = "all"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINE, _ROWS_IN_BODY = 100, 200


@dataclass(frozen=True, slots=True)
class Mailing:
    """Whom a report goes to, and through which server; a dry run needs none."""

    addresses: tuple[str, ...]
    heads: bool
    even_empty: bool
    server: MailServer | None


@dataclass(frozen=True, slots=True)
class MailedReport:
    """A report ready to be mailed.

    `name` and `variant` (grouping, filters) say which report it is; `organization` is a
    code, `all`, or None for the caller's. `part` makes the report of one organization
    anew: a head is told of his own alone. `fields` are the columns of the body.
    """

    name: str
    printout: Printout
    part: Callable[[str], Printout]
    variant: str = ""
    organization: str | None = None
    fields: Sequence[str] = ()


def mailing(session: Session, to: list[str] | None, *, even_empty: bool) -> Mailing | None:
    """Return whom to mail to, None for nobody; call it before anything is reported.

    What the session calls from then on masks official-use-only texts. Raises
    `MailNotConfigured`.
    """
    words = [word.strip() for one in to or () for word in one.split(",") if word.strip()]
    if not words:
        return None
    session.masked = True
    addresses = tuple(word for word in words if word != HEADS)
    server = letters_leave_by(session)
    return Mailing(addresses, HEADS in words, even_empty, server)


def mail_report(session: Session, to: Mailing, report: MailedReport) -> None:
    """Put the letters into the outbox, and send them.

    Raises `NobodyToMail`, and what became of the sending.
    """
    from sed_tui.operations.report_mail import MAIL

    mailed = []
    for request in _requests(session, to, report):
        try:
            mailed.append(session.call(MAIL, request))
        except NobodyToMail as error:
            if report.organization != _EVERY_ORGANIZATION:
                raise
            session.say(str(error))  # the others get theirs
    for answer in mailed:
        _tell(session, answer)
    if to.server is not None:
        _send(session, to.server, mailed)


def _requests(session: Session, to: Mailing, report: MailedReport) -> Iterator[MailReport]:
    everywhere = report.organization == _EVERY_ORGANIZATION
    if to.addresses or not everywhere:
        alone = replace(to, heads=to.heads and not everywhere)
        yield _request(alone, report, report.printout, report.organization)
    if to.heads and everywhere:
        heads = replace(to, addresses=())
        for code in _codes(session, report.printout, even_empty=to.even_empty):
            yield _request(heads, report, report.part(code), code)


def _codes(session: Session, printout: Printout, *, even_empty: bool) -> list[str]:
    by_organization = all("organization" in row for row in printout.listed)
    if by_organization and not even_empty:  # an organization without rows gets nothing
        return list(dict.fromkeys(str(row["organization"]) for row in printout.listed))
    from sed_tui.operations.organization import LIST, ListOrganizations

    rows = session.call(LIST, ListOrganizations()).rows
    return [row.code for row in rows if row.state == "active"]


def _request(
    to: Mailing, report: MailedReport, printout: Printout, organization: str | None
) -> MailReport:
    from sed_tui.operations.report_mail import MailReport
    from sed_tui.rendering.workbook import write_workbook

    workbook = BytesIO()
    write_workbook(printout, workbook)
    code = "-".join(filter(None, [report.name, organization, f"{printout.day}"]))
    return MailReport(
        report=report.name,
        variant=report.variant,
        organization=organization,
        as_of=printout.day,
        rows=len(printout.listed),
        subject=_("{title}, {day}: {count}").format(
            title=printout.title, day=f"{printout.day:%d.%m.%Y}", count=len(printout.rows)
        ),
        body=_body(printout, report.fields),
        file_name=f"{code}.xlsx",
        media_type=_WORKBOOK,
        content=base64.b64encode(workbook.getvalue()),
        to=to.addresses,
        heads=to.heads,
        even_empty=to.even_empty,
    )


def _body(printout: Printout, fields: Sequence[str]) -> str:
    from sed_tui.rendering.table import write_table

    shown = printout.with_fields(fields) if fields else printout
    left = len(printout.rows) - _ROWS_IN_BODY
    if left > 0:
        shown = replace(shown, rows=shown.rows[:_ROWS_IN_BODY])
    text = BytesIO()
    write_table(shown, text, _LINE)
    more = [_("Rows that stand in the attached workbook alone: {count}.").format(count=left)]
    end = _("This letter was sent automatically; it needs no answer.")
    return "\n".join([text.getvalue().decode(), *(more if left > 0 else []), end, ""])


def _tell(session: Session, answer: ReportMailed) -> None:
    where = answer.organization
    if answer.is_empty:
        session.say(
            _("{organization}: the report is empty, nothing is mailed.").format(organization=where)
        )
    for address in answer.already:
        session.say(_("{address} has got this report today already.").format(address=address))
    for name in answer.without_address:
        session.say(
            _("{organization}: {name} has no address.").format(organization=where, name=name)
        )


def _send(session: Session, server: MailServer, mailed: Sequence[ReportMailed]) -> None:
    from commands.delivery import failure_of_delivery, send_letters
    from sed_tui.storage.outbox import Wanted

    letters = [letter for answer in mailed for letter in answer.letters]
    if not letters:
        return
    wanted = Wanted({answer.organization_id for answer in mailed}, letters)
    delivery = send_letters(session, server, wanted)
    left = len(letters) - len(delivery.sent) - len(delivery.refused)
    failure = failure_of_delivery(server, delivery, more=left)
    if failure is not None:
        raise failure
