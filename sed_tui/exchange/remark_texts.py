"""What an oddity means to whoever builds the sending system, and how to mend it."""

from __future__ import annotations

from sed_tui.exchange.remarks import Oddity
from sed_tui.i18n import N_, _

_TEXTS: dict[Oddity, str] = {
    Oddity.ENCODING_REPAIRED: N_(
        "The XML declares another encoding than it has; it was read as UTF-8. "
        "Declare the encoding that is written."
    ),
    Oddity.STRAY_TEXT: N_("Text stands between elements. Remove it."),
    Oddity.NO_MESSAGE_UID: N_(
        "The header has no identifier, so that a repeat is not recognized. Give header/@uid."
    ),
    Oddity.NO_SOURCE_NAME: N_("An organization has no name. Fill organization."),
    Oddity.NO_NUMBER: N_("The letter has no registration number. Fill num/number."),
    Oddity.NO_SIGNATORY: N_("Nobody signed the letter. Fill signatories."),
    Oddity.NO_ADDRESSEE: N_("The letter has no addressee. Fill addressees."),
    Oddity.NO_ANNOTATION: N_("The letter does not say what it is about. Fill annotation."),
    Oddity.NUMBER_ECHOED: N_(
        "The number of registration is our own outgoing number. Give the one of your journal."
    ),
    Oddity.DOUBLE_ESCAPED: N_("The text is escaped twice (&amp;quot;). Escape it once."),
    Oddity.BAD_DATE: N_("A date or a time is none, and was left out. Write YYYY-MM-DD."),
    Oddity.DATE_AHEAD: N_(
        "A date lies in the future. Set the clock right and give the true date; "
        "a letter dated so is registered with the day that the registrar gives."
    ),
    Oddity.BAD_COUNT: N_("A number of sheets is none, and was left out. Write digits."),
    Oddity.UNKNOWN_REASON: N_("The reason of the refusal is not in the list. Take one that is."),
    Oddity.UNKNOWN_LINK: N_("The kind of a link is not in the list; it was read as “related”."),
    Oddity.FILE_RENAMED: N_(
        "A file is called otherwise than the message says, and was found all the same. "
        "Write its whole name into localName."
    ),
    Oddity.FILE_MISSING: N_("A file that the message names is not in the package. Send it."),
    Oddity.FILE_UNNAMED: N_("The message does not name a file of the package. Name it or drop it."),
    Oddity.ENVELOPE_MISSING: N_("The package has no envelope. Send envelope.ini with it."),
    Oddity.ENVELOPE_BROKEN: N_("The envelope lacks a section. Write all of them."),
    Oddity.SIGNATURE_UNPROVEN: N_(
        "A signature could not be verified; the letter is taken, its signature is not proven. "
        "Sign by CMS (RFC 5652) where the file is no signature."
    ),
}


def meaning(oddity: Oddity) -> str:
    """Return what an oddity means, and what the sender does about it."""
    return _(_TEXTS[oddity])
