"""Failures of the directory of correspondents."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, Refused
from sed_tui.errors.references import Ambiguous
from sed_tui.i18n import N_


class AmbiguousCorrespondent(Ambiguous):
    """Several correspondents answer to the text."""

    code = "ambiguous_correspondent"
    hint = N_("Write the INN or the short id.")


class BadIdentifier(Invalid):
    """The INN, KPP or OGRN cannot exist: its length or its check digits are wrong."""

    code = "bad_identifier"
    message = N_("{field}: “{value}” cannot be right: {reason}")
    hint = N_("Compare it digit by digit with the document it comes from.")


class CorrespondentExists(Conflict):
    """The INN belongs to a correspondent that is in the directory already."""

    code = "correspondent_exists"
    message = N_("INN {inn} belongs to “{name}” ({id}).")
    hint = N_("Use that one, or give the KPP if this is another branch.")


class CorrespondentClosed(Refused):
    """The correspondent takes part in no new documents."""

    code = "correspondent_closed"
    message = N_("The correspondent “{name}” ({id}) is closed.")
    hint = N_("Choose its successor, or open it: sedctl correspondent edit ID --reopen")


class CorrespondentMerged(Refused):
    """The correspondent was merged into another one already."""

    code = "correspondent_merged"
    message = N_("The correspondent “{name}” ({id}) was merged into “{successor}”.")
    hint = N_("Use “{successor}” instead.")


class MergedWithItself(Invalid):
    """The two correspondents to be merged are one."""

    code = "merged_with_itself"
    message = N_("“{name}” cannot be merged into itself.")
    hint = N_("Name two different ones: sedctl correspondent merge FROM INTO")


class CorrespondentNamesake(Conflict):
    """An organization of this name is in the directory, and nothing tells the two apart."""

    code = "correspondent_namesake"
    message = N_("“{name}” is in the directory already ({id}).")
    hint = N_("Use that one, or give both an INN.")


class CorrespondentIdTaken(Conflict):
    """The external id belongs to another correspondent."""

    code = "correspondent_id_taken"
    message = N_("The external id “{external_id}” belongs to “{name}” ({id}).")
    hint = N_("Leave the external id out, or change that correspondent.")


class BadEmail(Invalid):
    """The text is not an address of electronic mail."""

    code = "bad_email"
    message = N_("{field}: “{value}” is not an e-mail address.")
    hint = N_("Write one address: office@example.org")
