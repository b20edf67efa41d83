"""Failures of the limit of bytes that an organization may store."""

from __future__ import annotations

from sed_tui.errors.failure import Refused
from sed_tui.i18n import N_


class NoRoomLeft(Refused):
    """The organization has stored as much as it may, or would store more. Sizes are bytes."""

    code = "no_room_left"
    message = N_(
        "There is no room for it: {organization} stores {used} of the {allowed} that it may."
    )
    hint = N_(
        "Nothing was kept. The operator of the system raises the limit: sedctl organization quota"
    )


class TooMuchWaiting(Refused):
    """Files that were sent and belong to no card are as many bytes as the limit allows stored."""

    code = "too_much_waiting"
    message = N_("{organization} has {waiting} of files sent that belong to no card: enough.")
    hint = N_(
        "Attach them, or end the programs that sent them; what is forgotten goes within a day."
    )


class QuotaOfAnother(Refused):
    """The limit is set by the operator of the system, who is another organization."""

    code = "quota_of_another"
    message = N_("The limit of stored bytes is set by the operator of the system, {operator}.")
    hint = N_("Ask its administrator.")


class NoRoomThere(Refused):
    """The organization that is to get it stores as much as it may."""

    code = "no_room_there"
    message = N_("{organization} has no room for it: it stores as many bytes as it may.")
    hint = N_("Nothing was sent. Tell its administrator, or send it without files.")
