"""Resolutions on the screen: drafted on a card, decided in “My work”, mended; who is away."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.resolution import (
    DRAFT,
    EDIT,
    SHOW,
    DraftResolution,
    EditResolution,
    PointGiven,
    ShowResolution,
)
from sed_tui.operations.resolution_list import LIST, ListResolutions
from sed_tui.operations.substitution import ADD, AddSubstitution
from sed_tui.tui.app import SedApp
from sed_tui.tui.resolution_dialog import ResolutionDialog
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.resolution_form import ResolutionScreen
from tests.tui import office
from tests.tui.forms import FormApp, fill, steady
from tests.tui.keys import press
from tests.tui.waiting import screen_text, settle, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

POINT = {"text": "Подготовить ответ", "executor": "sidorov", "due": "5 рд"}


async def go_to_drafts(pilot: Pilot[None], name: str = "▸ Resolutions") -> None:
    await settle(pilot)
    for _group in range(5):
        if name in screen_text(pilot.app):
            return
        await press(pilot, "right")
    raise AssertionError(screen_text(pilot.app))


@pytest.fixture
def away(gateway: LocalGateway, letters: list[Any]) -> None:
    """Send the executor away over the end of the month; the head stands in for him."""
    request = AddSubstitution(
        absent="sidorov",
        substitute="petrov",
        starts_on=date(2026, 11, 25),
        ends_on=date(2026, 12, 5),
    )
    gateway.call(ADD, request)


@pytest.fixture
def draft(gateway: LocalGateway, away: None) -> str:
    """Draft a resolution of the head on a letter."""
    request = DraftResolution(
        document="01-23/1",
        author="petrov",
        text="Подготовить ответ",
        due="5 рд",
        points=(PointGiven(executor="sidorov"), PointGiven(executor="admin", text="Сверить")),
    )
    return str(gateway.call(DRAFT, request).id)


def form_of(app: SedApp) -> ResolutionScreen:
    assert isinstance(app.screen, ResolutionScreen)
    return app.screen


@pytest.mark.parametrize("key", ["з"])
async def test_a_resolution_of_two_points_is_drafted_on_a_card(
    gateway: LocalGateway, away: None, key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", key)
        form = form_of(app).form
        await fill(pilot, form, {"author": "petrov", **POINT})

        assert "Сидоров К.К. is absent from 2026-11-25" in screen_text(app)
        assert "Петров В.С. stands in" in screen_text(app)

        await press(pilot, "f4")
        await fill(pilot, form, {"text": "Доложить", "executor": "admin", "due": "30.11.2026"})
        await press(pilot, "f2")

        assert isinstance(app.screen, ResolutionDialog)
        text = screen_text(app)
        assert "1. Подготовить ответ" in text
        assert "2. Доложить" in text
        assert "waits for approval" in text

        await press(pilot, "escape", "left", "left", "left")

        assert isinstance(app.screen, DocumentCardScreen)
        assert app.screen.tab == "resolutions"

    [row] = gateway.call(LIST, ListResolutions()).rows
    assert (row.author, row.total) == ("Петров Виктор Сергеевич", 2)


async def test_a_point_has_its_own_controller_observers_and_term_of_helpers(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", "p")
        watching = {"items": [{"text": "Ким", "key": "admin"}], "text": ""}
        people = {"co_executors": {"items": [{"text": "Петров", "key": "petrov"}], "text": ""}}
        own = {"co_due": "3 рд", "own_controller": "petrov", "observers": watching}
        await fill(pilot, form_of(app).form, {"author": "petrov", **POINT, **people, **own})
        await press(pilot, "f4")
        await fill(pilot, form_of(app).form, {**POINT, "controller": "admin"})
        await press(pilot, "f2", "m")

        fields = form_of(app).points.items[0].fields
        assert (fields["own_controller"], fields["co_due"]) == ("Петров Виктор Сергеевич", "3 рд")
        await press(pilot, "f2")

    [row] = gateway.call(LIST, ListResolutions()).rows
    card = gateway.call(SHOW, ShowResolution(resolution=str(row.id)))
    assert [point.own_controller for point in card.points] == ["Петров Виктор Сергеевич", None]
    assert card.points[1].controller == card.controller
    assert (card.points[0].co_due, len(card.points[0].observers)) == ("3 рд", 1)


async def test_a_point_without_an_executor_is_not_saved(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", "p")
        await fill(pilot, form_of(app).form, {**POINT, "executor": ""})
        await press(pilot, "f2")

        assert form_of(app).form.fields["executor"].wrong

    assert gateway.call(LIST, ListResolutions()).rows == []


async def test_the_head_finds_it_in_his_work_and_approves_it(
    gateway: LocalGateway, draft: str
) -> None:
    with closing(office.acting(gateway, "petrov")) as petrov:
        app = SedApp(petrov)
        async with app.run_test(size=(80, 24)) as pilot:
            await go_to_drafts(pilot)
            assert "2. Сверить → Иванова" in screen_text(app)
            await press(pilot, "enter")

            text = screen_text(app)
            assert "1. Подготовить ответ" in text
            assert "Сидоров К.К. is absent" in text

            await press(pilot, "a", "f2")

            assert "▸ Resolutions" not in screen_text(app)

    card = gateway.call(SHOW, ShowResolution(resolution=draft))
    assert card.state == "approved"
    texts = [row.text for row in gateway.call(ASSIGNMENTS, ListAssignments()).rows]
    assert {"Подготовить ответ", "Сверить"} <= set(texts)


async def test_what_the_head_returns_the_drafter_mends(gateway: LocalGateway, draft: str) -> None:
    with closing(office.acting(gateway, "petrov")) as petrov:
        app = SedApp(petrov)
        async with app.run_test(size=(80, 24)) as pilot:
            await go_to_drafts(pilot)
            await press(pilot, "enter", "w")
            await typed(pilot, "короче")
            await press(pilot, "f2")
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to_drafts(pilot)

        assert "короче" in screen_text(app)

        await press(pilot, "enter", "m")
        form = form_of(app)
        form.points.take_out(1)
        point = PointGiven(number="2", text="Короче")
        gateway.call(EDIT, EditResolution(resolution=draft, points=(point,)))
        await press(pilot, "f2")

        assert "→" in screen_text(app)
        assert "2. Короче" in screen_text(app)

        await press(pilot, "escape", "f2")

    card = gateway.call(SHOW, ShowResolution(resolution=draft))
    assert (card.state, card.total) == ("draft", 1)


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])


@SIZES
def test_the_form_looks_right(
    gateway: LocalGateway,
    letters: list[Any],
    away: None,
    russian: None,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
) -> None:
    letter = letters[0]
    screen = ResolutionScreen(gateway, str(letter.id), letter.number, today=lambda: office.TODAY)
    app = FormApp(screen)

    async def use(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await fill(pilot, screen.form, {"author": "petrov", **POINT})
        await press(pilot, "f4")
        await fill(pilot, screen.form, {**POINT, "text": "Доложить"})
        await steady(pilot)

    assert snap_compare(app, run_before=use, terminal_size=size)


@SIZES
def test_the_decision_looks_right(
    gateway: LocalGateway,
    draft: str,
    russian: None,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
) -> None:
    with closing(office.acting(gateway, "petrov")) as petrov:
        app = SedApp(office.Trying(petrov))

        async def use(pilot: Pilot[None]) -> None:
            await go_to_drafts(pilot, "▸ Резолюции")
            await press(pilot, "enter")

        assert snap_compare(app, run_before=use, terminal_size=size)
