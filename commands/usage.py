"""Usage errors in the user's language: Typer's own are English sentences without a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _

if TYPE_CHECKING:
    import typer


def usage_text(error: typer.TyperException) -> str:
    """Return a usage error as one sentence."""
    return error.format_message() or _("The command is incomplete.")
