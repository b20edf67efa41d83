"""Failures of partners of the exchange."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused, Unavailable
from sed_tui.i18n import N_


class BadPartnerCode(Invalid):
    """A code of a partner holds something else than letters, digits, dots and dashes."""

    code = "bad_partner_code"
    message = N_("“{code}” is no code of a partner.")
    hint = N_("Take up to 32 letters, digits, dots and dashes: MINZDRAV")


class BadFormat(Invalid):
    """A property of messages that no partner has."""

    code = "bad_exchange_format"
    message = N_("{value} is not known.")
    hint = N_("Known are: {known}.")


class PartnerExists(Conflict):
    """The code, the identifier or the correspondent belongs to a partner already."""

    code = "partner_exists"
    message = N_("{value} belongs to the partner {partner} already.")
    hint = N_("Look at it: sedctl exchange partner show {partner}")


class AddressNeeded(Invalid):
    """The channel needs an address."""

    code = "exchange_address_needed"
    message = N_("The channel {channel} needs {what}.")
    hint = N_(
        "A local partner has --organization, MEDO --address FOLDER and --uid, "
        "a server --address URL and --uid."
    )


class PartnerInUse(Refused):
    """Messages were exchanged with the partner: it is closed, not removed."""

    code = "partner_in_use"
    message = N_("Messages were exchanged with {partner}, its history stays.")
    hint = N_("Close it instead: sedctl exchange partner set {partner} --state closed")


class PartnerClosed(Refused):
    """Nothing is exchanged with a closed partner."""

    code = "partner_closed"
    message = N_("The partner {partner} is closed.")
    hint = N_("Open it: sedctl exchange partner set {partner} --state active")


class OfficialUseChannel(Refused):
    """A document for official use only does not go by a channel that is not allowed for it."""

    code = "official_use_channel"
    message = N_("A document for official use only does not go to {partner} by this channel.")
    hint = N_("Send it another way: sedctl document dispatch DOCUMENT --delivery фельдсвязь")


class FileKindsNotTaken(Refused):
    """The partner does not take files of the kinds that a letter has."""

    code = "file_kinds_not_taken"
    message = N_("{partner} takes files of these kinds alone: {kinds}. It does not take: {files}")
    hint = N_(
        "Where it does take them: sedctl exchange partner set {key} --kinds {wanted}. Otherwise "
        "put another file on the card, or send it another way (--delivery почта). The other "
        "addressees: sedctl document dispatch DOCUMENT --to NAME"
    )


class LetterNotFormed(Refused):
    """A letter cannot be made a message for a partner: the format or the partner refuses it."""

    code = "letter_not_formed"
    message = N_("The letter cannot be formed for {partner}: {reason}")
    hint = N_(
        "Mend the card or its files, or send it another way (--delivery почта). The other "
        "addressees: sedctl document dispatch DOCUMENT --to NAME"
    )


class NotFormedAgain(Refused):
    """A message that could not be formed still cannot."""

    code = "message_not_formed"
    message = N_("Message {message} still cannot be formed: {reason}")
    hint = N_(
        "Where the partner takes another edition or has a shorter name, say so: sedctl exchange "
        "partner set {partner}. Then: sedctl exchange retry {message}"
    )


class LetterInOutbox(Conflict):
    """The letter stands in the outbox for this partner already: it waits, or it has failed."""

    code = "letter_in_outbox"
    message = N_("The letter to {partner} stands in the outbox already: it {state}.")
    hint = N_(
        "Send that one once more where you mean to: sedctl exchange {verb} {message}. The other "
        "addressees: sedctl document dispatch DOCUMENT --to NAME"
    )


class NoAccess(NotFound):
    """This machine has no token of the partner's server."""

    code = "no_partner_access"
    message = N_("There is no token of the server of {partner} on this machine.")
    hint = N_("Ask its administrator for one, then: sedctl exchange partner connect {partner}")


class AddressChanged(Refused):
    """The card of a partner names another server than the one that gave its token."""

    code = "partner_moved"
    message = N_("The token of {partner} was given by {known}: it is not sent to another address.")
    hint = N_(
        "Where the partner has really moved, ask it for a new one: "
        "sedctl exchange partner connect {partner}"
    )


class HandshakeFailed(Refused):
    """Two servers do not understand each other, or do not know each other."""

    code = "exchange_handshake_failed"
    message = N_("The server {address} does not talk to us: {reason}")
    hint = N_("Compare identifiers and versions with its administrator, then connect again.")


class NotAServer(Invalid):
    """The partner is reached by a folder or within the system: there is nothing to connect to."""

    code = "partner_not_a_server"
    message = N_("{partner} is no partner by the channel http.")
    hint = N_("Only servers give tokens: sedctl exchange partner add CODE --channel http")


class PartnerAuthorityUnknown(Unavailable):
    """Nobody whom this machine trusts has signed the certificate of a partner's server."""

    code = "partner_authority_unknown"
    message = N_("The certificate of {server} is not trusted: {reason}")
    hint = N_(
        "Name the certificate of its authority: "
        "sedctl exchange partner connect {partner} --authority FILE"
    )
