"""Failures of acquaintance."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotPermitted, Refused
from sed_tui.i18n import N_


class NobodyToAcquaint(Invalid):
    """The list is empty."""

    code = "nobody_to_acquaint"
    message = N_("Nobody is on the list.")
    hint = N_("Name people with --person, departments with --unit, or --everybody.")


class NotReachable(Invalid):
    """People whose account is closed, and for whom nobody stands in."""

    code = "not_reachable"
    message = N_("They cannot confirm, and nobody stands in for them: {names}.")
    hint = N_("Leave them out with --except, or set a substitution: sedctl user substitute")


class NoClearance(Invalid):
    """People who may not see an official-use-only document."""

    code = "no_clearance"
    message = N_("The document is for official use only, and they have no clearance: {names}.")
    hint = N_("Leave them out with --except, or give clearance: sedctl user edit --clearance")


class AcquaintanceClosed(Refused):
    """The list is complete or was stopped."""

    code = "acquaintance_closed"
    message = N_("The acquaintance is over: {state}.")
    hint = N_("Start another one: sedctl acquaintance start")


class AlreadyAcquainted(Conflict):
    """The person has confirmed already."""

    code = "already_acquainted"
    message = N_("{name} is acquainted already, on {day}.")
    hint = N_("Nothing is left to do.")


class NotOnTheList(NotPermitted):
    """The person is not on the list, nor stands in for anybody who is."""

    code = "not_on_the_list"
    message = N_("You are not on the list of the acquaintance.")
    hint = N_("See who is: sedctl acquaintance sheet ID")


class PaperAcquaintance(NotPermitted):
    """Signatures on paper are entered by who keeps the sheet."""

    code = "paper_acquaintance"
    message = N_("It is confirmed by a signature on paper.")
    hint = N_(
        "A registrar or an assistant enters it: sedctl acquaintance confirm ID --person LOGIN"
    )


class ForeignReading(NotPermitted):
    """Nobody confirms in the program for somebody else."""

    code = "foreign_reading"
    message = N_("Nobody confirms for {name}: reading in the program is one's own.")
    hint = N_("A substitute may, where a substitution for acquaintance holds.")
