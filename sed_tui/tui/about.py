"""What program this is, and what it works on: for a question to the support."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui import __version__
from sed_tui.config import configuration_path
from sed_tui.i18n import _
from sed_tui.tui.facts import fact
from sed_tui.tui.text_dialog import TextDialog

if TYPE_CHECKING:
    from sed_tui.tui.app import SedApp


def about_dialog(app: SedApp) -> TextDialog:
    """Return the dialog that says it."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = (
        (_("Version"), f"sed-tui {__version__}"),
        (_("Database"), app.place),
        (_("User"), "".join(app.identity[:1])),
        (_("Configuration"), str(configuration_path())),
        (_("System"), system),
    )
    text = Text()
    for title, value in lines:
        fact(text, title, value, width=14)
    return TextDialog(_("About"), text)
