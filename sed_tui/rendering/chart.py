"""What a chart shows: bars for things, one or several for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one kind, in the order of the chart's labels; None where there is none."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side for every label; `full` is the value of the longest bar there can be."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    full: int | None = None
