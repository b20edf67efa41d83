"""`sedctl approval`: approval of drafts by routes."""

from __future__ import annotations

import typer

from commands import approval_decision, approval_route, approval_sheet
from sed_tui.i18n import _

app = typer.Typer(rich_markup_mode=None, help=_("Approve drafts by routes, which are texts."))
app.add_typer(approval_route.app, name="route")
approval_decision.add_to(app)
approval_sheet.add_to(app)
