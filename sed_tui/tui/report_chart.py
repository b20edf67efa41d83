"""Charts as bars of characters, each with its number beside it: no colour is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Label
from textual_plotext import PlotextPlot

from sed_tui.i18n import _
from sed_tui.rendering.cells import printable
from sed_tui.rendering.printout import NOTHING
from widgets.table_lines import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from sed_tui.rendering.chart import Chart

_NAME = 26
_MOST = 40
_THIN = 0.01  # a bar fills its line and nothing of the next one


class ChartView(VerticalScroll):
    """The charts of a report, one under another."""

    DEFAULT_CSS = """
    ChartView { scrollbar-size-vertical: 1; padding: 0 1; }
    ChartView Label { text-style: bold; width: 100%; }
    ChartView PlotextPlot { margin: 0 0 1 0; }
    """

    def __init__(self, charts: Sequence[Chart]) -> None:
        super().__init__()
        self._charts = charts

    def compose(self) -> ComposeResult:
        """Draw the first bars of each."""
        for chart in self._charts:
            every = list(bars(chart))
            yield Label(chart.title, markup=False)
            yield BarPlot(every[:_MOST], chart.full)
            if len(every) > _MOST:
                left = _("{count} more are in the table.").format(count=len(every) - _MOST)
                yield Label(left, classes="dialog-hint", markup=False)


class BarPlot(PlotextPlot):
    """A line for every bar: what it is of, its number, and the bar."""

    def __init__(self, lines: Sequence[tuple[str, int]], full: int | None) -> None:
        super().__init__()
        self.styles.height = max(1, len(lines))
        names, values = [name for name, _value in lines], [value for _name, value in lines]
        # plotext draws from the bottom
        self.plt.bar(names[::-1], values[::-1], orientation="horizontal", width=_THIN)
        self.plt.frame(False)
        self.plt.xticks([], [])
        self.plt.xlim(0, full or max(1, *values, 1))


def bars(chart: Chart) -> Iterator[tuple[str, int]]:
    """Return every bar of a chart with its text; names of one width, so that bars align."""
    several = len(chart.series) > 1
    for place, thing in enumerate(chart.labels):
        for number, series in enumerate(chart.series):
            value = series.values[place]
            shown = NOTHING if value is None else f"{value}{chart.unit}"
            name = fitted(printable(thing) if number == 0 else "", _NAME)
            kind = f" {series.name}" if several else ""
            yield f"{name}{kind} {shown:>6} ", value or 0
