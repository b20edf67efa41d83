"""`sedctl approval`: approval of drafts by routes."""

from __future__ import annotations

import typer

from commands import approval_route
from sed_tui.i18n import _

app = typer.Typer(rich_markup_mode=None, help=_("Approve drafts by routes, which are texts."))
app.add_typer(approval_route.app, name="route")
