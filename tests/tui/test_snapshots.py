"""What people see, at the smallest and at a comfortable size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.tui.app import SedApp
from tests.tui import office
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

SMALL, LARGE = (80, 24), (120, 40)


async def use(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((), id="my_work"),
        pytest.param(("2", "j", "space", "space"), id="documents"),
        pytest.param(("2", "slash", *"бюджет", "enter"), id="filter"),
        pytest.param(("2", "G", "enter"), id="card"),
        pytest.param(("3",), id="assignments"),
    ],
)
def test_a_screen_in_russian(
    gateway: LocalGateway,
    letters: list[Any],
    russian: None,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    app = SedApp(office.Trying(gateway))

    assert snap_compare(app, run_before=partial(use, keys=keys), terminal_size=size)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("question_mark",), id="help"),
        pytest.param(("o",), id="report"),
        pytest.param(("2", "j", "colon"), id="commands"),
        pytest.param(("2", "e"), id="explain"),
    ],
)
def test_a_dialog_in_english(
    gateway: LocalGateway,
    letters: list[Any],
    snap_compare: Callable[..., bool],
    keys: tuple[str, ...],
) -> None:
    app = SedApp(office.Trying(gateway))

    assert snap_compare(app, run_before=partial(use, keys=keys), terminal_size=SMALL)


def test_an_empty_office(gateway: LocalGateway, snap_compare: Callable[..., bool]) -> None:
    app = SedApp(office.Trying(gateway))

    assert snap_compare(app, run_before=partial(use, keys=("2",)), terminal_size=SMALL)


def test_without_colour(
    gateway: LocalGateway,
    letters: list[Any],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = SedApp(office.Trying(gateway))

    assert snap_compare(app, run_before=partial(use, keys=()), terminal_size=SMALL)
