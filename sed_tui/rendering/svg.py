"""Charts as SVG inside a page: black on white, every value written beside its bar."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sed_tui.rendering.cells import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.rendering.chart import Chart

_WIDTH = 760
_LABEL, _VALUE = 220, 70
_BAR, _BETWEEN = 14, 8
_LONGEST_LABEL = 34
# series are told apart without colour, and named in the legend
_FILLS = ("#444", "#bbb", "#fff")
_NO_VALUE = "—"


def drawing(chart: Chart) -> str:
    """Return a figure with the bars of a chart; every text is escaped."""
    height = _legend_height(chart) + len(chart.labels) * _step(chart) + _BETWEEN
    body = "\n".join((*_legend(chart), *_bars(chart)))
    title = escape(readable(chart.title))
    return (
        f"<figure>\n<figcaption>{title}</figcaption>\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'font-size="11">\n{body}\n</svg>\n</figure>\n'
    )


def _bars(chart: Chart) -> Iterator[str]:
    values = [value for series in chart.series for value in series.values if value is not None]
    full = chart.full or max(values, default=0) or 1
    top = _legend_height(chart) + _BETWEEN // 2
    for place, label in enumerate(chart.labels):
        y = top + place * _step(chart)
        yield _text(_LABEL - 6, y + _BAR - 3, _short(label), anchor="end")
        for number, series in enumerate(chart.series):
            value = series.values[place]
            length = round((_WIDTH - _LABEL - _VALUE) * min(value or 0, full) / full)
            line = y + number * _BAR
            yield _bar(_LABEL, line, length, number)
            shown = _NO_VALUE if value is None else f"{value}{chart.unit}"
            yield _text(_LABEL + length + 5, line + _BAR - 3, shown)


def _legend(chart: Chart) -> Iterator[str]:
    if not _legend_height(chart):
        return
    place = _LABEL
    for number, series in enumerate(chart.series):
        yield _bar(place, 2, _BAR, number)
        yield _text(place + _BAR + 4, _BAR, series.name)
        place += (_WIDTH - _LABEL) // len(chart.series)


def _bar(x: int, y: int, width: int, number: int) -> str:
    fill = _FILLS[number % len(_FILLS)]
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{_BAR - 2}" fill="{fill}" stroke="#000"/>'
    )


def _text(x: int, y: int, text: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(readable(text))}</text>'


def _step(chart: Chart) -> int:
    return len(chart.series) * _BAR + _BETWEEN


def _legend_height(chart: Chart) -> int:
    return 2 * _BAR if len(chart.series) > 1 else 0


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
