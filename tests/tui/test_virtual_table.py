"""A table over rows that are read in threads."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual import on
from textual.app import App
from textual.events import MouseScrollDown

from tests.tui.waiting import screen_text, settle
from widgets import paged_view
from widgets.marks import Marks
from widgets.paged_view import State
from widgets.rows import Column, Row, Total
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.message import Message
    from textual.pilot import Pilot


class Rows:
    """So many rows; remembers which pages were read, and may wait or fail."""

    page_size = 100

    def __init__(self, total: int) -> None:
        self.total = total
        self.read: list[int] = []
        self.failure: Exception | None = None
        self.gate = Event()
        self.gate.set()

    def count(self, limit: int | None) -> Total:
        if limit is not None and self.total > limit:
            return Total(limit, more=True)
        return Total(self.total)

    def page(self, number: int) -> Sequence[Row]:
        self.gate.wait()
        if self.failure is not None:
            raise self.failure
        self.read.append(number)
        first = number * self.page_size
        return [
            Row(str(n), (f"№ {n}", f"Письмо [b]{n}[/b]"))
            for n in range(first, min(first + self.page_size, self.total))
        ]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing be read before the end, which comes to a failed test as well.

        A thread that waited on would be waited for by the loop, without end.
        """
        self.gate.clear()
        try:
            yield
        finally:
            self.gate.set()


class TableApp(App[None]):
    """A table, and what it said."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        columns = [Column("Номер", 12, copied=True), Column("Тема", 20, share=1)]
        yield VirtualTable(columns, self.rows, empty="Пусто", id="table")

    @property
    def table(self) -> VirtualTable:
        return self.query_one(VirtualTable)

    @on(VirtualTable.Opened)
    @on(VirtualTable.Copied)
    @on(VirtualTable.HeaderClicked)
    @on(VirtualTable.Failed)
    def keep(self, event: Message) -> None:
        self.messages.append(event)


@pytest.mark.parametrize("down", ["down", "j", "о"])
@pytest.mark.parametrize("up", ["up", "k", "л"])
async def test_the_cursor_moves_on_any_layout(down: str, up: str) -> None:
    app = TableApp(Rows(30))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(down, down, down, up)

        assert app.table.cursor == 2


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        (["end"], 999_999),
        (["G"], 999_999),
        (["П"], 999_999),
        (["end", "home"], 0),
        (["G", "g"], 0),
        (["П", "п"], 0),
        (["pagedown"], 22),
        (["ctrl+d"], 11),
        (["ctrl+в"], 11),
        (["ctrl+d", "ctrl+d", "ctrl+u"], 11),
        (["pagedown", "pageup"], 0),
        (["up"], 0),
    ],
)
async def test_jumps_in_a_million_rows_read_only_what_is_seen(keys: list[str], cursor: int) -> None:
    rows = Rows(1_000_000)
    app = TableApp(rows)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)

        assert app.table.cursor == cursor
        assert set(rows.read) <= {0, 9_999}
        assert f"№ {cursor}" in screen_text(app)


async def test_a_count_that_takes_long_is_rough_first_and_then_exact() -> None:
    app = TableApp(Rows(1_000_000))
    async with app.run_test() as pilot:
        await settle(pilot)

        assert app.table.total == 1_000_000
        assert not app.table.more


async def test_a_short_list_is_not_counted() -> None:
    rows = Rows(99)
    rows.count = None  # type: ignore[assignment,method-assign]
    app = TableApp(rows)
    async with app.run_test() as pilot:
        await settle(pilot)

        assert app.table.total == 99


async def test_space_marks_and_moves_on_and_escape_takes_the_marks_away() -> None:
    app = TableApp(Rows(30))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space", "j", "space")

        assert ["0" in app.table.marks, "1" in app.table.marks, "2" in app.table.marks] == [
            True,
            False,
            True,
        ]
        assert app.table.chosen == 2
        assert "✓№ 0" in screen_text(app)

        await pilot.press("escape")

        assert app.table.chosen == 0


async def test_a_star_marks_everything_even_what_was_not_read() -> None:
    app = TableApp(Rows(1_000))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("asterisk", "space")

        assert app.table.chosen == 999


@pytest.mark.parametrize(("next_", "previous"), [("n", "N"), ("т", "Т")])
async def test_n_goes_round_the_matches_of_a_filter(next_: str, previous: str) -> None:
    app = TableApp(Rows(3))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.table.is_filtered = True
        await pilot.press(next_, next_, next_, next_, previous)

        assert app.table.cursor == 0


@pytest.mark.parametrize(
    ("key", "text"), [("y", "№ 0"), ("н", "№ 0"), ("Y", "№ 0\tПисьмо [b]0[/b]")]
)
async def test_y_copies(key: str, text: str) -> None:
    app = TableApp(Rows(3))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()

        [message] = app.messages
        assert isinstance(message, VirtualTable.Copied)
        assert message.text == text


@pytest.mark.parametrize("keys", [["space", "space"], ["space", "space", "Y"]])
async def test_marked_rows_are_copied_together(keys: list[str]) -> None:
    app = TableApp(Rows(1_000))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*keys, "y")
        await settle(pilot)

        assert [m.text for m in app.messages if isinstance(m, VirtualTable.Copied)][
            -1
        ] == "№ 0\n№ 1"


async def test_everything_is_copied_though_it_was_not_read() -> None:
    app = TableApp(Rows(1_000))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("asterisk", "y")
        await settle(pilot)

        [message] = app.messages
        assert isinstance(message, VirtualTable.Copied)
        assert len(message.text.splitlines()) == 1_000


async def test_cells_are_never_markup() -> None:
    app = TableApp(Rows(3))
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "Письмо [b]1[/b]" in screen_text(app)


async def test_a_click_moves_and_a_second_one_opens() -> None:
    app = TableApp(Rows(30))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click("#table", offset=(3, 5))

        assert app.table.cursor == 4

        await pilot.click("#table", offset=(3, 5), times=2)
        await pilot.pause()

        assert [m.row.key for m in app.messages if isinstance(m, VirtualTable.Opened)] == ["4"]


async def test_a_click_on_a_title_names_the_column() -> None:
    app = TableApp(Rows(30))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click("#table", offset=(20, 0))
        await pilot.pause()

        [message] = app.messages
        assert isinstance(message, VirtualTable.HeaderClicked)
        assert message.column == 1


async def test_the_wheel_scrolls_under_the_cursor() -> None:
    app = TableApp(Rows(300))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot._post_mouse_events([MouseScrollDown], "#table")
        await settle(pilot)

        assert app.table.scroll_offset.y > 0
        assert app.table.cursor == 0


async def test_the_table_fits_the_width_and_never_scrolls_sideways() -> None:
    app = TableApp(Rows(300))
    async with app.run_test(size=(26, 10)) as pilot:
        await settle(pilot)

        assert app.table.max_scroll_x == 0
        assert "…" in screen_text(app)


async def test_nothing_is_said_at_first_then_that_it_is_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = paged_view._PATIENCE
    monkeypatch.setattr(paged_view, "_PATIENCE", 60)  # the first look may come late
    rows = Rows(3)
    app = TableApp(rows)
    with rows.held():
        async with app.run_test() as pilot:
            await pilot.pause()

            assert "Reading" not in screen_text(app)

            monkeypatch.setattr(paged_view, "_PATIENCE", usual)
            app.table.show(rows)
            await until_slow(pilot, app)

            assert "Reading… Esc cancels." in screen_text(app)

            rows.gate.set()
            await settle(pilot)

            assert "№ 2" in screen_text(app)


async def test_escape_stops_waiting_and_late_rows_are_not_shown() -> None:
    rows = Rows(3)
    app = TableApp(rows)
    with rows.held():
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("escape")
            rows.gate.set()
            await settle(pilot)

            assert app.table.state is State.CANCELLED
            assert "Cancelled. r reads again." in screen_text(app)


def test_of_marks_those_of_what_is_done_are_taken_away() -> None:
    marks = Marks()
    for key in "abc":
        marks.toggle(Row(key, (key,)))
    marks.drop({"a", "z"})
    assert ["a" in marks, "b" in marks, "c" in marks] == [False, True, True]

    marks.everything()
    marks.drop({"a"})
    assert not marks


async def test_an_empty_list_says_so_and_offers_nothing_to_open() -> None:
    app = TableApp(Rows(0))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "space", "y")

        assert "Пусто" in screen_text(app)
        assert app.messages == []
        assert not app.table.marks


async def test_a_failure_is_told_and_reading_again_mends_it() -> None:
    rows = Rows(3)
    rows.failure = OSError("no connection [b]x[/b]")
    app = TableApp(rows)
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "no connection [b]x[/b]" in screen_text(app)
        assert "r tries again." in screen_text(app)
        assert [type(m) for m in app.messages] == [VirtualTable.Failed]

        rows.failure = None
        app.table.show(rows)
        await settle(pilot)

        assert "№ 2" in screen_text(app)


async def test_a_list_that_was_overtaken_is_not_shown() -> None:
    slow, quick = Rows(5), Rows(3)
    app = TableApp(slow)
    with slow.held():
        async with app.run_test() as pilot:
            await pilot.pause()
            app.table.show(quick)
            slow.gate.set()
            await settle(pilot)

            assert app.table.total == 3


async def until_slow(pilot: Pilot[None], app: TableApp) -> None:
    """Wait for the announcement; `until` would wait for the worker as well."""
    while not app.table.slow:
        await pilot.pause(0.01)
    await pilot.pause()
