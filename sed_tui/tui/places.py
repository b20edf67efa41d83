"""The main screens, in the order of their number keys."""

from __future__ import annotations

from dataclasses import dataclass

from sed_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class Place:
    """A main screen: its mode, its key, its name in the bar and as a title, its class."""

    mode: str
    key: str
    short: str
    title: str
    screen: str


_SCREENS = "sed_tui.tui.screens"
PLACES = (
    Place("work", "1", N_("Mine"), N_("My work"), f"{_SCREENS}.my_work:MyWorkScreen"),
    Place(
        "documents", "2", N_("Documents"), N_("Documents"), f"{_SCREENS}.documents:DocumentsScreen"
    ),
    Place(
        "assignments",
        "3",
        N_("Assignments"),
        N_("Assignments"),
        f"{_SCREENS}.assignments:AssignmentsScreen",
    ),
    Place(
        "approvals", "4", N_("Approval"), N_("Approval"), f"{_SCREENS}.approvals:ApprovalsScreen"
    ),
    Place("reports", "5", N_("Reports"), N_("Reports"), f"{_SCREENS}.reports:ReportsScreen"),
    Place("more", "0", N_("More"), N_("More"), f"{_SCREENS}.more:MoreScreen"),
)
