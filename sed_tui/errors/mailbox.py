"""Failures of letters taken from a mailbox or a folder."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused, SedError, Unavailable
from sed_tui.i18n import N_


class MailboxNotConfigured(Refused):
    """No mailbox is named."""

    code = "mailbox_not_configured"
    message = N_("No mailbox is named.")
    hint = N_("Set SED_IMAP_URL and SED_IMAP_PASSWORD: imaps://sed@mail.example.org/INBOX")


class MailboxUnavailable(Unavailable):
    """The mailbox cannot be read; nothing of it is lost."""

    code = "mailbox_unavailable"
    message = N_("The mailbox {mailbox} cannot be read: {reason}")
    hint = N_("Repeat later: it goes on after the last letter that was taken.")


class NoSuchLetterFolder(Invalid):
    """There is no such folder of letters."""

    code = "no_such_letter_folder"
    message = N_("{path} is not a folder that can be read.")
    hint = N_("Name a folder with files of letters, *.eml.")


class LetterDecided(Refused):
    """The letter was registered, attached or dropped before."""

    code = "letter_decided"
    message = N_("The letter does not wait any more: it is {state}.")
    hint = N_("Look at it: sedctl document intake show {letter}")


class LettersNotTaken(SedError):
    """Some letters could not be taken and are kept with the reason (exit status 9)."""

    code = "letters_not_taken"
    exit_code = 9
    http_status = 207
    message = N_("Letters that could not be taken: {count}. The first, “{subject}”: {reason}")
    hint = N_("They stand in the list with their reasons: sedctl document intake list --refused")
