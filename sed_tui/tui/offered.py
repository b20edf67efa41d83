"""What can be done with the thing of a screen, offered as far as the roles of the user permit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.i18n import _
from sed_tui.tui.choice_dialog import ChoiceDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sed_tui.tui.entry_dialog import Task
    from sed_tui.tui.frame import SedScreen


def offer(
    screen: SedScreen[Any], tasks: Sequence[Task], take: Callable[[object | None], None]
) -> None:
    """Let the user choose a task for `take`; say why where there is none to choose."""
    may = [(task, task.title) for task in tasks if screen.sed_app.may(task.operation.name)]
    if may:
        screen.app.push_screen(ChoiceDialog(_("What to do"), may), take)
    elif tasks:
        screen.sed_app.say_not_permitted()
    else:
        screen.notify(_("Nothing is left to do."))
