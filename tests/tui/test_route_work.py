"""Routes on the screen: read in words, checked, written as the next version, tried on a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from sed_tui.domain.access import Role
from sed_tui.domain.route_text import read_route
from sed_tui.operations import route
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.route_text import route_text
from sed_tui.tui.route_writing import EXAMPLE
from sed_tui.tui.screens.route import RouteScreen
from sed_tui.tui.screens.routes import RoutesScreen
from sed_tui.tui.writing_dialog import WritingDialog
from tests.handlers.drafts import drafted
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import on_screen, screen_text, settle

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

ROUTE = """
code = "letters"
title = "Исходящие [письма]"
[when]
flow = ["outgoing"]
[groups]
"юристы" = ["sidorov", "petrov"]
[[stage]]
name = "Юристы"
kind = "legal_review"
performers = ["group:юристы", "role:initiator_head"]
order = "sequential"
term = "2 рд"
mandatory = true
[stage.when]
amount_from = 1000
several_addressees = true
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov"]
"""


def test_a_route_is_told_in_words() -> None:
    read = read_route(ROUTE).route
    assert read is not None
    told = route_text(read).plain

    assert "1. Юристы — legal review · one after another · 2 рд · nobody skips it" in told
    assert "group юристы: sidorov, petrov" in told
    assert "the initiator's head" in told
    assert "if there are several addressees; the sum is 1000 or more" in told
    assert read_route(EXAMPLE).faults == []


async def test_a_route_is_checked_before_it_is_taken(gateway: LocalGateway) -> None:
    office.hire(gateway)
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "m")
        on_screen(app, RoutesScreen)
        assert "nobody has to approve anything" in screen_text(app)
        await press(pilot, "insert")
        dialog = app.screen
        assert isinstance(dialog, WritingDialog)
        dialog.query_one(TextArea).text = ROUTE.replace('["sidorov"]\n', '["nobody"]\n', 1)
        await press(pilot, "f2")
        assert app.screen is dialog  # what has faults stays here
        assert "nobody" in screen_text(app)

        dialog.query_one(TextArea).text = ROUTE
        await press(pilot, "f2", "enter")
        on_screen(app, RouteScreen)
        assert "Исходящие [письма] (letters, 1)" in screen_text(app)
        await press(pilot, "m")
        app.screen.query_one(TextArea).text = ROUTE.replace("2 рд", "3 рд")
        await press(pilot, "f2", "c")
        assert "Nothing is wrong with it." in screen_text(app)

    assert gateway.call(route.SHOW, route.ShowRoute(route="letters")).version == 2


async def test_a_route_is_tried_on_a_draft(gateway: LocalGateway) -> None:
    office.hire(gateway)
    gateway.call(ADD, AddEmployee(login="golova", full_name="Головин Пётр", roles=(Role.HEAD,)))
    gateway.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    drafted(gateway)
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "ь", "enter", "p", "enter")

        assert "Сидоров К.К." in screen_text(app)
