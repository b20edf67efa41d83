"""Failures of documents on their way out by mail."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, Refused, Unavailable
from sed_tui.i18n import N_


class NobodyToMailTo(Invalid):
    """No address was given."""

    code = "nobody_to_mail_to"
    message = N_("No address to mail to was given.")
    hint = N_("Give one or several: --to ADDRESS")


class NotMailable(Invalid):
    """The part of the address before @ is not Latin."""

    code = "not_mailable"
    message = N_("Mail servers do not take {address}: what stands before @ must be Latin letters.")
    hint = N_("Ask the recipient for another address. A Cyrillic domain after @ is possible.")


class OfficialUseMailed(Refused):
    """A document for official use only does not leave by mail."""

    code = "official_use_mailed"
    message = N_("For official use only, not to be mailed: {numbers}")
    hint = N_("Leave it out; nothing was sent.")


class NothingToMail(Refused):
    """The documents have no files."""

    code = "nothing_to_mail"
    message = N_("There is no file to mail: {numbers}")
    hint = N_("Add the file first, or send a link: --link")


class LetterTooLarge(Invalid):
    """The letter would be larger than mail servers take."""

    code = "letter_too_large"
    message = N_("The letter would be {size} MiB as it travels, the limit is {limit} MiB.")
    hint = N_("--split makes several letters, --zip packs the files, --link sends links alone.")


class DocumentChanged(Conflict):
    """A document got another version while the letter was being written."""

    code = "document_changed"
    message = N_("{number} was changed meanwhile: “{name}” is no longer its last version.")
    hint = N_("Look at the document again and repeat; nothing was sent.")


class BadLetterTemplate(Invalid):
    """A template names a field that does not exist."""

    code = "bad_letter_template"
    message = N_("The template of the letter cannot be filled in.")
    hint = N_("These fields may stand in it, in braces: {names}. A brace itself is doubled.")


class NoMailProgram(Unavailable):
    """No mail program takes attachments here."""

    code = "no_mail_program"
    message = N_("No mail program could be opened with attachments: {reason}")
    hint = N_("--eml FILE writes a letter to open by hand; --via smtp sends without a program.")
