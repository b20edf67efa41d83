"""Failures of links to documents and assignments."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound, Unavailable
from sed_tui.i18n import N_


class NotOurLink(NotFound):
    """The text is no link of ours, or what it leads to is not the caller's to see.

    What was typed is not repeated: it may have been made to deceive.
    """

    code = "not_our_link"
    message = N_("The link leads to nothing, or to what you have no right to see.")
    hint = N_("Ask whoever sent it for the number of the document.")


class BadLinkBase(Invalid):
    """The address under which links are made is no address of a server."""

    code = "bad_link_base"
    message = N_("“{address}” is not an address under which links can be made.")
    hint = N_("Set SED_LINK_BASE, or link_base in the profile: https://sed.example.org")


class SchemeNotRegistered(Unavailable):
    """The desktop does not learn to open our links."""

    code = "scheme_not_registered"
    message = N_("The desktop could not be told to open sed: links: {reason}")
    hint = N_("`sedctl open LINK` opens a link in a terminal all the same.")
