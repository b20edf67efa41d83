"""A ticket on its way: the portal, else a letter to the fallback address, else it waits."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sed_tui.domain.mail import header_text
from sed_tui.errors.mail import MailNotConfigured
from sed_tui.i18n import _
from sed_tui.mail_settings import mail_server
from sed_tui.mailing.eml import LetterFile, UnsentLetter, eml_bytes
from sed_tui.private_file import write_private
from sed_tui.support.portal import Portal, PortalTrouble
from sed_tui.support.tickets import Ticket, TicketState, folder, save

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.support.settings import SupportSettings

_OF_MACHINE = {"state", "letter", "trouble", "status", "answers", "more", "number"}


def send(ticket: Ticket, settings: SupportSettings, profile: str | None) -> Ticket:
    """Send a ticket that was sent nowhere yet, and keep which way it went."""
    troubles = []
    if settings.url is not None:
        try:
            with closing(Portal(settings)) as portal:
                number = portal.put(ticket.id, content_of(ticket))
        except PortalTrouble as error:
            troubles.append(_("the portal: {reason}").format(reason=error))
        else:
            return save(ticket.with_(state=TicketState.PORTAL, number=number, trouble=None))
    else:
        troubles.append(_("no portal is named (SED_SUPPORT_URL)"))
    return _by_mail(ticket, settings, profile, troubles)


def synchronize(ticket: Ticket, settings: SupportSettings, profile: str | None) -> Ticket:
    """Send what waits, and read what was answered; nothing is sent twice.

    A ticket that went by mail is looked for at the portal by its key and never put there.
    """
    if ticket.state is TicketState.CLOSED:
        return ticket
    if ticket.state is TicketState.QUEUED:
        return send(ticket, settings, profile)
    if settings.url is None:
        return ticket
    try:
        with closing(Portal(settings)) as portal:
            return save(_read(ticket, portal))
    except PortalTrouble as error:
        return save(ticket.with_(trouble=_("the portal: {reason}").format(reason=error)))


def content_of(ticket: Ticket) -> dict[str, Any]:
    """Return what leaves this machine of a ticket."""
    return {name: value for name, value in asdict(ticket).items() if name not in _OF_MACHINE}


def _read(ticket: Ticket, portal: Portal) -> Ticket:
    number = ticket.number or portal.find(ticket.id)
    if number is None:
        return ticket.with_(trouble=None)
    for text in ticket.more:
        portal.comment(number, text)
        ticket = save(ticket.with_(more=ticket.more[1:], number=number))
    known = portal.read(number)
    if known is None:
        return ticket.with_(number=number, state=TicketState.PORTAL, trouble=None)
    state = TicketState.CLOSED if known.is_closed else TicketState.PORTAL
    return ticket.with_(
        number=number, state=state, status=known.status, answers=known.answers, trouble=None
    )


def _by_mail(
    ticket: Ticket, settings: SupportSettings, profile: str | None, troubles: list[str]
) -> Ticket:
    if settings.address is None:
        troubles.append(_("no address is named (SED_SUPPORT_EMAIL)"))
        return save(ticket.with_(trouble="; ".join(troubles)))
    # one letter, however often it is tried: mail programs know it by its identifier
    message_id = ticket.message_id or f"<{ticket.id.lower()}@sed-tui.invalid>"
    ticket = save(ticket.with_(message_id=message_id))
    letter = _letter(ticket, settings.address)
    try:
        server = mail_server(profile)
    except MailNotConfigured:
        path = _prepared(ticket, letter)
        trouble = "; ".join(troubles)
        return save(ticket.with_(state=TicketState.PREPARED, letter=str(path), trouble=trouble))
    from sed_tui.gateway.smtp import LetterNotTaken, MailConnection, ServerTrouble

    try:
        with closing(MailConnection(server)) as connection:
            content = f"From: {server.sender}\r\n".encode() + letter
            connection.send(settings.address, content)
    except (LetterNotTaken, ServerTrouble) as error:
        troubles.append(_("the mail server: {reason}").format(reason=error))
        return save(ticket.with_(trouble="; ".join(troubles)))
    return save(ticket.with_(state=TicketState.LETTER, trouble="; ".join(troubles)))


def _letter(ticket: Ticket, address: str) -> bytes:
    content = json.dumps(content_of(ticket), ensure_ascii=False, indent=1).encode()
    lines = [ticket.description or ticket.summary, "", ticket.organization or "—", ticket.version]
    if ticket.error is not None:
        lines.append(f"{ticket.error['code']} {ticket.error['place']} ({ticket.error['id']})")
    file = LetterFile(f"{ticket.id}.json", "application/json", content)
    subject = header_text(f"[{ticket.id}] {ticket.summary}")
    letter = UnsentLetter([address], subject, "\n".join(lines) + "\n", [file])
    return eml_bytes(letter, message_id=ticket.message_id)


def _prepared(ticket: Ticket, letter: bytes) -> Path:
    path = folder() / f"{ticket.id}.eml"
    write_private(path, letter)
    return path
