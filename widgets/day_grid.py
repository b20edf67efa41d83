"""Days of a month or of a week with a line of text on each, and a cursor that walks over them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sed_tui.i18n import N_, _
from widgets.keyboard import both_layouts
from widgets.table_lines import fitted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

WEEK = 7
_HEADER = 1
_SHORT_NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_NAME = 14  # width of the name of a day in the view of a week


@dataclass(frozen=True, slots=True)
class DayCell:
    """What stands on a day: a word beside its number, a line under it, a longer one in a week.

    `tone` names a component style `day--TONE`.
    """

    beside: str = ""
    under: str = ""
    week: str = ""
    tone: str = ""


class DayGrid(Widget, can_focus=True):
    """A month as weeks of days, or one week as seven lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "day--header",
        "day--cursor",
        "day--alarm",
        "day--today",
        "day--off",
        "day--apart",
    }
    DEFAULT_CSS = """
    DayGrid { height: 1fr; }
    DayGrid > .day--header { color: $text-accent; text-style: bold; }
    DayGrid > .day--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: bold;
    }
    DayGrid > .day--alarm { color: $text-error; }
    DayGrid > .day--today { text-style: bold underline; }
    DayGrid > .day--off { color: $text-muted; }
    DayGrid > .day--apart { color: $text-disabled; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="days.open"),
        Binding(
            both_layouts("right,l"), "move(1, 0)", N_("To the right"), show=False, id="days.right"
        ),
        Binding(
            both_layouts("left,h"), "move(-1, 0)", N_("To the left"), show=False, id="days.left"
        ),
        Binding(both_layouts("down,j"), "move(0, 1)", N_("Down"), show=False, id="days.down"),
        Binding(both_layouts("up,k"), "move(0, -1)", N_("Up"), show=False, id="days.up"),
        Binding("pagedown", "turn(1)", N_("Next month or week"), show=False, id="days.next"),
        Binding("pageup", "turn(-1)", N_("Previous month or week"), show=False, id="days.previous"),
    ]

    cursor: reactive[date] = reactive(date.min)
    is_week: reactive[bool] = reactive(default=False)

    class Moved(Message):
        """The cursor stands on another day, or other days are shown."""

    class Opened(Message):
        """The user chose a day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, cursor: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(DayGrid.cursor, cursor)
        self._cells: Mapping[date, DayCell] = {}

    def show(self, cells: Mapping[date, DayCell]) -> None:
        """Write on the days."""
        self._cells = cells
        self.refresh()

    @property
    def days(self) -> Sequence[date]:
        """Return the days that are shown: whole weeks."""
        first, last = self.cursor, self.cursor
        if not self.is_week:
            first = self.cursor.replace(day=1)
            last = self.cursor.replace(day=monthrange(self.cursor.year, self.cursor.month)[1])
        first -= timedelta(days=first.weekday())
        count = (last - first).days // WEEK * WEEK + WEEK
        return [first + timedelta(days=number) for number in range(count)]

    def watch_cursor(self) -> None:
        """Tell that the cursor moved."""
        self.post_message(self.Moved())

    def watch_is_week(self) -> None:
        """Tell that other days are shown."""
        self.post_message(self.Moved())

    def action_move(self, right: int, down: int) -> None:
        """Walk over the days as they lie: in a month a week is a line, in a week a day is one."""
        across, along = (WEEK, 1) if self.is_week else (1, WEEK)
        self.cursor += timedelta(days=right * across + down * along)

    def action_turn(self, step: int) -> None:
        """Go to the next week, or to the same day of the next month."""
        if self.is_week:
            self.cursor += timedelta(days=WEEK * step)
            return
        months = self.cursor.year * 12 + self.cursor.month - 1 + step
        year, month = divmod(months, 12)
        day = min(self.cursor.day, monthrange(year, month + 1)[1])
        self.cursor = date(year, month + 1, day)

    def action_open(self) -> None:
        """Choose the day under the cursor."""
        self.post_message(self.Opened(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Go to the day that was clicked, open it on the second click."""
        days = self.days
        line = (event.y - _HEADER) // self._height(days)
        place = line if self.is_week else line * WEEK + min(event.x // self._width, WEEK - 1)
        if event.y >= _HEADER and place < len(days):
            self.cursor = days[place]
            if event.chain > 1:
                self.action_open()

    @property
    def _width(self) -> int:
        return max(1, self.size.width // WEEK)

    def _height(self, days: Sequence[date]) -> int:
        lines = WEEK if self.is_week else len(days) // WEEK
        return max(1, (self.size.height - _HEADER) // lines)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        days = self.days
        line, part = divmod(y - _HEADER, self._height(days))
        if y < _HEADER:
            segments = self._header()
        elif self.is_week:
            segments = self._week_line(days[line], part) if line < WEEK else []
        else:
            week = days[line * WEEK : line * WEEK + WEEK]
            segments = [self._cell(day, part) for day in week]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _header(self) -> list[Segment]:
        style = self.get_component_rich_style("day--header")
        if self.is_week:
            return [Segment(fitted(f"  {_('Day')}", self.size.width), style)]
        return [Segment(fitted(f"  {_(name)}", self._width), style) for name in _SHORT_NAMES]

    def _cell(self, day: date, part: int) -> Segment:
        cell = self._cells.get(day, DayCell())
        here = "▸" if day == self.cursor else " "
        lines = (f"{here}{day.day:>2} {cell.beside}", f"   {cell.under}")
        text = lines[part] if part < len(lines) else ""
        return Segment(fitted(text, self._width), self._style(day, cell))

    def _week_line(self, day: date, part: int) -> list[Segment]:
        cell = self._cells.get(day, DayCell())
        if part:
            return []
        here = "▸" if day == self.cursor else " "
        name = fitted(f"{here} {_(_SHORT_NAMES[day.weekday()])} {day:%d.%m}", _NAME)
        text = f"{name} {fitted(cell.beside, _NAME)} {cell.week}"
        return [Segment(fitted(text, self.size.width), self._style(day, cell))]

    def _style(self, day: date, cell: DayCell) -> Style:
        if day == self.cursor:
            return self.get_component_rich_style("day--cursor")
        is_apart = not self.is_week and day.month != self.cursor.month
        tone = "apart" if is_apart else cell.tone
        return self.get_component_rich_style(f"day--{tone}") if tone else self.rich_style
