"""The reading half of a virtual table: pages and counts, fetched in threads."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from textual import work
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from widgets.rows import FixedRows, Row, RowSource, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer
    from textual.worker import Worker

_FIRST_COUNT = 10_000
_PATIENCE = 0.15


class State(Enum):
    """What the table can show at the moment."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PagedView(ScrollView):
    """Something scrollable over a source of rows.

    The source is read in threads, a page at a time: first the page on the screen, then
    the number of rows, roughly and then exactly.
    """

    cursor: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0, bindings=True)
    state: reactive[State] = reactive(State.LOADING, bindings=True)

    class Changed(Message):
        """The cursor, the marks or the number of rows are others now."""

        def __init__(self, table: PagedView) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> PagedView:
            """Return the table, so that `on` can select by it."""
            return self.table

    class Failed(Message):
        """The rows could not be read."""

        def __init__(self, table: PagedView, error: BaseException) -> None:
            super().__init__()
            self.table, self.error = table, error

    class PageRead(Message, bubble=False):
        """A thread has read a page."""

        def __init__(self, source: RowSource, number: int, rows: Sequence[Row]) -> None:
            super().__init__()
            self.source, self.number, self.rows = source, number, rows

    class RowsCounted(Message, bubble=False):
        """A thread has counted the rows."""

        def __init__(self, source: RowSource, total: Total) -> None:
            super().__init__()
            self.source, self.total = source, total

    def __init__(
        self, source: RowSource | None, explain: Callable[[BaseException], str], id: str | None
    ) -> None:
        super().__init__(id=id)
        self.more = False
        self.slow = False
        self.failure = ""
        self._explain = explain
        self._source: RowSource = source or FixedRows(())
        self._shown = source is None  # whether a page of the present source has come
        self._pages: LRUCache[int, Sequence[Row]] = LRUCache(64)
        self._asked: int | None = None
        self._held: str | None = None
        self._timer: Timer | None = None
        if source is None:
            self.set_reactive(PagedView.state, State.READY)

    def on_mount(self) -> None:
        """Begin to read."""
        if not self._shown:
            self.show(self._source)

    @property
    def source(self) -> RowSource:
        """Return where the rows come from."""
        return self._source

    @property
    def row(self) -> Row | None:
        """Return the row under the cursor, None while it is not read yet."""
        return self.row_at(self.cursor) if self.total else None

    def show(self, source: RowSource) -> None:
        """Read from a source; what is shown stays until its first page has come."""
        self._source, self._shown, self._asked = source, False, None
        self.slow = False
        self.state = State.LOADING
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PATIENCE, self._say_it_is_slow)
        self._read(source)

    def holds_its_row(self) -> bool:
        """Tell whether the row under the cursor would be found again after a new reading."""
        return self.state is State.READY and self.cursor < self._source.page_size

    def hold_row(self) -> None:
        """Keep the cursor on its row, wherever the next reading finds it on the first page."""
        self._held = self.row.key if self.row is not None else None

    def stop_waiting(self) -> None:
        """Forget about the rows that have not come yet."""
        self.state = State.READY if self.total else State.CANCELLED
        self._shown = True
        self.refresh()

    def row_at(self, index: int) -> Row | None:
        """Return a row, or ask for its page and return None for now."""
        number, place = divmod(index, self._source.page_size)
        page = self._pages.get(number)
        if page is not None:
            return page[place] if place < len(page) else None
        if self._asked is None and self._shown and self.state is State.READY:
            self._asked = number
            self._fetch(self._source, number)
        return None

    @work(thread=True, exclusive=True, group="rows", exit_on_error=False)
    def _read(self, source: RowSource) -> None:
        rows = source.page(0)
        self.post_message(self.PageRead(source, 0, rows))
        if len(rows) < source.page_size:
            return
        for limit in (_FIRST_COUNT, None):
            total = source.count(limit)
            self.post_message(self.RowsCounted(source, total))
            if not total.more or source is not self._source:
                return

    @work(thread=True, group="pages", exit_on_error=False)
    def _fetch(self, source: RowSource, number: int) -> None:
        self.post_message(self.PageRead(source, number, source.page(number)))

    def on_paged_view_page_read(self, event: PageRead) -> None:
        """Take a page in, unless another list is wanted meanwhile."""
        if event.source is not self._source or self.state is State.CANCELLED:
            return
        if not self._shown:
            self._begin(event.rows)
        elif event.number == self._asked:
            self._asked = None
        self._pages[event.number] = event.rows
        if self.cursor // self._source.page_size == event.number:
            self.post_message(self.Changed(self))
        self.refresh()

    def _begin(self, rows: Sequence[Row]) -> None:
        self._pages.clear()
        self._shown, self.state = True, State.READY
        full = len(rows) == self._source.page_size
        if not full or len(rows) > self.total:
            self._set_total(Total(len(rows), more=full))
        held, self._held = self._held, None
        found = (place for place, row in enumerate(rows) if row.key == held)
        self.cursor = self.validate_cursor(next(found, self.cursor))
        self.post_message(self.Changed(self))

    def on_paged_view_rows_counted(self, event: RowsCounted) -> None:
        """Take the number of rows in."""
        if event.source is self._source and self.state is State.READY:
            self._set_total(event.total)

    def _set_total(self, total: Total) -> None:
        self.total, self.more = total.rows, total.more
        self.resized()
        self.cursor = self.validate_cursor(self.cursor)
        self.post_message(self.Changed(self))
        self.refresh()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass a failure on: the event itself does not bubble, so it would be silent."""
        error = event.worker.error
        if error is None or event.worker.is_cancelled:
            return
        self._asked = None
        self.failure = self._explain(error)
        self.state = State.FAILED
        self.post_message(self.Failed(self, error))
        self.refresh()

    def _say_it_is_slow(self) -> None:
        if self.state is State.LOADING:
            self.slow = True
            self.refresh()

    def resized(self) -> None:
        """Answer to another number of rows."""

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.total - 1))
