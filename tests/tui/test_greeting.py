"""The tour once, what is new once per version, and the note an administrator takes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.operations.news import LIST, ListNews
from sed_tui.storage.news import NewsItem, VersionNews, all_news, news_since
from sed_tui.tui import greeting
from sed_tui.tui.app import SedApp
from sed_tui.tui.greeting import NewsDialog, TourDialog
from sed_tui.tui.preferences import remember, remembered
from sed_tui.tui.screens.my_work import MyWorkScreen
from tests.tui.waiting import on_screen, screen_text, settle

if TYPE_CHECKING:
    import pytest

    from sed_tui.gateway.local import LocalGateway


def opened(gateway: LocalGateway) -> SedApp:
    app = SedApp(gateway)
    app.greets = True
    return app


async def test_the_tour_is_shown_once_and_can_be_left(gateway: LocalGateway, russian: None) -> None:
    app = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert isinstance(app.screen, TourDialog)
        assert "Что вас ждёт   1/5" in screen_text(app)

        await pilot.press("enter", "enter")
        assert "3/5" in screen_text(app)

        await pilot.press("left", "escape")
        await settle(pilot)
        on_screen(app, MyWorkScreen)

    assert (remembered("tour"), remembered("seen_version")) == ("shown", all_news()[0].number)
    again = opened(gateway)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert isinstance(again.screen, MyWorkScreen)


async def test_what_is_new_is_shown_once_and_an_administrator_takes_note(
    gateway: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember("tour", "shown")
    remember("seen_version", "0.0.9")
    app = opened(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert isinstance(app.screen, NewsDialog)
        assert "sedctl db upgrade" in screen_text(app)

        await pilot.press("a")
        await settle(pilot)
        assert isinstance(app.screen, MyWorkScreen)

    assert greeting.greeting(app) is None
    [row] = gateway.call(LIST, ListNews()).rows
    assert ([one.name for one in row.acknowledged], row.is_new) == (
        ["Иванова Анна Петровна"],
        False,
    )


def test_everything_since_the_version_seen_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    item = NewsItem((("ru", "Новое"), ("en", "New")))
    versions = tuple(VersionNews(number, (item,)) for number in ("0.3.0", "0.2.0", "0.1.0"))
    monkeypatch.setattr("sed_tui.storage.news.all_news", lambda: versions)

    assert [one.number for one in news_since("0.1.0")] == ["0.3.0", "0.2.0"]
    assert news_since("0.3.0") == ()
    assert [one.number for one in news_since(None)] == ["0.3.0"]
