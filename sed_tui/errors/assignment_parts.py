"""Failures of orders to many organizations."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused
from sed_tui.i18n import N_


class NobodyNamed(Invalid):
    """No organization is left to get a part."""

    code = "no_organization_named"
    message = N_("No organization is named.")
    hint = N_("Name some with --to, or a branch of the tree with --branch.")


class NotSubordinate(NotFound):
    """The organization is not below the one that orders."""

    code = "not_subordinate"
    message = N_("{organization} is not subordinate to {above}.")
    hint = N_("An order binds those below; to others a letter is sent.")


class NoHead(Refused):
    """Nobody in the organization could get the order."""

    code = "no_head"
    message = N_("{organization} has no head with an open account who could get the order.")
    hint = N_("Its administrator grants the role: sedctl user role LOGIN --grant head")


class DocumentNeeded(Invalid):
    """An order to organizations is given by a document."""

    code = "document_needed"
    message = N_("An order to organizations is given by a registered document.")
    hint = N_("Issue the assignment on it: --document NUMBER")


class OrderConfidential(Refused):
    """A document for official use only is not sent electronically."""

    code = "order_confidential"
    message = N_("The document is for official use only and is not sent electronically.")
    hint = N_("Send it on paper.")


class PartThere(Conflict):
    """The organization has its part already."""

    code = "part_there"
    message = N_("{organization} has its part already.")
    hint = N_("See the parts: sedctl assignment part list ID")


class NoPart(NotFound):
    """The order has no part for the organization."""

    code = "no_part"
    message = N_("The assignment has no part for “{organization}”.")
    hint = N_("See the parts: sedctl assignment part list ID")
