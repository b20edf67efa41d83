"""What stands under More: a row for each screen or action, in the order of the list."""

from __future__ import annotations

from dataclasses import dataclass

from sed_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class MoreEntry:
    """A line of More: its title, what it is for, and what it opens.

    `opens` names a screen as `module:Class`, which is imported when it is chosen, or an
    action of the application.
    """

    title: str
    note: str
    opens: str

    @property
    def is_screen(self) -> bool:
        """Tell whether a screen is opened, not an action run."""
        return ":" in self.opens


_SCREENS = "sed_tui.tui.screens"
ENTRIES = (
    MoreEntry(
        N_("Routes of approval"),
        N_("Who approves what, in which order, by when."),
        f"{_SCREENS}.routes:RoutesScreen",
    ),
    MoreEntry(
        N_("Guides"),
        N_("What is done where, step by step; your own instructions."),
        f"{_SCREENS}.guides:GuidesScreen",
    ),
    MoreEntry(
        N_("Legal reference"),
        N_("Acts, whether they are checked, and what follows them."),
        f"{_SCREENS}.law:LawScreen",
    ),
    MoreEntry(
        N_("Workplace"),
        N_("Whether this machine can open and sign, and what mends it."),
        f"{_SCREENS}.workstation:WorkstationScreen",
    ),
    MoreEntry(
        N_("Your organizations"),
        N_("Where you work and what is below; bytes stored and their limit."),
        f"{_SCREENS}.organizations:OrganizationsScreen",
    ),
    MoreEntry(
        N_("Joining"),
        N_("Organizations on their way into the system; your own application."),
        f"{_SCREENS}.joining:JoiningScreen",
    ),
    MoreEntry(
        N_("Exchange of letters"),
        N_("What goes out and comes in, what went wrong, whom with."),
        f"{_SCREENS}.exchange:ExchangeScreen",
    ),
    MoreEntry(
        N_("Letters by mail"),
        N_("What came into the mailbox and waits for its number."),
        f"{_SCREENS}.intake:IntakeScreen",
    ),
    MoreEntry(
        N_("Duma"),
        N_("What is submitted to its sittings: papers, terms, passage."),
        f"{_SCREENS}.duma:DumaScreen",
    ),
    MoreEntry(
        N_("Support"),
        N_("Tell what went wrong; which way it went, what was answered."),
        f"{_SCREENS}.support:SupportScreen",
    ),
    MoreEntry(N_("Keys"), N_("Every key that works now."), "keys"),
    MoreEntry(N_("Commands"), N_("Everything that can be done, by its name."), "command_palette"),
    MoreEntry(N_("Theme"), N_("Colours of the interface."), "choose_theme"),
    MoreEntry(N_("What is new"), N_("What the versions of the program brought."), "news"),
    MoreEntry(N_("Tour"), N_("The first steps, shown once more."), "tour"),
    MoreEntry(N_("About"), N_("Version, database, who is acting."), "about"),
)
