"""Drafts on the screen: written, compared, put on approval; every other step says what it lacks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from sed_tui.domain.access import Role
from sed_tui.domain.draft_flow import Stage
from sed_tui.operations import approval, draft, route
from sed_tui.operations.draft_list import LIST, ListDrafts
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.screens.draft_reading import DraftScreen
from sed_tui.tui.writing_dialog import WritingDialog, edited
from tests.handlers.drafts import drafted, next_version
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import screen_text, settle, typed

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway

ROUTE = """
code = "letters"
title = "Исходящие письма"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov"]
[[stage]]
kind = "signing"
"""


@pytest.fixture(autouse=True)
def _people(gateway: LocalGateway) -> None:
    office.hire(gateway)
    gateway.call(ADD, AddEmployee(login="golova", full_name="Головин Пётр", roles=(Role.HEAD,)))
    gateway.call(route.IMPORT, route.ImportRoute(text=ROUTE))


def the_draft(gateway: LocalGateway) -> draft.Draft:
    [row] = gateway.call(LIST, ListDrafts(mine=True)).rows
    return gateway.call(draft.SHOW, draft.ShowDraft(document=str(row.id)))


async def test_a_draft_is_begun_written_on_and_put_on_approval(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(120, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "insert", "tab")
        for text in ("Ответ [о мостах]", "Минздрав; Минфин", "golova", ""):
            await typed(pilot, text)
            await press(pilot, "tab")
        await typed(pilot, "Мосты готовы.")
        await press(pilot, "f2")
        assert isinstance(app.screen, DraftScreen)
        assert "Ответ [о мостах]: version 1" in screen_text(app)

        await press(pilot, "i")
        assert isinstance(app.screen, WritingDialog)
        app.screen.query_one(TextArea).text = "Мосты готовы к паводку.\n"
        await press(pilot, "f2", "f2", "v")
        assert "+ Мосты готовы к паводку." in screen_text(app)

        await press(pilot, "p", "f2")

    made = the_draft(gateway)
    assert made.stage is Stage.ON_APPROVAL
    assert (made.version, made.addressees) == (2, ["Минздрав", "Минфин"])


@pytest.mark.parametrize(
    ("key", "said"), [("g", "approved"), ("п", "approved"), ("o", "registered"), ("X", "approval")]
)
async def test_a_step_out_of_turn_says_what_it_lacks(
    gateway: LocalGateway, key: str, said: str
) -> None:
    drafted(gateway)
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "left", "enter", key)

        [notice] = app._notifications
        assert (notice.title, said in notice.message) == ("Not done", True)
        assert isinstance(app.screen, DraftScreen)
    assert the_draft(gateway).stage is Stage.DRAFT


async def test_any_two_versions_are_compared_and_the_sheet_is_saved(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    made = drafted(gateway, "Первая.\n")
    next_version(gateway, made, "Вторая.\n")
    next_version(gateway, made, "Третья.\n")
    gateway.call(approval.START, approval.StartApproval(document=str(made.id)))
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "left", "enter", "b", "enter", "down", "enter")
        assert "- Первая." in screen_text(app)
        assert "+ Третья." in screen_text(app)

        await press(pilot, "escape", "z")
        for name in ("sheet.json", "sheet.pdf"):
            assert isinstance(app.screen, LineDialog)
            app.screen.query_one("Input").value = str(tmp_path / name)  # type: ignore[attr-defined]
            await press(pilot, "enter", "z")

    sheet = json.loads((tmp_path / "sheet.json").read_text())
    assert [row["approver_login"] for row in sheet["rows"]] == ["sidorov"]
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_text_comes_back_from_the_editor_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sed -i s/один/два/")
    monkeypatch.delenv("VISUAL", raising=False)

    assert edited("один\n", ".txt") == "два\n"
