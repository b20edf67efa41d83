"""Routes written on the screen: a text that is checked, then taken as the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.route import CHECK, IMPORT, CheckRoute, ImportRoute, RouteCard
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.route_text import faults_text
from sed_tui.tui.writing_dialog import WritingDialog

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway

EXAMPLE = """\
code = "letters"
title = ""
priority = 0

[when]
flow = ["outgoing"]

[groups]
"юристы" = []

[[stage]]
name = "Визы"
kind = "approval"
performers = ["role:unit_head", "group:юристы"]
order = "parallel"
term = "2 рд"

[[stage]]
kind = "signing"
"""
"""What a new route begins with."""


class RouteWriting(SedScreen["object | None"]):
    """What screens of routes do to write one."""

    def write_route(self, title: str, text: str) -> None:
        """Ask for the text; only one without faults is taken."""
        dialog = WritingDialog(title, text, ".toml", lambda text: checked(self.gateway, text))

        def take(written: str | None) -> None:
            if written is not None and written != text:
                request = ImportRoute(text=written)
                options = CallOptions(source="tui")
                self.call(IMPORT, request, self.route_taken, options=options)

        self.app.push_screen(dialog, take)

    def route_taken(self, card: RouteCard) -> None:
        """Say which version it is, and read again."""
        said = _("Route {code}, version {version}")
        self.notify(said.format(code=card.code, version=card.version), timeout=5, markup=False)
        self.action_reload()


def checked(gateway: Gateway, text: str) -> str:
    """Return what is wrong with a text. Blocks."""
    return faults_text(gateway.call(CHECK, CheckRoute(text=text)))
