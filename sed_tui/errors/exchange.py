"""What is wrong with a message of the exchange."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid
from sed_tui.i18n import N_


class BadMessage(Invalid):
    """A message cannot be read at all; its bytes are kept.

    `sender` and `message_uid` are the identifiers of its header where that could be read.
    """

    sender: str = ""
    message_uid: str = ""
    code = "bad_message"
    message = N_("{file}: {reason}")
    hint = N_(
        "The sender mends the message and sends it again; the refused bytes are as they came."
    )


class NotWellFormed(BadMessage):
    """The bytes are no XML."""

    code = "message_not_well_formed"
    message = N_("{file} is not well-formed XML: {reason}")
    hint = N_(
        "The sender's system has to write XML by a library, in the encoding that it declares."
    )


class XmlBroken(NotWellFormed):
    """The XML breaks at a place that is known."""

    code = "message_xml_broken"
    message = N_("{file} is not well-formed XML: line {line}, character {column}: {reason}")
    hint = N_("The sender's system has to write XML by a library and to send the file whole.")


class BytesOfNoEncoding(NotWellFormed):
    """A byte belongs neither to the encoding that is declared nor to UTF-8."""

    code = "message_bytes_of_no_encoding"
    message = N_(
        "{file} is not well-formed XML: byte {place}: "
        "it is neither in the encoding that it declares nor UTF-8"
    )
    hint = N_("The sender's system has to write in the encoding that it declares, or in UTF-8.")


class DeclarationForbidden(BadMessage):
    """The XML declares a document type or entities."""

    code = "declaration_forbidden"
    message = N_("{file} declares a document type or entities, which a message may not.")
    hint = N_("The sender's system has to leave out DOCTYPE: no format of the exchange has one.")


class MessageTooLarge(BadMessage):
    """The XML of a message is larger than any message needs."""

    code = "message_too_large"
    message = N_("{file} is larger than {limit} bytes.")
    hint = N_("The sender's system has to put files beside the message, not into it.")


class PartMissing(BadMessage):
    """An obligatory part of the message is not there."""

    code = "message_part_missing"
    message = N_("{file}: the obligatory part {part} is missing.")
    hint = N_("The sender's system has to fill it: the format makes it obligatory.")


class NoMessage(BadMessage):
    """A package holds no message: no XML of the exchange."""

    code = "package_without_message"
    message = N_("{file}: there is no message in it: no XML with the root communication.")
    hint = N_(
        "The sender's system has to put the message (document.xml) beside the files; a container "
        "travels with the message that names it."
    )


class PartNotFitting(BadMessage):
    """A part of the message is not what the format has in its place; `reason` says what is."""

    code = "message_part_not_fitting"
    message = N_("{file}: {part}: {reason}")
    hint = N_("The sender's system has to fill it as the JSON Schema of the format says.")


class PartNotExpected(PartNotFitting):
    """A part of the message is none of those that stand in its place."""

    code = "message_part_not_expected"
    message = N_("{file}: {part}: {known} is expected")
    hint = N_("The sender's system has to write one that is named here.")


class TextOfPartTooLong(PartNotFitting):
    """A text of the message is longer than the format takes."""

    code = "message_text_too_long"
    message = N_(
        "{file}: {part}: a text of at most {limit} characters is expected, this has {found}"
    )
    hint = N_("The sender's system has to send a text that is so long as a file of the letter.")


class ValueNotKnown(PartNotFitting):
    """A part of the message has a value that the list of the format has not."""

    code = "message_value_not_known"
    message = N_("{file}: {part}: “{value}” is not one of its values")
    hint = N_("The sender's system has to take a value of the list in the JSON Schema.")


class BadArchive(BadMessage):
    """A member of an archive is not to be unpacked."""

    code = "bad_archive"
    message = N_("{file}: {member} is not unpacked: {reason}")
    hint = N_(
        "The sender's system has to pack plain files without links, passwords and paths upwards."
    )


class NothingToCheck(Invalid):
    """There is no package and no message where some were to be checked."""

    code = "nothing_to_check"
    message = N_("{place}: there is no package and no message to check.")
    hint = N_("Name a folder of packages, a package or its zip, or a message as XML or JSON.")


class CannotBeSent(Invalid):
    """The format has no place for a value of the document."""

    code = "cannot_be_sent"
    message = N_("{part}: the format takes {limit} characters at most, this has {found}.")
    hint = N_("Shorten it on the card, or send the letter by another channel.")


class PartNotFilled(Invalid):
    """The format demands what the document does not have."""

    code = "part_not_filled"
    message = N_("{part}: the format demands it, and it is empty.")
    hint = N_("Fill it on the card, or send the letter by another channel.")


class FormatNotKept(Invalid):
    """A value of the document or of a partner is not what the format takes."""

    code = "format_not_kept"
    message = N_("{part}: {reason}")
    hint = N_("Mend it on the card or on the partner, or send the letter by another channel.")


class NotInEdition(Invalid):
    """The partner's edition of the format has no such notification."""

    code = "not_in_edition"
    message = N_("“{event}” is no notification of edition {version}.")
    hint = N_("Where the partner reads 2.6: sedctl exchange partner set CODE --format-version 2.6")


class UnknownZone(Invalid):
    """A time zone that the database of zones does not know."""

    code = "unknown_zone"
    message = N_("The time zone {zone} is not known.")
    hint = N_("Name it as the time zone database does: Asia/Yekaterinburg.")
