"""Approval on the screen: read, decide with one key, answer, see who said what."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui import i18n
from sed_tui.domain.access import Role
from sed_tui.operations import approval, route
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.approval_reading import ApprovalReadingScreen
from sed_tui.tui.screens.approvals import ApprovalsScreen
from sed_tui.tui.screens.draft_reading import DraftScreen
from tests.handlers.drafts import drafted, next_version
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import on_screen, screen_text, settle, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.draft import Draft

ROUTE = """
code = "letters"
title = "Исходящие письма"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov"]
term = "2 рд"
[[stage]]
kind = "signing"
"""


@pytest.fixture
def letter(gateway: LocalGateway) -> Draft:
    """Draft a letter of two versions, in an office with a route for it."""
    office.hire(gateway)
    gateway.call(ADD, AddEmployee(login="golova", full_name="Головин Пётр", roles=(Role.HEAD,)))
    gateway.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    made = drafted(gateway, "Направляем ответ.\nСрок — неделя.\n", subject="Ответ на [запрос]")
    next_version(gateway, made, "Направляем ответ.\nСрок — десять дней.\n")
    return made


def put_on_approval(gateway: LocalGateway, letter: Draft) -> None:
    gateway.call(approval.START, approval.StartApproval(document=str(letter.id)))


def sheet(gateway: LocalGateway, letter: Draft) -> approval.ApprovalSheet:
    return gateway.call(approval.SHOW, approval.ShowApproval(document=str(letter.id)))


async def test_a_version_is_read_with_its_changes_and_agreed_to(
    gateway: LocalGateway, letter: Draft
) -> None:
    put_on_approval(gateway, letter)
    with closing(office.acting(gateway, "sidorov")) as approver:
        app = SedApp(approver)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await press(pilot, "4", "enter")
            assert isinstance(app.screen, ApprovalReadingScreen)
            assert "Срок — десять дней." in screen_text(app)
            assert "Срок — неделя." not in screen_text(app)

            await press(pilot, "v")
            assert "- Срок — неделя." in screen_text(app)
            await press(pilot, "a", "f2")
            on_screen(app, ApprovalsScreen)

    [row] = sheet(gateway, letter).rows[:1]
    assert (row.result, row.version) == ("approved", 2)


async def test_what_is_sent_back_is_answered_and_put_on_approval_again(
    gateway: LocalGateway, letter: Draft
) -> None:
    put_on_approval(gateway, letter)
    with closing(office.acting(gateway, "sidorov")) as approver:
        app = SedApp(approver)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await press(pilot, "4", "enter", "w", "f2")
            assert isinstance(app.screen, EntryDialog)  # rework without a word is refused
            await typed(pilot, "нет срока ответа")
            await press(pilot, "f2")

    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "left", "enter")
        assert "нет срока ответа" in screen_text(app)
        await press(pilot, "n", "f2", "p", "f2")

    found = sheet(gateway, letter)
    assert found.round == 2
    assert [row.answer_state for row in found.remarks] == ["taken"]


async def test_who_would_be_asked_is_shown_before_the_start(
    gateway: LocalGateway, letter: Draft
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "left", "enter")
        assert "Not on approval yet" in screen_text(app)
        await press(pilot, "p")

        assert isinstance(app.screen, EntryDialog)
        assert "Сидоров К.К. · until 2026-11-25" in screen_text(app)


async def test_what_follows_an_approval_waits_in_a_queue_of_its_own(
    gateway: LocalGateway, letter: Draft
) -> None:
    number = 'name = "Номер"\nkind = "registration"\nperformers = ["admin"]'
    follow = ROUTE.replace('kind = "signing"', number)
    gateway.call(route.IMPORT, route.ImportRoute(text=follow))
    put_on_approval(gateway, letter)
    for row in sheet(gateway, letter).rows:
        with closing(office.acting(gateway, row.approver_login)) as approver:
            agree = approval.ApproveDraft(document=str(letter.id), version=2)
            approver.call(approval.APPROVE, agree)
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "right", "right", "right")
        assert "for me to do after an approval" in screen_text(app)
        assert "Номер" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, DraftScreen)


async def test_an_empty_queue_says_so(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "4")

        assert "Nothing waits for a decision here." in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_a_reading_looks_right(
    gateway: LocalGateway,
    letter: Draft,
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    i18n.use("ru")
    monkeypatch.setattr(SedApp, "place", "sqlite: sed.db")
    put_on_approval(gateway, letter)
    with closing(office.acting(gateway, "sidorov")) as approver:

        async def look(pilot: Pilot[Any]) -> None:
            await settle(pilot)
            await press(pilot, "4", "enter", "v")

        assert snap_compare(SedApp(approver), run_before=look, terminal_size=size)
