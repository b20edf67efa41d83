"""Failures of messages of the exchange."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused, SedError, Unavailable
from sed_tui.i18n import N_


class MessageDecided(Refused):
    """The message is in a state in which this cannot be done with it."""

    code = "message_decided"
    message = N_("This cannot be done with the message: it {state}.")
    hint = N_("Look at it: sedctl exchange show {message}")


class NotSubscribed(Refused):
    """The sender of a letter did not ask to be told of its course."""

    code = "not_subscribed"
    message = N_("{partner} is not told of what becomes of its letters after registration.")
    hint = N_("Let it be told: sedctl exchange partner set {partner} --subscribed")


class RefusalUnknown(Invalid):
    """The reason to refuse a letter is not in the closed list of the format."""

    code = "refusal_unknown"
    message = N_("“{refusal}” is no reason of the list: {known}")
    hint = N_("Take a reason of the list and say the rest in a comment.")


class CannotBeReleased(Refused):
    """There is nothing in the quarantined message that could be taken in."""

    code = "cannot_be_released"
    message = N_("The message cannot be taken out of quarantine: {reason}")
    hint = N_("Ask the sender to send it again, and put this one aside: {command}")


class StillQuarantined(Refused):
    """What was found against a message stands: it stays where it is."""

    code = "still_quarantined"
    message = N_("The message stays in quarantine: {reason}")
    hint = N_(
        "Mend what stands against it and look again. Where you know whose it is: sedctl exchange "
        "quarantine release {message} --partner CODE. Otherwise put it aside: sedctl exchange "
        "quarantine drop {message} --reason WHY"
    )


class PackagesQuarantined(SedError):
    """Some packages could not be taken in and are kept in quarantine (exit status 9)."""

    code = "packages_quarantined"
    exit_code = 9
    http_status = 207
    message = N_("Packages put into quarantine: {count}. The first, {name}: {reason}")
    hint = N_("A clerk decides on each: sedctl exchange quarantine list")


class ExchangeUnavailable(Unavailable):
    """A folder or a server of the exchange does not answer; nothing is lost."""

    code = "exchange_unavailable"
    message = N_("The exchange by {address} does not work: {reason}")
    hint = N_("Repeat later: what was not sent waits, what was not taken lies where it lay.")


class PackageUnreadable(Unavailable):
    """A package that lies there cannot be read, or was taken away while it was read."""

    code = "package_unreadable"
    message = N_("{package} cannot be read: {reason}")
    hint = N_("Give the program the right to read it, or move it away: the others are taken in.")

    @property
    def is_gone(self) -> bool:
        """Tell whether somebody has taken it away: another round, or the agent itself."""
        return isinstance(self.__cause__, FileNotFoundError)


class ParcelRefused(Invalid):
    """The other side will never take the message as it is."""

    code = "parcel_refused"
    message = N_("The message is refused by {address}: {reason}")
    hint = N_("Look at the message, mend the card, and send it again: sedctl exchange resend ID")


class MessagesNotSent(SedError):
    """Some messages could not be sent and wait for another try (exit status 9)."""

    code = "messages_not_sent"
    exit_code = 9
    http_status = 207
    message = N_("Messages that could not be sent: {count}. The first, to {partner}: {reason}")
    hint = N_("They wait and are tried again: sedctl exchange outbox")


class MessagesStuck(MessagesNotSent):
    """Some messages will not be tried again by themselves: a clerk mends them (exit status 9)."""

    code = "messages_stuck"
    hint = N_(
        "Nothing is tried again by itself: mend what the reason names, then sedctl exchange retry "
        "ID. Those that it is for: sedctl exchange outbox"
    )
