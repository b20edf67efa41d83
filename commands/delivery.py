"""Sending letters once they are in the outbox, and telling how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.errors.mail import LettersRefused, LettersWait, MailUnavailable
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.session import Session
    from sed_tui.errors import SedError
    from sed_tui.gateway.outbox import Delivery
    from sed_tui.mail_settings import MailServer
    from sed_tui.operations.notify import WaitingLetters
    from sed_tui.storage.outbox import Wanted


def letters_leave_by(session: Session) -> MailServer | None:
    """Return the mail server that letters leave by from here.

    None on a dry run, and where they wait in the outbox of a server, which sends them by
    its own `sedctl notify send`. Raises `MailNotConfigured`.
    """
    if session.dry_run:
        return None
    if session.settings.server:
        if not session.as_json:
            session.say(_("The letters leave from the server: by `sedctl notify send` there."))
        return None
    from sed_tui.mail_settings import mail_server

    return mail_server(session.settings.profile)


def send_letters(session: Session, server: MailServer, wanted: Wanted) -> Delivery:
    """Send what the outbox holds, and say how many letters have gone."""
    from sed_tui.gateway.outbox import deliver  # 40 ms of mail, for runs that send alone

    delivery = deliver(session.local_settings, server, wanted)
    if not session.as_json:
        session.say(_("Letters sent: {count}.").format(count=len(delivery.sent)))
    return delivery


def failure_of_delivery(
    server: MailServer, delivery: Delivery, waiting: Sequence[WaitingLetters] = (), more: int = 0
) -> SedError | None:
    """Return the failure to end with; a server that fails weighs more than a letter refused.

    `more` letters have been left by this run; `waiting` is what the outboxes still hold.
    """
    left = more or sum(outbox.letters for outbox in waiting)
    if delivery.trouble is not None:
        return MailUnavailable(server=server.shown, reason=delivery.trouble, count=left)
    if left:
        soonest = min((box.next_at for box in waiting if box.next_at), default=None)
        at = f"{soonest.astimezone(OFFICE_ZONE):%d.%m.%Y %H:%M}" if soonest else "—"
        return LettersWait(count=left, at=at)
    if delivery.refused:
        recipient, reason = delivery.refused[0]
        return LettersRefused(count=len(delivery.refused), recipient=recipient, reason=reason)
    return None
