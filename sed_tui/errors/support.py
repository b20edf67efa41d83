"""Failures of support tickets."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused, Unavailable
from sed_tui.i18n import N_


class NoSuchTicket(NotFound):
    """No ticket of this machine has this key."""

    code = "no_such_ticket"
    message = N_("There is no ticket {ticket} on this machine.")
    hint = N_("Look at the list: sedctl support list")


class TicketExists(Conflict):
    """The same failure was reported and is not closed."""

    code = "ticket_exists"
    message = N_("This failure was reported on {day}: {ticket}, {state}.")
    hint = N_("--join adds to that ticket, --force makes another one.")


class OfficialUseTicket(Refused):
    """Nothing for official use only leaves with a ticket."""

    code = "official_use_ticket"
    message = N_("The text speaks of a document for official use only; it is not sent.")
    hint = N_("Tell what went wrong without what the document says.")


class NothingToTell(Invalid):
    """A ticket needs words, or a failure to speak of."""

    code = "nothing_to_tell"
    message = N_("There is nothing to tell: no summary, and no failure is remembered.")
    hint = N_("Say what went wrong: sedctl support new --summary TEXT")


class BadSupportSettings(Invalid):
    """The settings of support cannot be used."""

    code = "bad_support_settings"
    message = N_("{setting}: {reason}")
    hint = N_("Mend the setting in the profile or the environment, and repeat.")


class SupportWaits(Unavailable):
    """Neither the portal nor the mail server took the ticket; it is kept."""

    code = "support_waits"
    message = N_("{ticket} is kept and waits: {reason}")
    hint = N_("`sedctl support sync` sends it later; nothing is lost.")
