"""Failures of links between documents."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound
from sed_tui.i18n import N_


class LinkToItself(Invalid):
    """A document would be linked to itself."""

    code = "link_to_itself"
    message = N_("A document cannot be linked to itself.")
    hint = N_("Name another document.")


class LinkCycle(Conflict):
    """The link would close a circle."""

    code = "link_cycle"
    message = N_("The link “{kind}” would close a circle: {number} already stands before it.")
    hint = N_("Remove the other link first, or choose another kind.")


class LinkExists(Conflict):
    """The link is there already."""

    code = "link_exists"
    message = N_("The link “{kind}” to {number} is there already.")
    hint = N_("There is nothing to do.")


class NoSuchLink(NotFound):
    """There is no such link."""

    code = "no_such_link"
    message = N_("There is no link “{kind}” to {number}.")
    hint = N_("See the links: sedctl document show ID")
