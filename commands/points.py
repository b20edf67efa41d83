"""Points of a resolution on the command line: `number=1; text=…; executor=…; due=5 рд`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sed_tui.errors.resolutions import BadPoint
from sed_tui.errors.usage import Usage
from sed_tui.i18n import _

if TYPE_CHECKING:
    from commands.session import Session
    from sed_tui.operations.resolution import PointGiven

Points = Annotated[
    list[str] | None,
    typer.Option(
        "--point",
        help=_("A point: 'number=1; text=…; executor=…; co_executors=…; due=…'; several."),
        metavar="POINT",
    ),
]
PointsFile = Annotated[
    Path | None,
    typer.Option(
        "--points", help=_("A table of points: XLSX, ODS, CSV, JSON lines."), metavar="FILE"
    ),
]
_FIELDS = {
    **dict.fromkeys(("number", "n", "№", "пункт"), "number"),
    **dict.fromkeys(("text", "текст"), "text"),
    **dict.fromkeys(("executor", "исполнитель"), "executor"),
    **dict.fromkeys(("co_executors", "co-executors", "соисполнители"), "co_executors"),
    **dict.fromkeys(("observers", "наблюдатели"), "observers"),
    **dict.fromkeys(("controller", "контролер", "контролёр"), "controller"),
    **dict.fromkeys(("due", "срок"), "due"),
    **dict.fromkeys(("co_due", "co-due", "срок соисполнителей"), "co_due"),
}
_NAMES = "|".join(sorted(map(re.escape, _FIELDS), key=len, reverse=True))
# a semicolon ends a value only where a known name and "=" follow: texts hold semicolons
_FIELD = re.compile(rf"(?:^|;)\s*({_NAMES})\s*=", re.IGNORECASE)


def read_point(text: str) -> PointGiven:
    """Return the point that was typed. Raises `BadPoint`."""
    from sed_tui.operations.resolution import PointGiven

    marks = list(_FIELD.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        raise BadPoint(field="point", value=text)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    values: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        name = _FIELDS[mark[1].casefold()]
        if name in values:
            raise BadPoint(field="point", value=text)
        values[name] = text[mark.end() : end].strip().rstrip(";")
    return PointGiven(**values)


def given_points(
    session: Session, typed: list[str] | None, file: Path | None
) -> tuple[PointGiven, ...]:
    """Return the points of options or of a table; what its reader has to tell is said."""
    if file is None:
        return tuple(map(read_point, typed or ()))
    if typed:
        raise Usage(text=_("Points are either typed (--point) or read (--points)."))
    from sed_tui.spreadsheet.assignment_points import read_points

    points, notices = read_points(file)
    for notice in notices:
        session.say(notice)
    return points
